"""What a kept page shows differently to each person: marked when the page is kept, filled when it is sent."""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote, unquote

from flask import Flask, g
from markupsafe import Markup

Render = Callable[[str], str]

_MARK = secrets.token_hex(12)  # nobody can write it into a text
_PLACE = re.compile(f"<!--{_MARK}:([a-z-]+):([^>]*)-->")
_PARTS: dict[str, Render] = {}


def part(name: str) -> Callable[[Render], Render]:
    """Register a function as the one that renders the part `name`; it gets the part's argument.

    For a visitor its answer must be the same for everybody: it is kept with the page.
    """

    def register(render: Render) -> Render:
        _PARTS[name] = render
        return render

    return register


def personal(name: str, argument: str = "") -> Markup:
    """Return a part of a page: itself, or while a page for people is being kept, its mark."""
    if g.get("is_kept_for_people"):
        return Markup(f"<!--{_MARK}:{name}:{quote(argument, safe='/')}-->")  # noqa: S704 - quoted
    return Markup(_PARTS[name](argument))  # noqa: S704 - output of a template, escaped there


@contextmanager
def marked() -> Iterator[None]:
    """Let `personal` leave marks in what is rendered meanwhile."""
    g.is_kept_for_people = True
    try:
        yield
    finally:
        g.is_kept_for_people = False


def filled(page: str) -> str:
    """Return a kept page with every mark replaced by what it stands for."""
    return _PLACE.sub(lambda found: _PARTS[found[1]](unquote(found[2])), page)


def install(app: Flask) -> None:
    """Give an application's templates `personal`."""
    app.jinja_env.globals["personal"] = personal
