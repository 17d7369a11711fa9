"""The page of a city's form: every field with its words and choices ready for the template to print."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledgebase.intake.city_fields import hazard_fields
from knowledgebase.web.city_form_fields import PARTS, Field, Listing, Part
from knowledgebase.web.city_form_parts import (
    SUGGESTED_MAX,
    Known,
    Options,
    labels_of,
    numbered,
    offered,
    rows_of,
    suggested_networks,
)
from knowledgebase.web.messages import wording


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of the page; its label stands in the labels, its text in the form."""

    name: str
    spec: Field
    hint: str | None
    options: Options


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a list."""

    number: int
    title: str
    remove: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """A list of rows."""

    name: str
    title: str
    hint: str | None
    rows: tuple[RowView, ...]
    add: str | None  # None: the list is full
    next: str  # name of the first field of the row that would be added


@dataclass(frozen=True, slots=True)
class PartView:
    """What stands under one heading."""

    key: str
    title: str
    hint: str | None
    fields: tuple[FieldView, ...]
    ticks: tuple[str, ...]
    lists: tuple[ListView, ...]


@dataclass(frozen=True, slots=True)
class CityForm:
    """The whole form."""

    parts: tuple[PartView, ...]
    labels: Mapping[str, str]  # beside the fields
    summary: Mapping[str, str]  # of the same fields where faults are listed
    cities: tuple[str, ...]  # suggested for agreements
    networks: tuple[str, ...]


def city_form(values: Mapping[str, str], known: Known, language: str) -> CityForm:
    """Return the form with a row for everything that is typed."""
    labels, summary = labels_of(values, language)
    return CityForm(
        tuple(_part(part, values, language) for part in PARTS),
        labels,
        summary,
        tuple(known.shown.values())[:SUGGESTED_MAX],
        suggested_networks(language),
    )


def count(view: CityForm) -> int:
    """Return how many fields the form has now, ticks included."""
    return sum(
        len(part.fields) + len(part.ticks) + sum(len(row.fields) for one in part.lists for row in one.rows)
        for part in view.parts
    )


def _part(part: Part, values: Mapping[str, str], language: str) -> PartView:
    words = wording(language).gettext
    return PartView(
        part.key,
        words(part.title),
        words(part.hint) if part.hint else None,
        tuple(_fields(part.fields, "", values, language)),
        hazard_fields() if part.has_hazards else (),
        tuple(_list(listing, values, language) for listing in part.lists),
    )


def _list(listing: Listing, values: Mapping[str, str], language: str) -> ListView:
    words, rows = wording(language).gettext, rows_of(listing)
    there = rows.numbers(values)
    return ListView(
        listing.name,
        words(listing.title),
        words(listing.hint) if listing.hint else None,
        tuple(
            RowView(
                number,
                numbered(listing.row, number, language),
                numbered(listing.remove, number, language),
                tuple(_fields(listing.fields, f"{listing.name}.{number}.", values, language)),
            )
            for number in there
        ),
        words(listing.add) if len(there) < rows.most else None,
        f"{listing.name}.{len(there) + 1}.{listing.fields[0].name}",
    )


def _fields(
    fields: tuple[Field, ...], start: str, values: Mapping[str, str], language: str
) -> Iterator[FieldView]:
    words = wording(language).gettext
    for one in fields:
        name = start + one.name
        choices = offered(one.of, language, values.get(name, "")) if one.of else ()
        yield FieldView(name, one, words(one.hint) if one.hint else None, choices)
