"""How a letter leaves the house: by SMTP, into a folder, or onto the terminal."""

import ipaddress
import os
import smtplib
import ssl
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from knowledgebase.domain.letter import Enveloped
from knowledgebase.search.deadline import PlainSocket, connect, secured
from knowledgebase.services.envelopes import NoAddress, domain_of, message_of, plain

SECONDS = 30.0  # for one letter, from connecting to the last answer
SMTP_PORT, SUBMISSION_PORT, SMTPS_PORT = 25, 587, 465
_READY = 220


class Why(StrEnum):
    """Why a letter did not leave."""

    AWAY = "away"  # the server: others need not be tried now
    LATER = "later"  # this letter, for now
    NEVER = "never"  # this letter, for good


class NotSent(Exception):
    """A letter did not leave the house."""

    def __init__(self, why: Why, said: str) -> None:
        """Keep the reason in words of the server."""
        super().__init__(said)
        self.why = why


Send = Callable[[Enveloped], None]


def sender(url: str, *, from_address: str) -> Send:
    """Return what sends letters by a good KB_MAIL_URL; it raises NotSent. Opens nothing yet."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return _ToFolder(Path(unquote(parts.path)), from_address)
    if parts.scheme == "console":
        return _ToConsole(from_address)
    return _BySmtp(parts, from_address)


@dataclass(frozen=True, slots=True)
class _ToFolder:
    """One file a letter, whole or not there."""

    folder: Path
    from_address: str

    def __call__(self, enveloped: Enveloped) -> None:
        """Write the file. Raises NotSent."""
        message = _message(enveloped, self.from_address)
        name = f"{enveloped.written:%Y%m%dT%H%M%S%f}-{enveloped.id}.eml"
        part = self.folder / f".{name}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.write(message)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.folder / name)
        except OSError as error:
            raise NotSent(Why.AWAY, f"{self.folder}: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class _ToConsole:
    """The readable part of a letter, for whoever tries the site out."""

    from_address: str

    def __call__(self, enveloped: Enveloped) -> None:
        """Write to standard output. Raises NotSent."""
        _message(enveloped, self.from_address)
        seen = "".join(
            sign if sign == "\n" or sign.isprintable() or sign in "\u200c\u200d" else " "
            for sign in enveloped.worded.text
        )
        sys.stdout.write(f"\n--- letter to {enveloped.to}: {plain(enveloped.worded.subject)}\n{seen}\n---\n")
        sys.stdout.flush()


@dataclass(slots=True)
class _BySmtp:
    """A connection a letter; TLS from the beginning (smtps), or as soon as the server offers it."""

    parts: SplitResult
    from_address: str
    host: str = field(init=False)

    def __post_init__(self) -> None:
        self.host = self.parts.hostname or ""

    def __call__(self, enveloped: Enveloped) -> None:
        """Hand the letter to the server. Raises NotSent."""
        message = _message(enveloped, self.from_address)
        with _told_apart(enveloped.to), self._client() as client:
            client.sendmail(self.from_address, [enveloped.to], message)

    @contextmanager
    def _client(self) -> Iterator[smtplib.SMTP]:
        """Lend a connection that is greeted, encrypted as far as it can be, and logged in."""
        has_password = self.parts.username is not None
        client = smtplib.SMTP(local_hostname=domain_of(self.from_address))
        port, deadline = self._port(has_password=has_password), time.monotonic() + SECONDS
        tls = _context(self.host, is_strict=True) if self.parts.scheme == "smtps" else None
        client.sock = connect(self.host, port, tls, deadline)
        try:
            code, said = client.getreply()
            if code != _READY:
                raise smtplib.SMTPConnectError(code, said)
            client.ehlo_or_helo_if_needed()
            if self.parts.scheme == "smtp":
                self._encrypt(client, is_needed=has_password and not _is_here(self.host))
            if has_password:
                client.login(unquote(self.parts.username or ""), unquote(self.parts.password or ""))
            yield client
            with suppress(smtplib.SMTPException, OSError):
                client.quit()  # the letter has arrived, whatever is said to this
        finally:
            client.close()

    def _encrypt(self, client: smtplib.SMTP, *, is_needed: bool) -> None:
        """Begin TLS where the server offers it. Raises NotSent where it must and does not."""
        if not client.has_extn("starttls"):
            if is_needed:
                raise NotSent(Why.AWAY, "no STARTTLS is offered: the password is not sent in the clear")
            return
        code, said = client.docmd("STARTTLS")
        if code != _READY or not isinstance(client.sock, PlainSocket):
            raise smtplib.SMTPResponseException(code, said)
        client.sock = secured(client.sock, self.host, _context(self.host, is_strict=is_needed))
        client.file = None  # what was said in the clear counts no more
        client.ehlo_resp = client.helo_resp = None
        client.esmtp_features, client.does_esmtp = {}, False
        client.ehlo_or_helo_if_needed()

    def _port(self, *, has_password: bool) -> int:
        if self.parts.port:
            return self.parts.port
        if self.parts.scheme == "smtps":
            return SMTPS_PORT
        return SUBMISSION_PORT if has_password else SMTP_PORT


@contextmanager
def _told_apart(to: str) -> Iterator[None]:
    """Let NotSent out for whatever goes wrong with a server, saying what it means for the letter."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code, said = error.recipients.get(to, (450, b""))
        raise NotSent(_meaning(code), _said(code, said)) from error
    except smtplib.SMTPDataError as error:
        raise NotSent(_meaning(error.smtp_code), _said(error.smtp_code, error.smtp_error)) from error
    except smtplib.SMTPResponseException as error:  # greeting, log-in, sender: the operator's business
        raise NotSent(Why.AWAY, _said(error.smtp_code, error.smtp_error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(Why.AWAY, str(error) or type(error).__name__) from error


def _message(enveloped: Enveloped, from_address: str) -> bytes:
    try:
        return message_of(enveloped, sender=from_address)
    except NoAddress as error:
        raise NotSent(Why.NEVER, f"not an address: {error}") from error


def _meaning(code: int) -> Why:
    return Why.NEVER if 500 <= code < 600 else Why.LATER


def _said(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"


def _is_here(host: str) -> bool:
    """Say whether a server is on this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _context(host: str, *, is_strict: bool) -> ssl.SSLContext:
    """Return how to speak TLS: strictly where a password or smtps asks for it, on other machines."""
    context = ssl.create_default_context()
    if not is_strict or _is_here(host):  # better than in the clear; nobody is believed for it
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
