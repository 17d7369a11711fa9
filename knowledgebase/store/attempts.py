"""Tries to log in, counted in the database: every worker counts the same, and a restart forgets none."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from knowledgebase.store.alone import Work, alone
from knowledgebase.store.tables_people import attempts


def admit(db: Connection, limits: Mapping[str, int], *, since: datetime, at: datetime) -> tuple[int, ...]:
    """Count one try under each key and return the numbers of its rows; none when a key is at its limit.

    A limit is the number of tries after `since`; older ones are forgotten. A try that is not admitted is not
    counted: who waits is let in again.
    """
    alone(db, Work.ATTEMPTS)
    db.execute(delete(attempts).where(attempts.c.at <= since))
    counts = (
        select(attempts.c.key, func.count().label("tries"))
        .where(attempts.c.key.in_(list(limits)))
        .group_by(attempts.c.key)
    )
    if any(row.tries >= limits[row.key] for row in db.execute(counts)):
        return ()
    made = insert(attempts).returning(attempts.c.number)
    return tuple(int(db.execute(made, {"key": key, "at": at}).scalar_one()) for key in limits)


def take_back(db: Connection, numbers: Sequence[int]) -> None:
    """Forget a try that was no guess."""
    db.execute(delete(attempts).where(attempts.c.number.in_(list(numbers))))


def count(db: Connection, key: str) -> int:
    """Return how many tries are remembered under a key."""
    return int(db.scalar(select(func.count()).where(attempts.c.key == key)) or 0)
