"""A small SMTP server on this machine, of the standard library: it takes letters, or misbehaves as told."""

import asyncio
import base64
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

HOST = "127.0.0.1"


@dataclass
class SmtpServer:
    """What the server does, and what it was given."""

    refused: Mapping[str, str] = field(default_factory=dict)  # answer to RCPT by address, "550 no such box"
    data_answer: str = "250 taken"
    greeting: str | None = "220 ready"  # None: nothing is ever said
    tls: ssl.SSLContext | None = None  # offered by STARTTLS
    begins_with_tls: bool = False
    drip: float = 0.0  # seconds between two bytes of an answer
    drops_after_data: bool = False
    port: int = 0
    connections: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  # every command, with "tls " before it when encrypted
    log_ins: list[tuple[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return the address as KB_MAIL_URL takes it."""
        return f"{'smtps' if self.begins_with_tls else 'smtp'}://{HOST}:{self.port}"

    def arrived(self, to: str) -> list[EmailMessage]:
        """Return the letters that reached an address."""
        return [letter for letter, whom in zip(self.letters, self.recipients, strict=True) if to in whom]


@dataclass
class _Talk:
    """One connection."""

    server: SmtpServer
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    is_secret: bool = False
    to: list[str] = field(default_factory=list)

    async def say(self, *lines: str) -> None:
        for number, line in enumerate(lines, 1):
            last = line if number == len(lines) else line[:3] + "-" + line[4:]
            told = last.encode() + b"\r\n"
            for byte in [told[at : at + 1] for at in range(len(told))] if self.server.drip else [told]:
                self.writer.write(byte)
                await self.writer.drain()
                await asyncio.sleep(self.server.drip)

    async def hold(self) -> None:
        if self.server.greeting is None:
            await self.reader.read()
            return
        await self.say(self.server.greeting)
        while line := await self.reader.readline():
            words = line.decode("utf-8", "replace").strip()
            self.server.said.append(f"{'tls ' if self.is_secret else ''}{words}")
            if not await self.answer(words):
                return

    async def answer(self, words: str) -> bool:
        command = words.partition(" ")[0].upper()
        match command:
            case "EHLO":
                offers = ["250 AUTH PLAIN"]
                if self.server.tls and not self.is_secret and not self.server.begins_with_tls:
                    offers.append("250 STARTTLS")
                await self.say("250 here", *offers)
            case "STARTTLS" if self.server.tls:
                await self.say("220 go on")
                await self.writer.start_tls(self.server.tls)
                self.is_secret = True
            case "AUTH":
                _, user, password = base64.b64decode(words.rpartition(" ")[2]).decode().split("\0")
                self.server.log_ins.append((user, password))
                await self.say("235 in")
            case "RCPT":
                address = words.partition("<")[2].partition(">")[0]
                refusal = self.server.refused.get(address)
                self.to += [] if refusal else [address]
                await self.say(refusal or "250 known")
            case "DATA":
                return await self.take()
            case "QUIT":
                await self.say("221 bye")
                return False
            case "RSET":
                self.to = []
                await self.say("250 ok")
            case _:
                await self.say("250 ok")
        return True

    async def take(self) -> bool:
        await self.say("354 go on")
        text = (await self.reader.readuntil(b"\r\n.\r\n"))[:-3].replace(b"\r\n..", b"\r\n.")
        if self.server.data_answer.startswith("250"):
            self.server.raw.append(text)
            letter = BytesParser(policy=default).parsebytes(text)
            assert isinstance(letter, EmailMessage)
            self.server.letters.append(letter)
            self.server.recipients.append(self.to)
        self.to = []
        if self.server.drops_after_data:
            return False
        await self.say(self.server.data_answer)
        return True


@contextmanager
def serving(server: SmtpServer) -> Iterator[SmtpServer]:
    """Run the server in a thread of its own while the block lasts."""
    loop = asyncio.new_event_loop()
    is_ready = threading.Event()
    talks: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.connections += 1
        task = asyncio.current_task()
        if task is not None:
            talks.add(task)
        try:
            await _Talk(server, reader, writer, is_secret=server.begins_with_tls).hold()
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.close()

    async def listen() -> None:
        context = server.tls if server.begins_with_tls else None
        listening = await asyncio.start_server(talk, HOST, server.port, ssl=context)
        server.port = listening.sockets[0].getsockname()[1]
        is_ready.set()
        async with listening:
            await is_over.wait()
        for task in talks:
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    is_over = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(listen()), daemon=True)
    thread.start()
    is_ready.wait(5)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(is_over.set)
        thread.join(5)
        loop.close()
