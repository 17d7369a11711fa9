"""Cities one by one, as they stand, and the lists that name them; city_writing.py has every change."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from knowledgebase.domain.record import CityLabel, CityLine, CityRecord, Origin, Rendered, State
from knowledgebase.store.tables import cases, cities, memberships
from knowledgebase.store.values import CityStamp

_IS_SHOWN = cities.c.state == State.PUBLISHED
_CASES = (
    select(func.count())
    .where(cases.c.city_number == cities.c.number, cases.c.state == State.PUBLISHED)
    .correlate(cities)
    .scalar_subquery()
    .label("cases")
)
_WHOLE = (
    cities.c.id,
    cities.c.detail,
    cities.c.body,
    cities.c.html,
    cities.c.plain,
    cities.c.headings,
    cities.c.renderer_version,
    cities.c.revision,
    cities.c.origin,
    cities.c.updated,
    _CASES,
)
_FIND = select(*_WHOLE).where(_IS_SHOWN, cities.c.id.in_(bindparam("ids", expanding=True)))
_LINES = select(cities.c.id, cities.c.names, cities.c.country, _CASES).where(_IS_SHOWN).order_by(cities.c.id)
_STAMP = select(cities.c.state, cities.c.origin, cities.c.folder, cities.c.revision).where(
    cities.c.id == bindparam("asked")
)


def find(db: Connection, city_id: str) -> CityRecord | None:
    """Return a city as it stands, None when there is none or it is withdrawn."""
    return find_many(db, [city_id]).get(city_id)


def find_many(db: Connection, ids: Iterable[str]) -> dict[str, CityRecord]:
    """Return those of the asked cities that are shown, in the order asked."""
    asked = list(ids)
    found = {row.id: _record_of(row) for row in db.execute(_FIND, {"ids": asked})}
    return {city_id: found[city_id] for city_id in asked if city_id in found}


def stamp(db: Connection, city_id: str) -> CityStamp | None:
    """Return the little that decides about a city, withdrawn or not."""
    row = db.execute(_STAMP, {"asked": city_id}).one_or_none()
    return CityStamp(State(row.state), Origin(row.origin), row.folder, row.revision) if row else None


def lines(db: Connection) -> tuple[CityLine, ...]:
    """Return every shown city with its number of public cases, by id."""
    return _lines(db, _LINES)


def members(db: Connection, network: str) -> tuple[CityLine, ...]:
    """Return the shown cities of a network, by id."""
    chosen = select(memberships.c.city_number).where(memberships.c.network == network)
    return _lines(db, _LINES.where(cities.c.number.in_(chosen)))


def network_counts(db: Connection) -> dict[str, int]:
    """Return the number of shown cities by network."""
    rows = db.execute(
        select(memberships.c.network, func.count().label("cities"))
        .join(cities, cities.c.number == memberships.c.city_number)
        .where(_IS_SHOWN)
        .group_by(memberships.c.network)
    )
    return {row.network: row.cities for row in rows}


def labels(db: Connection, ids: Iterable[str]) -> dict[str, CityLabel]:
    """Return name and country of those of the asked ids that are cities, withdrawn ones included."""
    rows = db.execute(select(cities.c.id, cities.c.names, cities.c.country).where(cities.c.id.in_(list(ids))))
    return {row.id: CityLabel(row.names, row.country) for row in rows}


def all_labels(db: Connection) -> dict[str, CityLabel]:
    """Return name and country of every city by id, withdrawn ones included."""
    rows = db.execute(select(cities.c.id, cities.c.names, cities.c.country).order_by(cities.c.id))
    return {row.id: CityLabel(row.names, row.country) for row in rows}


def ids(db: Connection) -> tuple[str, ...]:
    """Return the ids of all shown cities, sorted."""
    return tuple(db.execute(select(cities.c.id).where(_IS_SHOWN).order_by(cities.c.id)).scalars())


def count(db: Connection) -> int:
    """Return the number of shown cities."""
    return int(db.scalar(select(func.count()).select_from(cities).where(_IS_SHOWN)) or 0)


def _lines(db: Connection, asked: Select[Any]) -> tuple[CityLine, ...]:
    return tuple(CityLine(row.id, row.names, row.country, row.cases) for row in db.execute(asked))


def _record_of(row: Row[*tuple[Any, ...]]) -> CityRecord:
    return CityRecord(
        city=replace(row.detail, body=row.body),
        rendered=Rendered(row.html, row.plain, row.headings, row.renderer_version),
        revision=row.revision,
        origin=Origin(row.origin),
        updated=row.updated,
        cases=row.cases,
    )
