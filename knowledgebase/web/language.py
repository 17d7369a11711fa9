"""In which language a request is answered, and where the same page stands in the other ones."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.routing import BaseConverter

from knowledgebase.domain.language import INTERFACE, direction
from knowledgebase.web.names import own_name

COOKIE = "language"  # set by the language switch in the reader's browser, never by us
PROGRAMS = "/api/"  # where programs ask; the parameter `lang` alone decides there
OTHERS = "en"  # of programs that name none, and of readers who ask for languages that are not here


class InterfaceLanguage(BaseConverter):
    """The first part of a page's address: one of the complete languages of the interface."""

    regex = "|".join(INTERFACE)


@dataclass(frozen=True, slots=True)
class Edition:
    """The same page in one language of the interface."""

    language: str
    direction: str
    name: str  # of the language, in that language
    address: str
    is_current: bool


def preferred(cookie: str | None, accepted: LanguageAccept) -> str:
    """Return the reader's language: the cookie's, then the browser's, then the first of the interface."""
    if cookie in INTERFACE:
        return str(cookie)
    asked = [tag.partition("-")[0].lower() for tag, quality in accepted if quality > 0]
    if not asked or asked[0] == "*":
        return INTERFACE[0]
    return next((tag for tag in asked if tag in INTERFACE), OTHERS)


def language_of_path(path: str) -> str | None:
    """Return the interface language that an address begins with, if any."""
    first = path[1:].partition("/")[0]
    return first if first in INTERFACE else None


def _of_request() -> str:
    if request.path.startswith(PROGRAMS):
        asked = request.args.get("lang", "")
        return asked if asked in INTERFACE else OTHERS
    wanted = preferred(request.cookies.get(COOKIE), request.accept_languages)
    return language_of_path(request.path) or wanted


def current() -> str:
    """Return the language of the answer to the running request."""
    if "language" not in g:
        g.language = _of_request()
    return str(g.language)


def is_chosen_by_address() -> bool:
    """Return whether the address alone decides the language, so that caches need no `Vary`."""
    return request.path.startswith(PROGRAMS) or language_of_path(request.path) is not None


def editions(path: str, query: str = "") -> tuple[Edition, ...]:
    """Return the same page in every language; a path without a language leads to the front pages."""
    current_language = language_of_path(path)
    rest = path[1:].partition("/")[2] if current_language else ""
    asked = f"?{query}" if query else ""
    return tuple(
        Edition(
            language,
            direction(language),
            own_name(language),
            f"/{language}/{rest}{asked}",
            language == current_language,
        )
        for language in INTERFACE
    )


def _take(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Move the language of an address out of the view's arguments."""
    if values and "language" in values:
        g.language = values.pop("language")


def install(app: Flask) -> None:
    """Teach an application the converter `interface`; views get their language from `current()`."""
    app.url_map.converters["interface"] = InterfaceLanguage
    app.url_value_preprocessor(_take)
