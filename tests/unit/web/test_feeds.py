"""Atom feeds of the newest cases."""

from datetime import timedelta
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from knowledgebase.domain.record import Card
from knowledgebase.web.feeds import NEVER, atom
from tests.make import LATER, NOON, a_card
from tests.unit.web.conftest import bare_app

NAMES = {"a": "http://www.w3.org/2005/Atom"}


def feed_of(app: Flask, *cards: Card, language: str = "en", topic: str | None = None) -> Element:
    with app.test_request_context("/"):
        return ElementTree.fromstring(atom(cards, language, topic))  # noqa: S314 - our own


def texts(feed: Element, path: str, attribute: str = "") -> list[str]:
    return [(one.get(attribute) if attribute else one.text) or "" for one in feed.findall(path, NAMES)]


def test_an_entry_leads_to_the_page_of_its_case(bare: Flask) -> None:
    feed = feed_of(bare, a_card())

    assert texts(feed, "a:entry/a:link", "href") == ["http://localhost/en/cases/tehran/clean-air"]
    assert texts(feed, "a:entry/a:title") == ["Clean air zone"]
    assert texts(feed, "a:entry/a:author/a:name") == ["Tehran"]
    assert texts(feed, "a:entry/a:category", "term") == ["air"]


def test_the_addresses_are_those_of_the_site_itself() -> None:
    feed = feed_of(bare_app(base_url="https://cities.example"), a_card())

    assert texts(feed, "a:entry/a:id") == ["https://cities.example/en/cases/tehran/clean-air"]
    assert texts(feed, "a:link[@rel='self']", "href") == ["https://cities.example/en/feed.atom"]


def test_the_order_is_kept_and_the_feed_changed_with_its_newest_entry(bare: Flask) -> None:
    feed = feed_of(bare, a_card("seoul/b", updated=NOON), a_card("tehran/a", updated=LATER))

    assert [address.rpartition("/")[2] for address in texts(feed, "a:entry/a:id")] == ["b", "a"]
    assert texts(feed, "a:updated") == [LATER.isoformat()]


def test_a_feed_speaks_the_reader_s_language(bare: Flask) -> None:
    feed = feed_of(bare, a_card(), language="fa", topic="air")

    assert texts(feed, "a:title") == ["تبادل دانش شهرها: کیفیت هوا"]
    assert texts(feed, "a:entry/a:title") == ["حریم هوای پاک"]
    assert texts(feed, "a:link[@rel='self']", "href") == ["http://localhost/fa/topics/air/feed.atom"]


def test_a_text_that_the_city_did_not_write_says_so(bare: Flask) -> None:
    feed = feed_of(bare, a_card(written_by="editors"))

    assert texts(feed, "a:entry/a:author/a:name") == ["The editors"]
    assert "not confirmed by Tehran" in texts(feed, "a:entry/a:summary")[0]


def test_letters_that_xml_keeps_for_itself_stay_letters(bare: Flask) -> None:
    feed = feed_of(bare, a_card(titles={"en": 'A <b>"bold"</b> & plain title'}, summaries={"en": "]]>"}))

    assert texts(feed, "a:entry/a:title") == ['A <b>"bold"</b> & plain title']
    assert texts(feed, "a:entry/a:summary") == ["]]>"]


def test_an_empty_feed_is_a_feed(bare: Flask) -> None:
    feed = feed_of(bare)

    assert texts(feed, "a:updated") == [NEVER.isoformat()]
    assert texts(feed, "a:entry") == []


def test_a_feed_of_no_topic_is_not_found(bare: Flask) -> None:
    assert bare.test_client().get("/en/topics/nope/feed.atom").status_code == 404


@pytest.mark.parametrize("minutes", [0, 210])
def test_moments_carry_their_offset(bare: Flask, minutes: int) -> None:
    moment = NOON + timedelta(minutes=minutes)

    feed = feed_of(bare, a_card(first_published=moment))

    assert texts(feed, "a:entry/a:published") == [moment.isoformat()]
