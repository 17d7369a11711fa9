"""How long this side waits for a database server: the clocks of a server that stands still do not run."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

LEAST = 0.1  # seconds; a caller that has waited long enough may still put its transaction away

REST = 1.0  # seconds in which nobody asks a server that was silent


@dataclass(slots=True)
class Patience:
    """What one piece of work may still wait for the database."""

    answer: float  # seconds for one answer
    connect: int  # seconds for each address of the server; the driver takes 2 at least
    left: float = math.inf  # seconds for all answers and connections together

    def limit(self) -> float:
        """Return how many seconds the next answer may take."""
        return max(LEAST, min(self.answer, self.left))

    def is_short(self) -> bool:
        """Say whether somebody waits in front of a page for this work."""
        return self.left < math.inf

    def is_over(self) -> bool:
        """Say whether all of it was spent."""
        return self.left <= 0.0

    def spend(self, seconds: float) -> None:
        """Take the seconds that somebody has just waited off the rest."""
        self.left -= seconds


@dataclass(slots=True)
class Door:
    """Whether a server is worth asking: while it is known to be silent, one caller at a time finds out.

    Without it every thread of a process would stand waiting, and whoever queues behind them longer still.
    Threads share it without a lock: at worst two find out at once.
    """

    is_shut: bool = False
    next_try: float = 0.0  # of the monotonic clock

    def lets_in(self, seconds: float) -> bool:
        """Say whether a caller may knock; if he does it takes him so many seconds at most."""
        now = time.monotonic()
        if self.is_shut and now < self.next_try:
            return False
        self.next_try = now + seconds + REST
        return True

    def shut(self) -> None:
        """Note that the server did not answer."""
        self.is_shut, self.next_try = True, time.monotonic() + REST

    def open(self) -> None:
        """Note that the server answered, if only to refuse."""
        self.is_shut = False


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
