"""Sockets whose every read and write gets only what is left of one deadline.

A timeout counts each read anew: a server that drips a byte at a time was seen to hold a request
for 40 seconds under a timeout of one.
"""

import ipaddress
import math
import queue
import socket
import ssl
import threading
from typing import Any, TypeAlias

from knowledgebase.search.guard import remaining

_Address: TypeAlias = tuple[Any, ...]  # as getaddrinfo returns it


class PlainSocket(socket.socket):
    """A TCP socket with a deadline."""

    deadline = math.inf  # of time.monotonic()

    def recv_into(self, *arguments: Any, **named: Any) -> int:
        """Read within what is left. Raises TimeoutError when nothing is."""
        self.settimeout(remaining(self.deadline))
        return super().recv_into(*arguments, **named)

    def sendall(self, *arguments: Any, **named: Any) -> None:
        """Write everything within what is left. Raises TimeoutError when nothing is."""
        self.settimeout(remaining(self.deadline))
        super().sendall(*arguments, **named)


class TlsSocket(ssl.SSLSocket):
    """The same with TLS; the handshake counts as one read."""

    deadline = math.inf

    def recv_into(self, *arguments: Any, **named: Any) -> int:
        """Read within what is left. Raises TimeoutError when nothing is."""
        self.settimeout(remaining(self.deadline))
        return super().recv_into(*arguments, **named)

    def send(self, *arguments: Any, **named: Any) -> int:
        """Write a part within what is left; `sendall` is a row of these."""
        self.settimeout(remaining(self.deadline))
        return super().send(*arguments, **named)


def connect(host: str, port: int, tls: ssl.SSLContext | None, deadline: float) -> PlainSocket | TlsSocket:
    """Return an open connection before the deadline, trying every address of the host in turn.

    Raises OSError (TimeoutError among them) when none can be had.
    """
    failure: OSError = OSError(f"no address of {host}")
    for family, kind, protocol, _, address in _addresses(host, port, deadline):
        opened = PlainSocket(family, kind, protocol)
        opened.deadline = deadline
        try:
            opened.settimeout(remaining(deadline))
            opened.connect(address)
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return opened if tls is None else secured(opened, host, tls)
        except OSError as error:
            opened.close()
            failure = error
    raise failure


def secured(opened: PlainSocket, host: str, tls: ssl.SSLContext) -> TlsSocket:
    """Return the same connection with TLS, under the same deadline. Raises OSError."""
    deadline = opened.deadline
    opened.settimeout(remaining(deadline))
    tls.sslsocket_class = TlsSocket
    made = tls.wrap_socket(opened, server_hostname=host)
    assert isinstance(made, TlsSocket)  # noqa: S101  # for the type checker
    made.deadline = deadline
    return made


def _addresses(host: str, port: int, deadline: float) -> list[_Address]:
    """Look a name up in a thread of its own: the resolver knows no deadline, numbers need none."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        answers: queue.SimpleQueue[list[_Address] | OSError] = queue.SimpleQueue()
        threading.Thread(target=_look_up, args=(host, port, answers), daemon=True, name="resolve").start()
        try:
            found = answers.get(timeout=remaining(deadline))
        except queue.Empty as error:
            raise TimeoutError(f"{host}: name not resolved in time") from error
        if isinstance(found, OSError):
            raise found from None
        return found
    return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))


def _look_up(host: str, port: int, answers: "queue.SimpleQueue[list[_Address] | OSError]") -> None:
    try:
        answers.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
    except OSError as error:
        answers.put(error)
