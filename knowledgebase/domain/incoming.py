"""What a folder of files brings, after the gate: the value, or the faults that kept it out."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.errors import Fault


@dataclass(frozen=True, slots=True)
class Picture:
    """A cover that was decoded and written anew."""

    name: str  # of the file beside the case
    data: bytes  # WebP
    width: int  # pixels
    height: int  # pixels
    digest: str  # of `data`
    source: str  # digest of the file as it was sent


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file of a folder."""

    path: str  # relative to the folder, "/" between parts
    id: str  # of the case or city that the path names
    digest: str  # of the file's bytes
    value: Case | City | None = None  # None: unchanged or refused
    picture: Picture | None = None
    faults: tuple[Fault, ...] = ()
    is_unchanged: bool = False
    body_line: int | None = None  # where the body begins


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A file as it was when it was last imported."""

    digest: str
    cover: str | None = None  # digest of the picture's file


class ImportOutcome(StrEnum):
    """What an import did with one file."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    RESTORED = "restored"
    RENAMED = "renamed"
    WITHDRAWN = "withdrawn"
    HANDED_OVER = "handed-over"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ImportLine:
    """The outcome for one file."""

    path: str
    outcome: ImportOutcome
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """The outcome of one import."""

    lines: tuple[ImportLine, ...]
    is_dry: bool = False
    halted_at: int = 0  # cases that would have been withdrawn; then nothing was withdrawn

    def of(self, outcome: ImportOutcome) -> tuple[ImportLine, ...]:
        """Return the lines of one outcome, by path."""
        return tuple(line for line in self.lines if line.outcome is outcome)

    @property
    def has_failed(self) -> bool:
        """Return whether a person has to act: a file was refused or the withdrawal was halted."""
        return bool(self.halted_at or self.of(ImportOutcome.REFUSED))


def ordered(lines: Iterable[ImportLine]) -> tuple[ImportLine, ...]:
    """Return lines by path."""
    return tuple(sorted(lines, key=lambda line: line.path))
