"""Counts the SQL statements of a piece of work: a page may ask four, whatever it shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, event

from knowledgebase.store.engine import Store


@dataclass(slots=True)
class Counted:
    """The statements so far; BEGIN, COMMIT and ROLLBACK are not among them."""

    statements: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Return how many there are."""
        return len(self.statements)


@contextmanager
def counting(store: Store) -> Iterator[Counted]:
    """Count what the store's connections execute while the block runs, in every thread of this process."""
    counted = Counted()

    def note(_db: Connection, _cursor: Any, statement: str, *_others: Any) -> None:
        if not statement.startswith("BEGIN"):
            counted.statements.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield counted
    finally:
        event.remove(store.engine, "before_cursor_execute", note)
