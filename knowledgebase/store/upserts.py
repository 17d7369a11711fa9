"""Insert-or-update, which SQL leaves to dialects."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_into(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT of a dialect, which knows `on_conflict_do_update`."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
