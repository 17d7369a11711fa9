"""From rows to records of cases."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Select, select

from knowledgebase.domain.record import CaseRecord, CityRecord, Origin, Rendered, State
from knowledgebase.store.tables import cases, cities
from knowledgebase.store.tables_tagging import case_additions

RECORD = (
    cases.c.number,
    cases.c.id,
    cases.c.folder,
    cases.c.detail,
    cases.c.body,
    cases.c.html,
    cases.c.plain,
    cases.c.headings,
    cases.c.renderer_version,
    cases.c.tags,
    cases.c.revision,
    cases.c.index_revision,
    cases.c.state,
    cases.c.origin,
    cases.c.first_published,
    cases.c.updated,
    cases.c.withdrawn_at,
    cities.c.revision.label("city_revision"),
    case_additions.c.contributed,
)


def records() -> Select[Any]:
    """Return the question for whole records, still without a condition."""
    with_city = cases.join(cities, cities.c.number == cases.c.city_number)
    whole = with_city.outerjoin(case_additions, case_additions.c.case_number == cases.c.number)
    return select(*RECORD).select_from(whole)


# The case's city beside it, as its page shows it: without the number of its cases.
_CITY = (
    cities.c.detail.label("city_detail"),
    cities.c.body.label("city_body"),
    cities.c.html.label("city_html"),
    cities.c.plain.label("city_plain"),
    cities.c.headings.label("city_headings"),
    cities.c.renderer_version.label("city_version"),
    cities.c.origin.label("city_origin"),
    cities.c.updated.label("city_updated"),
)


def records_with_cities() -> Select[Any]:
    """Return the question for whole records with their cities, of shown cities alone."""
    return records().add_columns(*_CITY).where(cities.c.state == State.PUBLISHED)


def city_of(row: Row[*tuple[Any, ...]]) -> CityRecord:
    """Return the city that a row of `records_with_cities` holds; its cases are not counted."""
    return CityRecord(
        city=replace(row.city_detail, body=row.city_body),
        rendered=Rendered(row.city_html, row.city_plain, row.city_headings, row.city_version),
        revision=row.city_revision,
        origin=Origin(row.city_origin),
        updated=row.city_updated,
    )


def record_of(row: Row[*tuple[Any, ...]]) -> CaseRecord:
    """Return the record that a row of `records` holds."""
    return CaseRecord(
        case=replace(row.detail, body=row.body),
        rendered=Rendered(row.html, row.plain, row.headings, row.renderer_version),
        tags=row.tags,
        revision=row.revision,
        index_revision=row.index_revision,
        state=State(row.state),
        origin=Origin(row.origin),
        first_published=row.first_published,
        updated=row.updated,
        withdrawn_at=row.withdrawn_at,
        city_revision=row.city_revision,
        contributed=row.contributed or {},
    )
