"""The list of all cities by country, in the alphabetical order of the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, render_template

from knowledgebase.domain.record import CityLine
from knowledgebase.services import reading
from knowledgebase.web import alphabet, city_desk, fmt, names
from knowledgebase.web.context import the_site
from knowledgebase.web.home import CityView, city_view
from knowledgebase.web.language import current
from knowledgebase.web.messages import wording
from knowledgebase.web.networks import counted_cities
from knowledgebase.web.paged import counted_cases
from knowledgebase.web.personal import part

pages = Blueprint("city_list", __name__)
part("cities-desk")(lambda _: city_desk.of_list())


@dataclass(frozen=True, slots=True)
class CountryGroup:
    """A country with its cities."""

    anchor: str
    name: str
    cities: tuple[CityView, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the index and the first country that begins with it."""

    letter: str
    anchor: str


@dataclass(frozen=True, slots=True)
class CityList:
    """Everything that the list of cities shows."""

    groups: tuple[CountryGroup, ...]
    letters: tuple[Letter, ...]
    cities: str  # number, in words
    countries: str  # number, in words
    cases: str  # number, in words


def city_list(lines: Iterable[CityLine], language: str) -> CityList:
    """Return the cities by country: countries and the cities in each by name."""
    known = sorted(
        lines,
        key=lambda line: (alphabet.order(names.country(line.country, language), language), line.country),
    )
    groups = tuple(
        _group(country, tuple(cities), language)
        for country, cities in groupby(known, key=lambda line: line.country)
    )
    letters: dict[str, str] = {}
    for group in groups:
        letters.setdefault(alphabet.initial(group.name, language), group.anchor)
    return CityList(
        groups,
        tuple(Letter(letter, anchor) for letter, anchor in letters.items()),
        counted_cities(len(known), language),
        _counted_countries(len(groups), language),
        counted_cases(sum(line.cases for line in known), language),
    )


def _counted_countries(number: int, language: str) -> str:
    text = wording(language).ngettext("%(number)s country", "%(number)s countries", number)
    return text % {"number": fmt.number(number, language)}


def _group(country: str, lines: tuple[CityLine, ...], language: str) -> CountryGroup:
    cities = (city_view(line, language) for line in lines)
    by_name = sorted(cities, key=lambda view: (alphabet.order(view.name, language), view.address))
    return CountryGroup(f"country-{country.lower()}", names.country(country, language), tuple(by_name))


@pages.get("/<interface:language>/cities/")
def index() -> str:
    """Show every city with its number of cases."""
    language = current()
    return render_template("cities/index.html", page=city_list(reading.all_cities(the_site()), language))
