"""The queue of writers to one SQLite file: they take turns, in order, and wait a bounded time.

SQLite's own busy handler polls and is unfair: one of four writers was seen to starve for five
seconds. A lock on a file beside the database lets the kernel keep the queue.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledgebase.domain.errors import StoreUnavailable


class _Wait:
    """One wait for a lock in a thread of its own, because flock itself knows no time limit."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._guard = threading.Lock()
        self._is_over = threading.Event()
        self._has_turn = False
        self._is_given_up = False

    def run(self) -> None:
        """Block until the lock is ours, and give it back at once when nobody waits any more."""
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        with self._guard:
            self._has_turn = True
            if self._is_given_up:
                _release(self._handle)
        self._is_over.set()

    def wait(self, seconds: float) -> bool:
        """Return whether the lock came in time; when not, the thread closes the handle later."""
        threading.Thread(target=self.run, daemon=True, name="store-turn").start()
        if self._is_over.wait(seconds):
            return True
        with self._guard:
            self._is_given_up = not self._has_turn
            return self._has_turn


def _release(handle: int) -> None:
    fcntl.flock(handle, fcntl.LOCK_UN)  # named, because a forked child may hold the handle too
    os.close(handle)


@contextmanager
def turn(path: Path, seconds: float) -> Iterator[None]:
    """Hold the one turn to write; other threads and processes wait theirs in the kernel's queue.

    Raises StoreUnavailable when the turn does not come within `seconds`, or the lock file cannot be made.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreUnavailable(f"{path.name}: {error.strerror}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if not _Wait(handle).wait(seconds):
            raise StoreUnavailable(f"no turn to write within {seconds:g} s") from None
    try:
        yield
    finally:
        _release(handle)
