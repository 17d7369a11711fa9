"""The frame round every page: rendered once per language and section, then kept."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request
from markupsafe import Markup

from knowledgebase.domain.language import direction
from knowledgebase.web import addresses, demo
from knowledgebase.web.assets import static_url, version
from knowledgebase.web.kept import the_kept
from knowledgebase.web.language import current, editions


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of the frame that are the same on every page of a language."""

    language: str

    def _part(self, name: str, section: str = "") -> Markup:
        def render() -> str:
            template = current_app.jinja_env.get_template(f"layout/{name}.html")
            return template.render(language=self.language, section=section, has_demo=has_demo)

        has_demo = demo.is_there()
        return the_kept().part(("frame", name, self.language, section, version(), has_demo), render)

    @property
    def head(self) -> Markup:
        """Return styles, scripts and icon for the head of the page."""
        return self._part("head")

    @property
    def quick(self) -> Markup:
        """Return the small search box."""
        return self._part("quick")

    @property
    def footer(self) -> Markup:
        """Return the foot of the page."""
        return self._part("footer")

    def masthead(self, section: str = "") -> Markup:
        """Return name and navigation; `section` ("cases", "topics", "cities" ...) is marked as current."""
        return self._part("masthead", section)


def absolute(address: str) -> str:
    """Return an address with the site's own name before it, for links that leave the page."""
    base = current_app.config.get("KB_BASE_URL") or request.host_url.rstrip("/")
    return f"{base}{address}"


def frame_values() -> dict[str, Any]:
    """Return what every template may use: language, direction, frame, the same page in other languages."""
    language = current()
    return {
        "language": language,
        "direction": direction(language),
        "frame": Frame(language),
        "editions": editions(request.path, request.query_string.decode("ascii", "replace")),
    }


def install(app: Flask, base_url: str) -> None:
    """Give every template of an application the frame."""
    app.config["KB_BASE_URL"] = base_url
    app.context_processor(frame_values)
    app.jinja_env.globals.update(static_url=static_url, addresses=addresses, absolute=absolute)
