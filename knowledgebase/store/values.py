"""What the store hands out beside the domain's own values; rows never leave this room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.record import CaseRecord, Origin, Revision, State


class Role(StrEnum):
    """What a generation of the index is for."""

    BUILDING = "building"
    LIVE = "live"
    STANDBY = "standby"


class Thing(StrEnum):
    """What an imported file is."""

    CASE = "case"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what to a text, when and why; journal and revisions keep it."""

    at: datetime  # aware
    by: str  # "import", an operator or a person's id
    what: str  # "published", "revised", "withdrawn", "restored", "renamed", "handed-over"
    note: str | None = None
    detail: Mapping[str, str | int | None] = field(default_factory=dict)  # for the journal alone


@dataclass(frozen=True, slots=True)
class SiteMark:
    """Which database this is; an index of another one is never written to."""

    id: str  # random, made with the schema
    epoch: int  # grows when index revisions have to start above all earlier ones


@dataclass(frozen=True, slots=True)
class CaseStamp:
    """The little that decides about a case without reading it."""

    state: State
    origin: Origin
    folder: str | None  # that a file case was imported from
    revision: int
    index_revision: int
    city_revision: int
    withdrawn_at: datetime | None
    city: str
    surroundings: str = ""  # another word when what the case mentions may have changed


@dataclass(frozen=True, slots=True)
class CityStamp:
    """The little that decides about a city without reading it."""

    state: State
    origin: Origin
    folder: str | None
    revision: int


@dataclass(frozen=True, slots=True)
class Scanned:
    """One step through all cases, tombstones included."""

    records: tuple[CaseRecord, ...]
    last: int  # where the next step begins; unchanged when nothing was left


@dataclass(frozen=True, slots=True)
class CaseRevision:
    """A case as it stood once, whole."""

    revision: Revision
    case: Case


@dataclass(frozen=True, slots=True)
class CityRevision:
    """A city as it stood once, whole."""

    revision: Revision
    city: City


@dataclass(frozen=True, slots=True)
class JournalLine:
    """Something that was done."""

    at: datetime
    by: str
    action: str
    thing: str  # "case:<id>", "city:<id>", "index:<generation>" ...
    detail: Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Promise:
    """A document that the index has yet to be told of; it names the case and carries no text."""

    case_id: str
    revision: int  # index revision at least to be sent
    queued_at: datetime  # of the oldest change not sent yet
    attempts: int


@dataclass(frozen=True, slots=True)
class Queue:
    """How far the index is behind."""

    rows: int
    oldest: datetime | None
    poison: int  # documents the engine refuses for good


@dataclass(frozen=True, slots=True)
class Hidden:
    """Cases hidden now that the index may still show."""

    ids: tuple[str, ...]
    is_cut: bool  # there are more


@dataclass(frozen=True, slots=True)
class Generation:
    """One index of an engine, as the database remembers it."""

    name: str
    engine: str
    role: Role
    cursor: int  # number of the last case that a rebuild has sent
    created: datetime


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word of public texts."""

    folded: str
    shown: str  # empty for a stem that no text spells
    cases: int


@dataclass(frozen=True, slots=True)
class WordChange:
    """One more or one less case that holds a word."""

    folded: str
    shown: str
    cases: int  # difference, may be negative


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file as it was last imported; equal digests and versions mean nothing to do."""

    path: str  # relative to the folder, "/" between parts
    thing: Thing
    id: str  # of the case or city
    digest: str
    versions: str  # of everything that made the stored form from the file
    cover: str | None = None  # digest of the picture beside it


@dataclass(frozen=True, slots=True)
class StoredCover:
    """The picture of a case, ready to be served."""

    name: str
    data: bytes
    width: int  # pixels
    height: int  # pixels
    digest: str


@dataclass(frozen=True, slots=True)
class LetterQueue:
    """How many letters wait to be sent."""

    letters: int
    oldest: datetime | None
    given_up: int  # within a month
