"""The desk: what waits for somebody who is logged in, each thing with its number and its address."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, render_template

from knowledgebase.services import overview
from knowledgebase.services.overview import Desk
from knowledgebase.web import account_links, fmt, work_links
from knowledgebase.web.context import the_site
from knowledgebase.web.language import current
from knowledgebase.web.messages import wording
from knowledgebase.web.visitor import the_actor

pages = Blueprint("desk", __name__)


@dataclass(frozen=True, slots=True)
class Matter:
    """A line of the desk."""

    name: str
    address: str
    number: str | None = None  # in the reader's digits
    waits: bool = False  # for this person to do something


@dataclass(frozen=True, slots=True)
class Place:
    """The lines of one city, or of the exchange."""

    name: str | None  # None: of the person itself
    matters: tuple[Matter, ...]


@pages.get("/<interface:language>/desk")
def show() -> str:
    """Show what waits for whoever asks."""
    language = current()
    found = overview.desk_of(the_site(), by=the_actor())
    return render_template("desk/show.html", places=places(found, language))


def places(found: Desk, language: str) -> tuple[Place, ...]:
    """Return the desk by city; places without a line are left out.

    Other kinds of work add a line each: to `_own` (drafts returned, comments held), to `_of_city` (drafts
    asked, join requests, comments of its cases) or to `_of_exchange` (the queue, unknown cities).
    """
    told = [Place(None, tuple(_own(found, language)))]
    told += [
        Place(names.get(language) or names["en"], tuple(_of_city(found, city, language)))
        for city, names in found.cities.items()
    ]
    exchange = wording(language).gettext("The whole exchange")
    told.append(Place(exchange, tuple(_of_exchange(found, language))))
    return tuple(place for place in told if place.matters)


def _own(found: Desk, language: str) -> Iterator[Matter]:
    words = wording(language)
    if found.proposals is not None:
        name, at = words.gettext("Proposals to decide"), work_links.proposals(language)
        yield Matter(name, at, fmt.number(found.proposals, language), waits=found.proposals > 0)
    if found.requests is not None:
        name, at = words.gettext("Requests to join"), account_links.requests(language)
        yield Matter(name, at, fmt.number(found.requests, language), waits=found.requests > 0)
    name, at = words.gettext("My proposals that wait for an answer"), work_links.own_proposals(language)
    yield Matter(name, at, fmt.number(found.own_proposals, language))
    yield Matter(words.gettext("My account"), account_links.account(language))


def _of_city(found: Desk, city: str, language: str) -> Iterator[Matter]:
    words = wording(language)
    if city in found.members:
        number = fmt.number(found.members[city], language)
        yield Matter(words.gettext("Members"), account_links.members(language, city), number)
    if city in found.journals:
        yield Matter(words.gettext("Journal"), work_links.journal(language, city))


def _of_exchange(found: Desk, language: str) -> Iterator[Matter]:
    words = wording(language)
    if found.sees_people:
        yield Matter(words.gettext("People"), account_links.people(language))
    if found.manages_tags:
        yield Matter(words.gettext("Rules for tags"), work_links.tag_rules(language))
    if found.reads_all:
        yield Matter(words.gettext("Journal"), work_links.journal(language))
