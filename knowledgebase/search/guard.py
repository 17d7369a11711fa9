"""Keeps a slow or broken engine from taking the site with it: few searches at once, none while it is down."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from knowledgebase.domain.errors import SearchUnavailable

PATIENCE = 0.25  # seconds a search waits for its turn; those before it take some 20 ms each
FAILURES = 3  # in a row, then the engine is left alone
PAUSE = 5.0  # seconds for which it is left alone


class Unanswered(SearchUnavailable):
    """The engine is away, too slow or talks nonsense: counted, unlike a request it refuses."""


def remaining(deadline: float) -> float:
    """Return the seconds until a moment of time.monotonic(). Raises TimeoutError when it has passed."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("deadline passed")
    return left


class Guard:
    """A bulkhead and a circuit breaker in front of one engine, for the threads of one process.

    Closed, it lets `slots` calls through at once. After FAILURES unanswered calls in a row it refuses
    every call for PAUSE seconds, then lets one through as a probe: answered, it is closed again.
    """

    def __init__(self, slots: int = 1, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._slots = threading.BoundedSemaphore(slots)
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_again = 0.0  # when the next probe may go, while failures have reached FAILURES
        self._is_probing = False

    @contextmanager
    def passage(self) -> Iterator[None]:
        """Let one call through and learn from how it ends.

        Raises SearchUnavailable when the engine is being left alone, or no slot comes free in PATIENCE.
        """
        self._refuse_while_open()
        if not self._slots.acquire(timeout=PATIENCE):
            raise SearchUnavailable("too many searches at once")
        try:
            self._admit()
            is_answered = True
            try:
                yield
            except Unanswered:
                is_answered = False
                raise
            finally:
                self._settle(is_answered=is_answered)
        finally:
            self._slots.release()

    def _refuse_while_open(self) -> None:
        if self._failures >= FAILURES and (self._is_probing or self._clock() < self._closed_again):
            raise SearchUnavailable("the engine did not answer lately and is left alone")

    def _admit(self) -> None:
        with self._lock:
            self._refuse_while_open()
            self._is_probing = self._failures >= FAILURES

    def _settle(self, *, is_answered: bool) -> None:
        with self._lock:
            self._is_probing = False
            self._failures = 0 if is_answered else self._failures + 1
            if self._failures >= FAILURES:
                self._closed_again = self._clock() + PAUSE
