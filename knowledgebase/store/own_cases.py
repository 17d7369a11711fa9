"""The cases of one city for those who write for it, withdrawn ones included."""

from sqlalchemy import Connection, select

from knowledgebase.domain.draft import OwnCase
from knowledgebase.domain.record import Origin, State
from knowledgebase.store.tables import cases

LISTED_MAX = 1_000


def of_city(db: Connection, city: str) -> tuple[OwnCase, ...]:
    """Return a city's cases, the last changed first; at most a thousand."""
    asked = (
        select(cases.c.id, cases.c.title, cases.c.language, cases.c.state, cases.c.origin, cases.c.updated)
        .where(cases.c.city == city)
        .order_by(cases.c.updated.desc(), cases.c.id)
        .limit(LISTED_MAX)
    )
    return tuple(
        OwnCase(
            id=row.id,
            title=row.title,
            language=row.language,
            is_withdrawn=row.state == State.WITHDRAWN,
            is_file=row.origin == Origin.FILE,
            updated=row.updated,
        )
        for row in db.execute(asked)
    )
