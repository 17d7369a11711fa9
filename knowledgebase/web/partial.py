"""Answers that change a part of a page instead of the whole, as htmx asks for them."""

import re

from flask import Response, request

_TARGET = re.compile(r"[a-z]+#([a-z][a-z0-9-]{0,40})")


def is_partial() -> bool:
    """Return whether only the changing part of the page is asked for; going back asks for the whole."""
    asked = request.headers
    return asked.get("HX-Request-Type") == "partial" and "HX-History-Restore-Request" not in asked


def target_id() -> str | None:
    """Return the id of the element that the answer will replace."""
    found = _TARGET.fullmatch(request.headers.get("HX-Target", ""))
    return found[1] if found else None


def varies_by_htmx(response: Response) -> Response:
    """Keep caches from giving a part where the whole page is asked for."""
    response.vary.add("HX-Request-Type")
    return response
