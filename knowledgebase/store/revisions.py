"""The history of cases and cities: every revision is kept whole."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, insert, select

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.record import Revision
from knowledgebase.store.tables import case_revisions, cases, cities, city_revisions
from knowledgebase.store.values import Act, CaseRevision, CityRevision

_INSERT_CASE = insert(case_revisions)
_INSERT_CITY = insert(city_revisions)


def of_case(db: Connection, case_id: str) -> tuple[Revision, ...]:
    """Return the history of a case, newest first; empty where there is no such case."""
    return _lines(db, case_revisions, case_revisions.c.case_number, cases, case_id)


def of_city(db: Connection, city_id: str) -> tuple[Revision, ...]:
    """Return the history of a city, newest first; empty where there is no such city."""
    return _lines(db, city_revisions, city_revisions.c.city_number, cities, city_id)


def find_case(db: Connection, case_id: str, number: int) -> CaseRevision | None:
    """Return a case as it stood at one revision.

    No page shows an earlier text yet; the tests see by this that the history loses none.
    """
    row = _find(db, case_revisions, case_revisions.c.case_number, cases, case_id, number)
    return CaseRevision(_line(row), replace(row.detail, body=row.body)) if row else None


def find_city(db: Connection, city_id: str, number: int) -> CityRevision | None:
    """Return a city as it stood at one revision; as `find_case`."""
    row = _find(db, city_revisions, city_revisions.c.city_number, cities, city_id, number)
    return CityRevision(_line(row), replace(row.detail, body=row.body)) if row else None


def keep_case(db: Connection, number: int, revision: int, case: Case, act: Act) -> None:
    """Keep a revision of the case of this number."""
    whole = {"detail": replace(case, body=""), "body": case.body}
    db.execute(_INSERT_CASE, {"case_number": number} | _told(revision, act) | whole)


def keep_city(db: Connection, number: int, revision: int, city: City, act: Act) -> None:
    """Keep a revision of the city of this number."""
    whole = {"detail": replace(city, body=""), "body": city.body}
    db.execute(_INSERT_CITY, {"city_number": number} | _told(revision, act) | whole)


def _told(revision: int, act: Act) -> dict[str, object]:
    return {"number": revision, "at": act.at, "by": act.by, "what": act.what, "note": act.note}


def _line(row: Row[*tuple[Any, ...]]) -> Revision:
    return Revision(row.number, row.at, row.by, row.what, row.note)


def _lines(
    db: Connection, table: Table, owner: Column[Any], owners: Table, asked_id: str
) -> tuple[Revision, ...]:
    columns = (table.c.number, table.c.at, table.c.by, table.c.what, table.c.note)
    asked = select(*columns).join(owners, owners.c.number == owner).where(owners.c.id == asked_id)
    return tuple(_line(row) for row in db.execute(asked.order_by(table.c.number.desc())))


def _find(
    db: Connection, table: Table, owner: Column[Any], owners: Table, asked_id: str, number: int
) -> Row[*tuple[Any, ...]] | None:
    asked = select(table).join(owners, owners.c.number == owner)
    return db.execute(asked.where(owners.c.id == asked_id, table.c.number == number)).one_or_none()
