"""What clients have begun and what was acknowledged to them, written down before they go on."""

import json
import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Self


class Kind(StrEnum):
    """What a client makes, and by what it knows it again."""

    COMMENT = "comment"  # by the token of its form
    DRAFT = "draft"  # by the token of the form that began it
    CASE = "case"  # by its id


@dataclass(frozen=True, slots=True)
class Written:
    """One state of a thing; sequences of one thing only grow, and only one client writes it."""

    kind: Kind
    key: str
    sequence: int
    text: str | None  # None: a draft of a new case as it begins
    about: str = ""  # a comment's case
    is_published: bool = False  # of a draft


@dataclass(frozen=True, slots=True)
class History:
    """What is known of one thing: all that was begun, and the last that was acknowledged."""

    begun: tuple[Written, ...]
    last: Written | None

    def may_hold(self) -> tuple[Written, ...]:
        """Return the states that the database may be in: the last acknowledged one, or any after it."""
        least = self.last.sequence if self.last else 0
        return tuple(state for state in self.begun if state.sequence >= least)


class Ledger:
    """An append-only file; every line is on the disk before the call returns."""

    def __init__(self, path: Path) -> None:
        """Open it, or begin it."""
        self.path, self.acknowledged = path, 0
        self._guard = Lock()
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def begin(self, *states: Written) -> None:
        """Note what is about to be sent."""
        self._note("begun", states)

    def acknowledge(self, *states: Written) -> None:
        """Note what was answered with the way to the new thing."""
        self._note("acknowledged", states)
        with self._guard:
            self.acknowledged += len(states)

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _note(self, what: str, states: tuple[Written, ...]) -> None:
        for state in states:
            os.write(self._file, json.dumps({"what": what, **asdict(state)}).encode() + b"\n")
        os.fsync(self._file)


@dataclass(frozen=True, slots=True)
class Noted:
    """A whole ledger, read."""

    acknowledged: int
    things: Mapping[Kind, Mapping[str, History]]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return what stands in a ledger."""
        begun: dict[tuple[Kind, str], list[Written]] = defaultdict(list)
        last: dict[tuple[Kind, str], Written] = {}
        acknowledged = 0
        for line in path.read_text().splitlines():
            values = json.loads(line)
            what = values.pop("what")
            state = Written(**values | {"kind": Kind(values["kind"])})
            name = (state.kind, state.key)
            if what == "begun":
                begun[name].append(state)
            else:
                acknowledged += 1
                last[name] = state
        things: dict[Kind, dict[str, History]] = {kind: {} for kind in Kind}
        for (kind, key), states in begun.items():
            things[kind][key] = History(tuple(states), last.get((kind, key)))
        return cls(acknowledged, things)
