"""A draft: a case on its way, as it was typed, and the steps that it may take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from knowledgebase.domain.case import Case
from knowledgebase.domain.errors import StaleRevision, WrongState

SHARED_FOR = timedelta(days=14)


class DraftState(StrEnum):
    """Where a draft stands."""

    WRITING = "writing"
    ASKED = "asked"  # to be published; nobody writes on it until it is decided or taken back
    RETURNED = "returned"  # with a line that says what is missing
    PUBLISHED = "published"
    DISCARDED = "discarded"


class Step(StrEnum):
    """What can be done to a draft."""

    SAVE = "save"
    DISCARD = "discard"
    ASK = "ask"
    TAKE_BACK = "take-back"
    RETURN = "return"
    PUBLISH = "publish"


_OPEN = {Step.SAVE, Step.DISCARD, Step.ASK, Step.PUBLISH}
STEPS: Mapping[tuple[DraftState, Step], DraftState] = {
    (DraftState.WRITING, Step.SAVE): DraftState.WRITING,
    (DraftState.WRITING, Step.DISCARD): DraftState.DISCARDED,
    (DraftState.WRITING, Step.ASK): DraftState.ASKED,
    (DraftState.WRITING, Step.PUBLISH): DraftState.PUBLISHED,
    (DraftState.ASKED, Step.TAKE_BACK): DraftState.WRITING,
    (DraftState.ASKED, Step.RETURN): DraftState.RETURNED,
    (DraftState.ASKED, Step.PUBLISH): DraftState.PUBLISHED,
    (DraftState.RETURNED, Step.SAVE): DraftState.RETURNED,
    (DraftState.RETURNED, Step.DISCARD): DraftState.DISCARDED,
    (DraftState.RETURNED, Step.ASK): DraftState.ASKED,
    (DraftState.RETURNED, Step.PUBLISH): DraftState.PUBLISHED,
}


def may_step(state: DraftState, step: Step) -> bool:
    """Say whether a draft in this state may take this step."""
    return (state, step) in STEPS


def stepped(state: DraftState, step: Step) -> DraftState:
    """Return the state after a step. Raises WrongState where the table has no such step."""
    if not may_step(state, step):
        raise WrongState(state)
    return STEPS[state, step]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form of a case, letter by letter; it may be faulty."""

    fields: Mapping[str, str]  # by dotted name: "title", "section.challenge", "results.1.unit"
    kept: Mapping[str, Any] = field(default_factory=dict)  # keys of the format that the form has no field for
    headings: tuple[tuple[str, str], ...] = ()  # section and its heading as written, in order


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter by which a city's office approved a text; its city alone sees it."""

    number: str
    date: str | None = None  # as written, ASCII digits


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list."""

    id: str  # 12 of [a-z0-9], random
    city: str  # id
    title: str  # may be empty
    language: str  # as typed, may be none
    state: DraftState
    writer_name: str | None  # None for the operator
    updated: datetime  # aware UTC
    case_id: str | None  # the case it revises, or became
    is_revision: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it stands."""

    id: str  # 12 of [a-z0-9], random
    city: str  # id
    writer: str | None  # person's id, None for the operator
    writer_name: str | None
    state: DraftState
    typed: Typed
    revision: int  # grows by one with every change of the text, from 1
    made: datetime  # aware UTC
    updated: datetime  # aware UTC
    case_id: str | None = None  # the case it revises, or became
    case_revision: int | None = None  # that was read to be revised; None for a new case
    asked_by: str | None = None  # person's id
    asked_by_name: str | None = None
    asked_at: datetime | None = None
    returned: str | None = None  # the line it came back with
    letter: Letter | None = None

    @property
    def is_revision(self) -> bool:
        """Return whether it changes a case that was published before."""
        return self.case_revision is not None


class DraftChanged(StaleRevision):
    """Somebody else wrote on the draft since it was read."""

    def __init__(self, theirs: Draft, before: Typed | None, read: int) -> None:
        """Remember the draft as it stands, the text that was read, where it is still known, its revision."""
        super().__init__(theirs.id)
        self.theirs = theirs
        self.before = before
        self.read = read


class CaseChanged(StaleRevision):
    """Somebody else published a newer revision of the case since it was read to be revised."""

    def __init__(self, theirs: Case, revision: int, before: Case | None) -> None:
        """Remember the case as it stands with its revision, and as it was read."""
        super().__init__(theirs.id)
        self.theirs = theirs
        self.revision = revision
        self.before = before


@dataclass(frozen=True, slots=True)
class Shared:
    """A link just made that shows a draft to whoever holds it; the token is nowhere else."""

    token: str
    expires: datetime  # aware UTC


@dataclass(frozen=True, slots=True)
class OpenShare:
    """A link that can be used, as those see it who may end it."""

    number: int
    made_by: str | None  # name
    made: datetime  # aware UTC
    expires: datetime  # aware UTC


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A case in the list of those who write for its city."""

    id: str
    title: str
    language: str
    is_withdrawn: bool
    is_file: bool  # edited as a file; the form is for it once the city has taken it over
    updated: datetime  # aware UTC


def title_of(typed: Typed) -> str:
    """Return the title for lists: one line without control characters, cut at 120, or empty."""
    title = " ".join(typed.fields.get("title", "").split())
    return "".join(sign for sign in title if sign.isprintable() or sign in "\u200c\u200d")[:120]
