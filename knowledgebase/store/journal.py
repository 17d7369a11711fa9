"""Who did what, append-only."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select

from knowledgebase.store.tables import journal
from knowledgebase.store.values import JournalLine

_INSERT = insert(journal)


def write(
    db: Connection,
    *,
    at: datetime,
    by: str,
    action: str,
    thing: str,
    detail: Mapping[str, str | int | None] | None = None,
) -> None:
    """Add a line; `thing` is "case:<id>", "city:<id>", "index:<generation>" ..."""
    line = {"at": at, "by": by, "action": action, "thing": thing, "detail": detail or {}}
    db.execute(_INSERT, line)


def newest(db: Connection, limit: int, *, thing: str | None = None) -> tuple[JournalLine, ...]:
    """Return the last lines, newest first; of one thing when it is named."""
    asked = select(journal).order_by(journal.c.number.desc()).limit(limit)
    if thing is not None:
        asked = asked.where(journal.c.thing == thing)
    return tuple(JournalLine(row.at, row.by, row.action, row.thing, row.detail) for row in db.execute(asked))
