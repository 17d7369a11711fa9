"""Cases of a city that still come from files, so that its people can take them over."""

from sqlalchemy import Connection, exists, select

from knowledgebase.domain.record import FiledCase, Origin, State
from knowledgebase.store.tables import cases, cities


def of_city(db: Connection, city_id: str) -> tuple[FiledCase, ...]:
    """Return the file cases of a city, withdrawn ones included, by id."""
    number = select(cities.c.number).where(cities.c.id == city_id).scalar_subquery()
    asked = select(cases.c.id, cases.c.title, cases.c.language, cases.c.state).where(
        cases.c.city_number == number, cases.c.origin == Origin.FILE
    )
    return tuple(
        FiledCase(row.id, row.title, row.language, row.state == State.PUBLISHED)
        for row in db.execute(asked.order_by(cases.c.id))
    )


def is_left(db: Connection, city_id: str) -> tuple[bool, bool]:
    """Return whether a city's page, and whether any of its cases, still comes from a file."""
    has_case = exists().where(cases.c.city_number == cities.c.number, cases.c.origin == Origin.FILE)
    row = db.execute(select(cities.c.origin, has_case).where(cities.c.id == city_id)).one_or_none()
    return (row[0] == Origin.FILE, bool(row[1])) if row else (False, False)
