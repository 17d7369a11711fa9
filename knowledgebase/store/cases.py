"""Cases one by one, as they stand: case_lists.py has their lists, case_writing.py every change."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Text, bindparam, case, or_, select, type_coerce

from knowledgebase.domain.record import CaseRecord, CityRecord, Origin, State
from knowledgebase.store import journal
from knowledgebase.store.case_rows import city_of, record_of, records, records_with_cities
from knowledgebase.store.tables import cases, cities
from knowledgebase.store.values import CaseStamp, Scanned

_FIND = records().where(cases.c.id == bindparam("asked"))
_FIND_WITH_CITY = records_with_cities().where(cases.c.id == bindparam("asked"))
_STATES = records().where(cases.c.id.in_(bindparam("ids", expanding=True)))
_SCAN = (
    records().where(cases.c.number > bindparam("after")).order_by(cases.c.number).limit(bindparam("limit"))
)
_NUMBERS = select(cases.c.number).where(cases.c.number > bindparam("after")).order_by(cases.c.number)


@cache
def _stamp(dialect: str) -> Select[Any]:
    """Return the question for a stamp.

    A case that mentions others shows their names, so its page hangs on every change of the exchange.
    """
    written = type_coerce(cases.c.detail, Text)
    mentions = or_(
        written.contains('"adapted_from":"', autoescape=True),
        written.contains('"partners":["', autoescape=True),
    )
    return (
        select(
            cases.c.state,
            cases.c.origin,
            cases.c.folder,
            cases.c.revision,
            cases.c.index_revision,
            cities.c.revision.label("city_revision"),
            cases.c.withdrawn_at,
            cases.c.city,
            case((mentions, journal.last(dialect)), else_="").label("surroundings"),
        )
        .join(cities, cities.c.number == cases.c.city_number)
        .where(cases.c.id == bindparam("asked"))
    )


def find(db: Connection, case_id: str) -> CaseRecord | None:
    """Return a case as it stands, withdrawn or not, None when there is no such id."""
    row = db.execute(_FIND, {"asked": case_id}).one_or_none()
    return record_of(row) if row else None


def find_with_city(db: Connection, case_id: str) -> tuple[CaseRecord, CityRecord] | None:
    """Return a case as it stands with its city, None when there is no such id or the city is withdrawn."""
    row = db.execute(_FIND_WITH_CITY, {"asked": case_id}).one_or_none()
    return (record_of(row), city_of(row)) if row else None


def stamp(db: Connection, case_id: str) -> CaseStamp | None:
    """Return the little that decides about a case, without its text."""
    row = db.execute(_stamp(db.dialect.name), {"asked": case_id}).one_or_none()
    if row is None:
        return None
    return CaseStamp(
        state=State(row.state),
        origin=Origin(row.origin),
        folder=row.folder,
        revision=row.revision,
        index_revision=row.index_revision,
        city_revision=row.city_revision,
        withdrawn_at=row.withdrawn_at,
        city=row.city,
        surroundings=row.surroundings or "",
    )


def states(db: Connection, ids: Iterable[str]) -> dict[str, CaseRecord | None]:
    """Return every asked case as it stands now, None for an id that no case has."""
    asked = list(ids)
    found = {row.id: record_of(row) for row in db.execute(_STATES, {"ids": asked})}
    return {case_id: found.get(case_id) for case_id in asked}


def find_many(db: Connection, ids: Iterable[str]) -> dict[str, CaseRecord]:
    """Return those of the asked cases that there are, withdrawn or not, in the order asked."""
    return {case_id: record for case_id, record in states(db, ids).items() if record}


def scan(db: Connection, after: int, limit: int) -> Scanned:
    """Return the next cases behind a number (0 to begin), withdrawn ones included."""
    rows = db.execute(_SCAN, {"after": after, "limit": limit}).all()
    return Scanned(tuple(record_of(row) for row in rows), rows[-1].number if rows else after)


def numbers(db: Connection, after: int) -> tuple[int, ...]:
    """Return the numbers of all cases behind a number, in order."""
    return tuple(db.execute(_NUMBERS, {"after": after}).scalars())


def marks(db: Connection) -> tuple[tuple[str, int, State], ...]:
    """Return id, index revision and state of every case, withdrawn ones included, by number."""
    rows = db.execute(select(cases.c.id, cases.c.index_revision, cases.c.state).order_by(cases.c.number))
    return tuple((row.id, row.index_revision, State(row.state)) for row in rows)
