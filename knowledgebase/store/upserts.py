"""Insert-or-update, which SQL leaves to dialects."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_into(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT of a dialect, which knows `on_conflict_do_update`."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def execute_many(
    db: Connection, statement: sqlite.Insert | postgresql.Insert, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Execute a statement for many rows of values that need no conversion, each with the same names.

    Past the toolkit's care for single values, which takes longer than SQLite itself.
    """
    if not rows:
        return
    compiled = statement.compile(dialect=db.dialect, column_keys=list(rows[0]))
    constants = compiled.params  # of the statement itself; names of the rows are None in there
    order = compiled.positiontup
    whole = ({**constants, **row} for row in rows)
    given = [tuple(row[name] for name in order) for row in whole] if order else list(whole)
    db.exec_driver_sql(str(compiled), given)
