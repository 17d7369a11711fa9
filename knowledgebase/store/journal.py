"""Who did what, append-only."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, ScalarSelect, Text, cast, func, insert, select, type_coerce

from knowledgebase.store.tables import journal
from knowledgebase.store.values import JournalLine

_INSERT = insert(journal)
_LAST = select(journal.c.number, journal.c.at).order_by(journal.c.number.desc()).limit(1)
_SNAPSHOT = select(
    cast(func.pg_current_snapshot(), Text)
)  # numbers may be given in another order than commits


def write(
    db: Connection,
    *,
    at: datetime,
    by: str,
    action: str,
    thing: str,
    detail: Mapping[str, str | int | None] | None = None,
    city: str | None = None,
) -> None:
    """Add a line; `thing` is "case:<id>", "city:<id>", "index:<generation>" ...

    `city`: id of the city whose admins read the line, where `thing` does not name it.
    """
    about = city or city_of(thing)
    line = {"at": at, "by": by, "action": action, "thing": thing, "city": about, "detail": detail or {}}
    db.execute(_INSERT, line)


def city_of(thing: str) -> str | None:
    """Return the id of the city that the name of a thing begins with, None where it names none."""
    kind, _, name = thing.partition(":")
    return name.partition("/")[0] or None if kind in ("city", "case") else None


def newest(db: Connection, limit: int, *, thing: str | None = None) -> tuple[JournalLine, ...]:
    """Return the last lines, newest first; of one thing when it is named."""
    asked = select(journal).order_by(journal.c.number.desc()).limit(limit)
    if thing is not None:
        asked = asked.where(journal.c.thing == thing)
    return tuple(JournalLine(row.at, row.by, row.action, row.thing, row.detail) for row in db.execute(asked))


def last(dialect: str) -> ScalarSelect[str]:
    """Return as part of a question what `mark` returns by itself."""
    if dialect == "postgresql":
        return _SNAPSHOT.scalar_subquery()
    told = cast(journal.c.number, Text).concat(type_coerce(journal.c.at, Text))
    return select(told).order_by(journal.c.number.desc()).limit(1).scalar_subquery()


def mark(db: Connection) -> str:
    """Return a word that is another one whenever a case or a city may have changed since it was read."""
    if db.dialect.name == "postgresql":
        return str(db.scalar(_SNAPSHOT))
    last = db.execute(_LAST).one_or_none()
    return f"{last.number} {last.at}" if last else ""
