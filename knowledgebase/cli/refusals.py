"""What the web server says by itself to a request that no page can be asked with: in Persian and English."""

import socket
from functools import lru_cache
from html import escape
from http import HTTPStatus
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from knowledgebase.domain.language import INTERFACE, direction
from knowledgebase.web.problems import problem
from knowledgebase.web.security import HEADERS


@lru_cache(maxsize=16)
def answer(status: int) -> bytes:
    """Return the whole answer to a refused request, headers included: a small page in every language."""
    said = [(language, problem(status, f"http-{status}", language)) for language in INTERFACE]
    sections = "".join(
        f'<section lang="{language}" dir="{direction(language)}">'
        f"<h1>{escape(shown.title)}</h1><p>{escape(shown.detail)}</p>"
        "</section>"
        for language, shown in said
    )
    page = (
        '<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{status}</title></head><body>{sections}</body></html>"
    ).encode()
    headers = dict(HEADERS) | {
        "Connection": "close",
        "Cache-Control": "no-store",
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(page)),
    }
    lines = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        *(f"{name}: {text}" for name, text in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + page


class _Reworded:
    """A connection to which the server's own page is not sent, but ours with the same status."""

    def __init__(self, client: socket.socket) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def sendall(self, data: bytes) -> None:
        """Send our page for the status of the server's."""
        self._client.sendall(answer(int(data.split(b" ", 2)[1])))


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn's worker with our words for what it refuses before any view is asked."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Log and judge as gunicorn does, and answer with our page."""
        super().handle_error(req, _Reworded(client), addr, exc)
