"""The front page: a question box, what there is by topic, the newest cases, the cities."""

from collections.abc import Hashable
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request

from knowledgebase.domain.record import CityLine
from knowledgebase.domain.topic import Topic
from knowledgebase.services import reading
from knowledgebase.services.reading import Home
from knowledgebase.web import addresses, fmt, names
from knowledgebase.web.cards import CardView, listed
from knowledgebase.web.context import the_site
from knowledgebase.web.labels import name_in, topic_label
from knowledgebase.web.language import COOKIE, current, preferred
from knowledgebase.web.layout import absolute
from knowledgebase.web.whole_pages import kept_page

CITIES_SHOWN = 24

pages = Blueprint("home", __name__)


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic with the number of its cases."""

    id: str
    label: str
    count: str
    address: str
    is_empty: bool


@dataclass(frozen=True, slots=True)
class CityView:
    """A city with the number of its cases."""

    name: str
    country: str
    count: str
    address: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything that the front page shows."""

    cases: str
    cities_count: str
    countries_count: str
    topics: tuple[TopicLine, ...]
    newest: tuple[CardView, ...]
    cities: tuple[CityView, ...]


def topic_line(topic: str, count: int, language: str) -> TopicLine:
    """Return a topic for a list of topics."""
    return TopicLine(
        topic,
        topic_label(topic, language),
        fmt.number(count, language),
        addresses.topic(language, topic),
        is_empty=not count,
    )


def city_view(line: CityLine, language: str) -> CityView:
    """Return a city for a list of cities."""
    return CityView(
        name_in(line.names, language) or line.id,
        names.country(line.country, language),
        fmt.number(line.cases, language),
        addresses.city(language, line.id),
    )


def home_page(home: Home, language: str) -> HomePage:
    """Return the front page in a language; the cities with the most cases come first."""
    cities = sorted(home.cities, key=lambda line: (-line.cases, line.id))
    return HomePage(
        cases=fmt.number(home.cases, language),
        cities_count=fmt.number(len(cities), language),
        countries_count=fmt.number(len({line.country for line in cities}), language),
        topics=tuple(topic_line(topic, home.topics.get(topic, 0), language) for topic in Topic),
        newest=tuple(listed(card, language) for card in home.newest),
        cities=tuple(city_view(line, language) for line in cities[:CITIES_SHOWN]),
    )


@pages.get("/")
def door() -> Response:
    """Lead to the front page in the reader's language."""
    language = preferred(request.cookies.get(COOKIE), request.accept_languages)
    response = make_response(redirect(addresses.home(language)))
    response.vary.update(["Accept-Language", "Cookie"])
    return response


def _key(home: Home, language: str) -> Hashable:
    """Return everything that decides what the front page shows."""
    newest = tuple((card.id, card.updated.isoformat()) for card in home.newest)
    cities = tuple((line.id, name_in(line.names, language), line.country, line.cases) for line in home.cities)
    return ("home", language, absolute(""), home.cases, newest, tuple(sorted(home.topics.items())), cities)


@pages.get("/<interface:language>/")
def index() -> Response | str:
    """Show the front page, kept for as long as nothing on it changes."""
    language, home = current(), reading.home(the_site())

    def render() -> str:
        return render_template("home/index.html", page=home_page(home, language))

    if request.query_string:  # the other languages' addresses would repeat it
        return render()
    return kept_page(_key(home, language), render)
