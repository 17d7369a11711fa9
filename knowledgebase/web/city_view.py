"""A city as its page shows it: every word, number and address ready, so that the templates only print."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from knowledgebase.domain.city import City, Location
from knowledgebase.domain.comment import About
from knowledgebase.services.reading import CITY_CARDS, CityPage
from knowledgebase.text import lists
from knowledgebase.web import addresses, case_links, comment_links, fmt, names
from knowledgebase.web.cards import CardView, listed
from knowledgebase.web.case_writer import administration
from knowledgebase.web.city_dealings import (
    NetworkView,
    Opening,
    SisterView,
    capacities,
    investments,
    needs,
    networks,
    sisters,
)
from knowledgebase.web.facts import Fact, Text, city_facts, dated, fact, on_day, present
from knowledgebase.web.listing import Pager, pager, pages_of
from knowledgebase.web.messages import wording
from knowledgebase.web.paged import page_address
from knowledgebase.web.source_list import ContactView, SourceView, contact_view, source_views
from knowledgebase.web.stored_text import direction_of, text_of


@dataclass(frozen=True, slots=True)
class Dealings:
    """What a city gives and wants, and with whom it works."""

    capacities: tuple[Opening, ...]
    investments: tuple[Opening, ...]
    needs: tuple[Opening, ...]
    sisters: tuple[SisterView, ...]
    networks: tuple[NetworkView, ...]


@dataclass(frozen=True, slots=True)
class CityView:
    """Everything that a city's page shows."""

    name: str
    country: str
    administration: str
    own_names: tuple[Text, ...]  # in languages that the page does not speak
    verified: str  # when and how; empty: it was not
    facts: tuple[Fact, ...]
    text: Markup | None
    text_direction: str
    dealings: Dealings
    contact: ContactView | None
    sources: tuple[SourceView, ...]
    count: str  # of its cases
    cards: tuple[CardView, ...]
    pager: Pager | None
    search: str  # address of the search among its cases
    updated: Text
    titles: Mapping[str, str]  # of the parts, by anchor
    contents: tuple[str, ...]  # anchors of the parts that are there
    is_first: bool  # later pages show the cases alone
    talk: str  # address of what it was asked
    canonical: str  # without the site's own address


def city_view(page: CityPage, number: int, today: date, language: str) -> CityView:
    """Return the page of a city in a language of the interface; `number` is that of the page of its cases."""
    record, city = page.record, page.record.city
    here, table = addresses.city(language, city.id), wording(language).gettext("Table of the text")
    dealings = _dealings(page, today, language)
    last = max(1, pages_of(page.cases.total, CITY_CARDS))
    return CityView(
        name=city.name_in(language),
        country=names.country(city.country, language),
        administration=administration(city, language),
        own_names=_own_names(city, language),
        verified=_verified(page, language),
        facts=_facts(city, language),
        text=text_of(record.rendered, table, language) if record.rendered.html else None,
        text_direction=direction_of(record.rendered.plain),
        dealings=dealings,
        contact=contact_view(city.contact),
        sources=source_views(city.sources, language),
        count=fmt.number(page.cases.total, language),
        cards=tuple(listed(card, language) for card in page.cases.cards),
        pager=pager(here, min(number, last), last, language),
        search=case_links.cases_of_city(language, city.id),
        updated=dated(on_day(record.updated.date()), language),
        titles=_titles(language),
        contents=tuple(_anchors(dealings, page)),
        is_first=number == 1,
        talk=comment_links.talk(language, About(city.id)),
        canonical=page_address(here, number),
    )


def _verified(page: CityPage, language: str) -> str:
    if page.verified is None:
        return ""
    return wording(language).gettext("Verified on %(date)s: %(how)s") % {
        "date": fmt.moment(page.verified.at, language),
        "how": lists.label("proof", page.verified.how, language),
    }


def _dealings(page: CityPage, today: date, language: str) -> Dealings:
    city = page.record.city
    return Dealings(
        capacities(city.capacities, today, language),
        investments(city.investments, today, language),
        needs(city.needs, today, language),
        sisters(page, language),
        networks(city, language),
    )


def _titles(language: str) -> Mapping[str, str]:
    words = wording(language)
    return {
        "capacities": words.gettext("What the city can give"),
        "investments": words.gettext("Openings for investors"),
        "needs": words.gettext("What the city looks for"),
        "sisters": words.gettext("Sister cities and agreements"),
        "networks": words.gettext("Networks"),
        "cases": words.gettext("Cases"),
        "contact": words.gettext("Contact"),
        "sources": words.gettext("Sources"),
    }


def _anchors(dealings: Dealings, page: CityPage) -> Iterator[str]:
    if page.cases.total:
        yield "cases"
    for name in ("capacities", "investments", "needs", "sisters", "networks"):
        if getattr(dealings, name):
            yield name
    if contact_view(page.record.city.contact):
        yield "contact"
    if page.record.city.sources:
        yield "sources"


def _own_names(city: City, language: str) -> tuple[Text, ...]:
    shown = city.name_in(language)
    return tuple(Text(name, lang=tag) for tag, name in city.name.items() if name != shown)


def _facts(city: City, language: str) -> tuple[Fact, ...]:
    words = wording(language)
    website = None
    if city.website:
        website = Text(case_links.readable(city.website), lang="", address=city.website)
    where = _location(city.location, language) if city.location else None
    return (
        *city_facts(city, language),
        *present((fact(words.gettext("Location"), where), fact(words.gettext("Website"), website))),
    )


def _location(place: Location, language: str) -> str:
    words = wording(language)
    lat, lon = ({"number": fmt.number(_shortly(abs(part)), language)} for part in (place.lat, place.lon))
    north = words.gettext("%(number)s° north") if place.lat >= 0 else words.gettext("%(number)s° south")
    east = words.gettext("%(number)s° east") if place.lon >= 0 else words.gettext("%(number)s° west")
    return fmt.listed([north % lat, east % lon], language)


def _shortly(degrees: Decimal) -> Decimal:
    return round(degrees, 2)
