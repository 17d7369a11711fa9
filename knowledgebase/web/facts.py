"""Labelled values, ready to be printed: what the fact tables of a case and of a city are made of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from knowledgebase.domain.city import City, Context
from knowledgebase.domain.period import Calendar, PartialDate, Precision
from knowledgebase.text import lists
from knowledgebase.web import fmt, names
from knowledgebase.web.case_reckoning import density_of
from knowledgebase.web.messages import wording


@dataclass(frozen=True, slots=True)
class Text:
    """One value: words of the page, or an author's with their language."""

    text: str
    lang: str | None = None  # of an author's text; "" where it is not known
    address: str | None = None
    machine: str | None = None  # of a date, for the attribute `datetime`


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its values and the numbers of their sources."""

    label: str
    values: tuple[Text, ...]
    sources: tuple[int, ...] = ()
    notes: tuple[Text, ...] = field(default=())  # said beside the values, smaller


def fact(
    label: str,
    *values: str | Text | None,
    sources: tuple[int, ...] = (),
    notes: Iterable[str | Text | None] = (),
) -> Fact | None:
    """Return a fact, or None where no value stands."""
    given = _texts(values)
    return Fact(label, given, sources, _texts(notes)) if given else None


def _texts(values: Iterable[str | Text | None]) -> tuple[Text, ...]:
    return tuple(value if isinstance(value, Text) else Text(value) for value in values if value)


def present(facts: Iterable[Fact | None]) -> tuple[Fact, ...]:
    """Return those facts that there are."""
    return tuple(one for one in facts if one is not None)


def dated(value: PartialDate, language: str) -> Text:
    """Return a date in the reader's calendar, as precise as it was written."""
    return Text(fmt.when(value, language), machine=fmt.machine_date(value))


def jalali_note(value: PartialDate, language: str) -> Text | None:
    """Return how a Jalali date was written, for readers whose calendar is another one."""
    if value.calendar is not Calendar.JALALI or language == "fa":
        return None
    sentence = wording(language).gettext("written as %(date)s in the Jalali calendar")
    return Text(sentence % {"date": value.written})


def on_day(day: date) -> PartialDate:
    """Return one day of the Gregorian calendar as a written date."""
    return PartialDate(day, day, Precision.DAY, Calendar.GREGORIAN, day.isoformat())


def labelled(list_name: str, values: Iterable[str], language: str) -> tuple[str, ...]:
    """Return the labels of several values of a closed list."""
    return tuple(lists.label(list_name, value, language) for value in values)


def _yes_or_no(value: bool | None, language: str) -> str | None:
    if value is None:
        return None
    words = wording(language)
    return words.gettext("yes") if value else words.gettext("no")


def _residents(number: int | None, year: int | None, sources: tuple[int, ...], language: str) -> Fact | None:
    shown = fmt.number(number, language) if number is not None else None
    counted = fmt.year(year, language) if year else None
    return fact(wording(language).gettext("Population"), shown, sources=sources, notes=[counted])


def context_facts(context: Context, language: str) -> tuple[Fact, ...]:
    """Return the facts of a city at the time of a case."""
    words = wording(language)
    elevation = context.elevation_m
    per_km2 = words.gettext("%(number)s per km²")
    metres = words.gettext("%(number)s m")
    density = fmt.number(context.density, language) if context.density is not None else None
    return present(
        (
            _residents(context.population, context.population_year, (), language),
            fact(words.gettext("Density"), per_km2 % {"number": density} if density else None),
            fact(words.gettext("Income"), _label("income_band", context.income_band, language)),
            fact(words.gettext("Climate"), _label("climate", context.climate, language)),
            fact(
                words.gettext("Elevation"),
                metres % {"number": fmt.number(elevation, language)} if elevation is not None else None,
            ),
            fact(words.gettext("On the coast"), _yes_or_no(context.coastal, language)),
            fact(words.gettext("Hazards"), *labelled("hazard", context.hazards, language)),
            fact(words.gettext("How it is governed"), _label("governance", context.governance, language)),
        )
    )


def _label(list_name: str, value: str | None, language: str) -> str | None:
    return lists.label(list_name, value, language) if value else None


def city_facts(city: City, language: str) -> tuple[Fact, ...]:
    """Return the facts of a city as it is now; with the numbers of the city's own sources."""
    words = wording(language)
    population = city.population
    area = fmt.number(city.area_km2, language) if city.area_km2 is not None else None
    now = Context(
        density=density_of(city),
        income_band=city.income_band,
        climate=city.climate,
        elevation_m=city.elevation_m,
        coastal=city.coastal,
        hazards=city.hazards,
        governance=city.governance,
    )
    first = (
        _residents(population.count, population.year, population.sources, language) if population else None,
        fact(words.gettext("Area"), words.gettext("%(number)s km²") % {"number": area} if area else None),
    )
    last = (
        fact(words.gettext("Languages"), *(names.language_name(tag, language) for tag in city.languages)),
    )
    return (*present(first), *context_facts(now, language), *present(last))
