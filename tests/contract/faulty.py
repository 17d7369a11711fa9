"""A TCP server that behaves badly on purpose, and the search that meets it."""

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

LIMIT = 2.2  # seconds of the slowest search, the contract's two and some for a busy machine
Behaviour: TypeAlias = Callable[[socket.socket], None]
PRODUCT = b"X-Elastic-Product: Elasticsearch\r\nConnection: close\r\n"
SILENT_CLOSE = b"X-Elastic-Product: Elasticsearch\r\n"  # closes without having said so
EMPTY = {
    "timed_out": False,
    "_shards": {"failed": 0},
    "hits": {"total": {"value": 0}, "hits": []},
}


@dataclass(slots=True)
class FakeServer:
    """A TCP server that behaves badly; counts the connections and keeps what it was sent."""

    url: str
    requests: list[bytes] = field(default_factory=list)


@contextmanager
def serving(behaviour: Behaviour, *, is_read_first: bool = True) -> Iterator[FakeServer]:
    """Run a server that treats every connection by `behaviour`, after its request was read or at once."""
    door = socket.create_server(("127.0.0.1", 0))
    door.settimeout(0.1)
    server = FakeServer(f"http://127.0.0.1:{door.getsockname()[1]}")
    is_over = threading.Event()
    threads: list[threading.Thread] = []

    def treat(connection: socket.socket) -> None:
        with closing(connection):
            connection.settimeout(5)
            try:
                server.requests.append(read_request(connection) if is_read_first else b"")
                behaviour(connection)
            except OSError:
                return  # the client hung up, as it should

    def accept() -> None:
        while not is_over.is_set():
            try:
                connection, _ = door.accept()
            except TimeoutError:
                continue
            threads.append(threading.Thread(target=treat, args=(connection,)))
            threads[-1].start()

    listener = threading.Thread(target=accept)
    listener.start()
    try:
        yield server
    finally:
        is_over.set()
        listener.join()
        for thread in threads:
            thread.join()
        door.close()


def read_request(connection: socket.socket) -> bytes:
    """Return a whole request: a server that closes before it read all of it would reset the connection."""
    whole = b""
    while b"\r\n\r\n" not in whole:
        whole += _more(connection)
    head, _, body = whole.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    missing = int(length[1]) - len(body) if length else 0
    while missing > 0:
        part = _more(connection)
        whole += part
        missing -= len(part)
    return whole


def _more(connection: socket.socket) -> bytes:
    part = connection.recv(65_536)
    if not part:
        raise ConnectionError("the client hung up")
    return part


def reply(
    body: bytes, *, status: str = "200 OK", kind: str = "application/json", head: bytes = PRODUCT
) -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n%s" % (
        status.encode(),
        kind.encode(),
        len(body),
        head,
        body,
    )


def hang(connection: socket.socket) -> None:
    while connection.recv(65_536):  # until the client hangs up
        pass


def drip(connection: socket.socket) -> None:
    for byte in reply(json.dumps(EMPTY).encode()):
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def drip_the_body(connection: socket.socket) -> None:
    whole = reply(json.dumps(EMPTY).encode())
    connection.sendall(whole[:-60])
    for byte in whole[-60:]:
        connection.sendall(bytes([byte]))
        time.sleep(0.25)


def saying(whole: bytes) -> Behaviour:
    return lambda connection: connection.sendall(whole)
