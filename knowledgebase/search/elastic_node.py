"""How the Elasticsearch client sends a request: one deadline for the whole exchange, nothing sent twice."""

import http.client
import select
import ssl
import time
from collections import deque

from elastic_transport import (
    ApiResponseMeta,
    BaseNode,
    ConnectionTimeout,
    HttpHeaders,
    NodeConfig,
    TlsError,
)
from elastic_transport import ConnectionError as NotConnected
from elastic_transport._node import NodeApiResponse  # the type a node returns; not exported
from elastic_transport.client_utils import DEFAULT, DefaultType

from knowledgebase.search.deadline import PlainSocket, TlsSocket, connect

ANSWER_MAX = 64_000_000  # bytes; a longer answer is not one of ours
_SECONDS = 10.0  # of a request that names no time
_CHUNK = 65_536  # bytes
_IDLE_MAX = 4  # connections kept for the next request

_Door = http.client.HTTPConnection


class DeadlineNode(BaseNode):
    """One server. `request_timeout` counts from before the connection to the last byte of the answer."""

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        self._idle: deque[_Door] = deque()

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: DefaultType | float | None = DEFAULT,
    ) -> NodeApiResponse:
        """Return the answer to one request.

        Raises ConnectionTimeout when the time is over, TlsError, or ConnectionError.
        """
        started = time.monotonic()
        seconds = request_timeout if isinstance(request_timeout, int | float) else _SECONDS
        door = self._door(started + seconds)
        try:
            door.request(method, self.path_prefix + target, body=body, headers=self._all(headers))
            answer = door.getresponse()
            content = _content(answer)
        except TimeoutError as error:
            door.close()
            raise ConnectionTimeout(f"no whole answer in {seconds:g} s", errors=(error,)) from error
        except (OSError, http.client.HTTPException) as error:
            door.close()
            raise NotConnected(f"{type(error).__name__}: {error}", errors=(error,)) from error
        self._keep(door)
        meta = ApiResponseMeta(
            node=self.config,
            duration=time.monotonic() - started,
            http_version="1.1",
            status=answer.status,
            headers=HttpHeaders(answer.getheaders()),
        )
        return NodeApiResponse(meta, content)

    def close(self) -> None:
        """Close the connections that wait for a next request."""
        while self._idle:
            self._idle.pop().close()

    def _all(self, headers: HttpHeaders | None) -> dict[str, str]:
        return {**self.headers, **(headers or {})}

    def _door(self, deadline: float) -> _Door:
        """Return an idle connection that the server has not closed, or a new one."""
        while self._idle:
            door = self._idle.pop()
            if sock := _silent(door):
                sock.deadline = deadline
                return door
            door.close()
        try:
            opened = connect(self.host, self.port, self.config.ssl_context, deadline)
        except TimeoutError as error:
            raise ConnectionTimeout("no connection in time", errors=(error,)) from error
        except ssl.SSLError as error:
            raise TlsError(str(error), errors=(error,)) from error
        except OSError as error:
            raise NotConnected(str(error), errors=(error,)) from error
        door = _Door(self.host, self.port)
        door.sock = opened
        return door

    def _keep(self, door: _Door) -> None:
        if door.sock is not None and len(self._idle) < _IDLE_MAX:
            self._idle.append(door)
        else:
            door.close()


def _silent(door: _Door) -> PlainSocket | TlsSocket | None:
    """Return the socket of an idle connection; None when there is something to read, such as its end."""
    sock = door.sock
    if not isinstance(sock, PlainSocket | TlsSocket):
        return None
    watch = select.poll()
    watch.register(sock.fileno(), select.POLLIN)
    return None if watch.poll(0) else sock


def _content(answer: http.client.HTTPResponse) -> bytes:
    """Return the body. Raises IncompleteRead when it is cut, HTTPException when it never ends."""
    parts: list[bytes] = []
    size = 0
    while part := answer.read(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > ANSWER_MAX:
            raise http.client.HTTPException("the answer is too long")
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return b"".join(parts)
