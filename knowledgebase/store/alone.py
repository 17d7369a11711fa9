"""One transaction at a time for work that counts before it writes; SQLite's writers take turns anyway."""

from enum import IntEnum

from sqlalchemy import Connection, func, select


class Work(IntEnum):
    """Kinds of work, each with its lock in PostgreSQL."""

    PEOPLE = 5_043_011_721  # who is there and who may do what
    ATTEMPTS = 5_043_011_722
    TAGS = 5_043_011_729  # rules for tags


def alone(db: Connection, work: Work) -> None:
    """Wait until no other transaction does this work; what is read afterwards holds until this one ends."""
    if db.dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(int(work))))


def beside(db: Connection, work: Work) -> None:
    """Wait until no other transaction does this work alone; until this one ends none begins."""
    if db.dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock_shared(int(work))))
