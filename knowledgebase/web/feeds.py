"""Atom feeds of the newest cases: of all, and of each topic."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, request

from knowledgebase.domain.case import Writer, WriterKind
from knowledgebase.domain.errors import NotFound
from knowledgebase.domain.record import Card
from knowledgebase.domain.topic import Topic
from knowledgebase.services import reading
from knowledgebase.text import lists
from knowledgebase.web import addresses, outlets
from knowledgebase.web.case_writer import writer_sentence
from knowledgebase.web.context import the_site
from knowledgebase.web.labels import name_in, topic_label
from knowledgebase.web.language import current
from knowledgebase.web.layout import absolute
from knowledgebase.web.messages import wording

NEVER = datetime(2026, 1, 1, tzinfo=UTC)  # change of a feed in which nothing stands yet

pages = Blueprint("feeds", __name__)


def feed_title(topic: str | None, language: str) -> str:
    """Return what a feed is called."""
    words = wording(language)
    name = words.gettext("Knowledge Exchange for Cities")
    return f"{name}: {topic_label(topic, language) if topic else words.gettext('Newest cases')}"


def atom(cards: Iterable[Card], language: str, topic: str | None) -> bytes:
    """Return cases as an Atom feed, in the order given, each in the reader's language where it has it.

    An entry's id is the address of its page; it changed when the case changed.
    """
    from feedgen.feed import FeedGenerator  # brings lxml, 40 ms

    shown = tuple(cards)
    here = absolute(outlets.feed(language, topic))
    page = addresses.topic(language, topic) if topic else addresses.home(language)
    feed = FeedGenerator()
    feed.generator("")
    feed.id(here)
    feed.title(feed_title(topic, language))
    feed.language(language)
    feed.updated(max((card.updated for card in shown), default=NEVER))
    feed.link(href=here, rel="self", type=outlets.ATOM)
    feed.link(href=absolute(page), rel="alternate", type="text/html")
    feed.author({"name": wording(language).gettext("Knowledge Exchange for Cities")})
    for card in shown:
        _add(feed.add_entry(order="append"), card, language)
    return bytes(feed.atom_str())


def _add(entry: Any, card: Card, language: str) -> None:
    """Fill one entry of a feed; where the city did not write the text, the summary says who did."""
    tongue = language if language in card.titles else card.language
    address = absolute(addresses.case(language, card.id))
    entry.id(address)
    entry.link(href=address, rel="alternate", hreflang=tongue)
    entry.title(card.titles[tongue])
    city, writer = name_in(card.city_names, language) or card.city, Writer(WriterKind(card.written_by))
    told = writer_sentence(writer, city, language)
    entry.summary(f"{card.summaries[tongue]}\n{told}" if told else card.summaries[tongue])
    entry.published(card.first_published)
    entry.updated(card.updated)
    entry.author({"name": lists.label("writer", card.written_by, language) if told else city})
    for topic in card.topics:
        entry.category(
            term=topic, scheme=absolute(addresses.topics(language)), label=topic_label(topic, language)
        )


def _answer(cards: Iterable[Card], topic: str | None = None) -> Response:
    response = Response(atom(cards, current(), topic), content_type=f"{outlets.ATOM}; charset=utf-8")
    response.add_etag()
    response.make_conditional(request)
    return response


@pages.get("/<interface:language>/feed.atom")
def newest() -> Response:
    """Send the newest cases."""
    return _answer(reading.newest(the_site()))


@pages.get("/<interface:language>/topics/<topic>/feed.atom")
def of_topic(topic: str) -> Response:
    """Send the newest cases of a topic."""
    if topic not in set(Topic):
        raise NotFound(topic)
    return _answer(reading.of_topic(the_site(), topic).cards, topic)
