"""Sockets whose every read and write gets only what is left of one deadline: a dripping server ends too."""

import math
import socket
import ssl
import time
from typing import Any


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the server took too long")
    return min(left, 3600.0)


class PlainSocket(socket.socket):
    """A TCP socket with a deadline."""

    deadline = math.inf  # of time.monotonic()

    def recv_into(self, *arguments: Any, **named: Any) -> int:
        """Read within what is left. Raises TimeoutError when nothing is."""
        self.settimeout(_left(self.deadline))
        return super().recv_into(*arguments, **named)

    def sendall(self, *arguments: Any, **named: Any) -> None:
        """Write everything within what is left. Raises TimeoutError when nothing is."""
        self.settimeout(_left(self.deadline))
        super().sendall(*arguments, **named)


class TlsSocket(ssl.SSLSocket):
    """The same with TLS; the handshake counts as one read."""

    deadline = math.inf

    def recv_into(self, *arguments: Any, **named: Any) -> int:
        """Read within what is left. Raises TimeoutError when nothing is."""
        self.settimeout(_left(self.deadline))
        return super().recv_into(*arguments, **named)

    def sendall(self, *arguments: Any, **named: Any) -> None:
        """Write everything within what is left. Raises TimeoutError when nothing is."""
        self.settimeout(_left(self.deadline))
        super().sendall(*arguments, **named)


def connected(host: str, port: int, *, seconds: float) -> PlainSocket:
    """Return a connection that ends after so many seconds in all. Raises OSError."""
    deadline = time.monotonic() + seconds
    raw = socket.create_connection((host, port), timeout=seconds)
    made = PlainSocket(raw.family, raw.type, raw.proto, fileno=raw.detach())
    made.deadline = deadline
    return made


def secured(plain: socket.socket, context: ssl.SSLContext, host: str) -> TlsSocket:
    """Return the same connection with TLS, under the same deadline. Raises OSError."""
    deadline = getattr(plain, "deadline", math.inf)
    plain.settimeout(_left(deadline))
    context.sslsocket_class = TlsSocket
    made = context.wrap_socket(plain, server_hostname=host)
    if not isinstance(made, TlsSocket):
        raise TypeError(type(made))
    made.deadline = deadline
    return made
