"""The journal as people read it: newest first, by city, person, action and day, one page at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from knowledgebase.store.tables import journal
from knowledgebase.store.values import JournalLine


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which lines are asked for; None leaves a choice open."""

    city: str | None = None  # id: what concerns it
    person: str | None = None  # id, "operator" or "import": what it did, and what was done to it
    action: str | None = None
    since: datetime | None = None  # aware UTC
    until: datetime | None = None  # aware UTC, not included


def lines(
    db: Connection, chosen: Chosen, *, limit: int, before: int | None = None
) -> tuple[tuple[int, JournalLine], ...]:
    """Return lines with their numbers, newest first, behind the line numbered `before`."""
    return tuple((row.number, _line(row)) for row in db.execute(asked(chosen, limit=limit, before=before)))


def asked(chosen: Chosen, *, limit: int, before: int | None = None) -> Select[Any]:
    """Return the question for lines; a test looks at how databases answer it."""
    found = select(journal)
    if chosen.city is not None:
        found = found.where(journal.c.city == chosen.city)
    if chosen.person is not None:
        found = found.where(or_(journal.c.by == chosen.person, journal.c.thing == f"person:{chosen.person}"))
    if chosen.action is not None:
        found = found.where(journal.c.action == chosen.action)
    if chosen.since is not None:
        found = found.where(journal.c.at >= chosen.since)
    if chosen.until is not None:
        found = found.where(journal.c.at < chosen.until)
    if before is not None:
        found = found.where(journal.c.number < before)
    return found.order_by(journal.c.number.desc()).limit(limit)


def _line(row: Row[*tuple[Any, ...]]) -> JournalLine:
    return JournalLine(row.at, row.by, row.action, row.thing, row.detail)
