"""The page that says what this is, how far its results can be trusted, and how its texts may be used."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from knowledgebase.text import lists
from knowledgebase.web import addresses, fmt, outlets
from knowledgebase.web.language import current
from knowledgebase.web.layout import absolute
from knowledgebase.web.messages import wording

pages = Blueprint("about", __name__)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of evidence."""

    number: str
    name: str
    means: str


@dataclass(frozen=True, slots=True)
class AboutPage:
    """What the page shows beside its own sentences."""

    levels: tuple[Level, ...]
    feed: str
    openapi: str
    example: str  # a search for programs, as it may be copied


def levels(language: str) -> tuple[Level, ...]:
    """Return the levels of evidence in words, the lowest first."""
    words = wording(language)
    meanings = {
        "0": words.gettext("No result has been written down yet."),
        "1": words.gettext("A result is told without comparison, or only things done are counted."),
        "2": words.gettext("Values before and after are given, each with its date."),
        "3": words.gettext("The values were measured or come from a survey, and their source is named."),
        "4": words.gettext("A named body that is neither the city nor its contractor has evaluated it too."),
    }
    return tuple(
        Level(fmt.in_digits(number, language), lists.label("evidence", number, language), means)
        for number, means in meanings.items()
    )


@pages.get("/<interface:language>/about")
def show() -> str:
    """Show what the exchange is."""
    language = current()
    page = AboutPage(
        levels(language),
        outlets.feed(language),
        outlets.OPENAPI,
        absolute(f"{outlets.API}/search?q=water&topic=water&lang={language}"),
    )
    return render_template("about/show.html", page=page, cases=addresses.search(language))
