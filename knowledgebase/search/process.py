"""What must not cross a fork: connections, open files and locks belong to one process."""

import os
from collections.abc import Callable
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class PerProcess(Generic[Kept]):
    """A value made at first use in each process that asks for it.

    A forked child makes its own and never touches, nor frees, what its parent made.
    """

    def __init__(self, make: Callable[[], Kept]) -> None:
        self._make = make
        self._kept: dict[int, Kept] = {}  # by process id

    def get(self) -> Kept:
        """Return this process's value; threads that race for the first use get the same one."""
        mine = os.getpid()
        if mine not in self._kept:
            self._kept.setdefault(mine, self._make())
        return self._kept[mine]

    def take(self) -> Kept | None:
        """Give up this process's value and return it, None where it never made one."""
        return self._kept.pop(os.getpid(), None)
