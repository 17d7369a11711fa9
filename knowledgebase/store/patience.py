"""How long this side waits for a database server: the clocks of a server that stands still do not run."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

LEAST = 0.1  # seconds; a caller that has waited long enough may still put its transaction away


@dataclass(slots=True)
class Patience:
    """What one piece of work may still wait for the database."""

    answer: float  # seconds for one answer
    connect: int  # seconds for each address of the server; the driver takes 2 at least
    left: float = math.inf  # seconds for all answers and connections together

    def limit(self) -> float:
        """Return how many seconds the next answer may take."""
        return max(LEAST, min(self.answer, self.left))

    def is_over(self) -> bool:
        """Say whether all of it was spent."""
        return self.left <= 0.0

    def spend(self, seconds: float) -> None:
        """Take the seconds that somebody has just waited off the rest."""
        self.left -= seconds


# Longer than the server's own statement_timeout: while the server lives it is the one that ends a
# statement, tells it, and keeps the connection.
WORK = Patience(answer=40.0, connect=5)

_current: ContextVar[Patience] = ContextVar("patience", default=WORK)


def current() -> Patience:
    """Return the patience of the work that this thread does."""
    return _current.get()


@contextmanager
def waiting(patience: Patience) -> Iterator[None]:
    """Let everything that this thread asks of the database inside the block wait so long."""
    token = _current.set(patience)
    try:
        yield
    finally:
        _current.reset(token)
