"""Generations of the embedded index on disk: a folder each, one named live by a small file.

    CURRENT            name and making of the live generation, replaced in one step
    LOCK               held by whoever writes, makes, promotes or drops
    <name>/stamp.json  what it was made for, by which engine, and its making: a random word,
                       so that a new generation of an old name is not mistaken for it
    <name>/index/      the engine's own files

The folder must be on a local disk: readers map its files, writers lock them.
"""

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy

from knowledgebase.domain.errors import NotAllowed, NotFound, SearchUnavailable, WrongIndex
from knowledgebase.search.backend import Stamp
from knowledgebase.search.checks import require_generation
from knowledgebase.search.embedded_schema import FORMAT, schema
from knowledgebase.search.guard import remaining

_PAUSE = 0.01  # seconds between two looks at the lock
_DRAFT = ".draft-"  # prefix of folders not finished, or no longer needed


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation: its name and the random word of its making."""

    name: str
    making: str


class Generations:
    """The folder of an embedded index."""

    def __init__(self, folder: Path, patience: float) -> None:
        self._folder = folder
        self._patience = patience  # seconds to wait for the turn to write

    @contextmanager
    def turn(self) -> Iterator[float]:
        """Be the only writer, among threads and processes, and yield when patience ends.

        A process that dies loses its turn at once. Raises SearchUnavailable when the turn does not come.
        """
        deadline = time.monotonic() + self._patience
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._folder / "LOCK", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise SearchUnavailable(f"{self._folder.name}: {error.strerror}") from error
        try:
            _wait_for(handle, deadline)
            yield deadline
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)  # named, because a forked child may hold the handle too
            os.close(handle)

    def current(self) -> Generation | None:
        """Return the live generation, None before the first promotion."""
        try:
            name, _, making = (self._folder / "CURRENT").read_text("ascii").strip().partition(" ")
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise SearchUnavailable(f"CURRENT: {error}") from error
        return Generation(name, making)

    def names(self) -> tuple[str, ...]:
        """Return the names of all generations, sorted."""
        return tuple(sorted(path.parent.name for path in self._folder.glob("[!.]*/stamp.json")))

    def home(self, name: str) -> Path:
        """Return the folder of a generation's engine files. Raises as `read`."""
        self.read(name)
        return self._folder / name / "index"

    def read(self, name: str) -> tuple[Stamp, Generation]:
        """Return the stamp and the making of a generation.

        Raises NotFound where there is none, WrongIndex where another version of the engine made it.
        """
        require_generation(name)
        try:
            said = json.loads((self._folder / name / "stamp.json").read_text("utf-8"))
            stamp = Stamp(str(said["site"]), int(said["schema"]), str(said["analysis"]))
            made_by, making = str(said["format"]), str(said["making"])
        except FileNotFoundError as error:
            raise NotFound(name) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise WrongIndex(f"{name}: unreadable stamp") from error
        if made_by != FORMAT:
            raise WrongIndex(f"{name}: made by version {made_by} of the engine, this is {FORMAT}")
        return stamp, Generation(name, making)

    def make(self, name: str, stamp: Stamp) -> None:
        """Make an empty generation in place of any of that name; call it in turn.

        Raises NotAllowed when that name is live.
        """
        self._refuse_live(name)
        for left_over in self._folder.glob(f"{_DRAFT}*"):
            shutil.rmtree(left_over, ignore_errors=True)
        making = secrets.token_hex(8)
        draft = self._folder / f"{_DRAFT}{making}"
        (draft / "index").mkdir(parents=True)
        tantivy.Index(schema(), str(draft / "index"))
        said = {"site": stamp.site, "schema": stamp.schema, "analysis": stamp.analysis}
        (draft / "stamp.json").write_text(json.dumps(said | {"format": FORMAT, "making": making}), "utf-8")
        self._remove(name)
        draft.rename(self._folder / name)
        _settle(self._folder)

    def promote(self, name: str) -> None:
        """Make a generation live in one step; call it in turn. Raises as `read`."""
        _, generation = self.read(name)
        draft = self._folder / f"{_DRAFT}current"
        with draft.open("w", encoding="ascii") as file:
            file.write(f"{generation.name} {generation.making}\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._folder / "CURRENT")
        _settle(self._folder)

    def drop(self, name: str) -> None:
        """Remove a generation if it is there; call it in turn. Raises NotAllowed when it is live."""
        self._refuse_live(name)
        self._remove(name)

    def _remove(self, name: str) -> None:
        """Let a generation vanish in one step, then free its files; readers keep what they have mapped."""
        aside = self._folder / f"{_DRAFT}{secrets.token_hex(8)}"
        try:
            (self._folder / name).rename(aside)
        except FileNotFoundError:
            return
        shutil.rmtree(aside, ignore_errors=True)

    def _refuse_live(self, name: str) -> None:
        current = self.current()
        if current is not None and current.name == name:
            raise NotAllowed(f"{name} is live")


def _wait_for(handle: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            try:
                time.sleep(min(_PAUSE, remaining(deadline)))
            except TimeoutError as error:
                raise SearchUnavailable("another process writes to the index") from error
        else:
            return


def _settle(folder: Path) -> None:
    """Let a rename in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
