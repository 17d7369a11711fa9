"""Comments: what people and cities say about a case or ask a city, in threads two deep."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

BODY_MAX = 10 * 1024  # bytes of UTF-8
REASON_MAX = 500  # characters
EDIT_LASTS = timedelta(hours=24)
EDITS_MAX = 50  # of one comment


class CommentState(StrEnum):
    """Whether a comment is shown."""

    VISIBLE = "visible"
    HELD = "held"  # waits for somebody who may release it
    REFUSED = "refused"  # was held and is never shown
    HIDDEN = "hidden"  # a line says by whom and why
    DELETED = "deleted"  # a line keeps its place where others answered


class CommentKind(StrEnum):
    """What a comment wants."""

    COMMENT = "comment"
    QUESTION = "question"  # of the city: its people are told


class Side(StrEnum):
    """Who hid a comment."""

    CITY = "city"  # the one whose case it is
    MODERATOR = "moderator"


@dataclass(frozen=True, slots=True)
class About:
    """What is talked about: a case, or a city itself."""

    city: str  # id; of a case its own city
    case: str | None = None  # id

    @classmethod
    def of_case(cls, case_id: str) -> Self:
        """Return a case with its city."""
        return cls(case_id.partition("/")[0], case_id)

    @property
    def name(self) -> str:
        """Return how the journal names it."""
        return f"case:{self.case}" if self.case else f"city:{self.city}"


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it was written."""

    language: str  # BCP 47 primary tag
    body: str  # Markdown


@dataclass(frozen=True, slots=True)
class Words:
    """What a comment says, in one language or in two."""

    own: Written
    second: Written | None = None

    @property
    def all(self) -> tuple[Written, ...]:
        """Return the texts, the own one first."""
        return (self.own, self.second) if self.second else (self.own,)


@dataclass(frozen=True, slots=True)
class Voice:
    """In whose name somebody speaks."""

    city: str | None = None  # id of one of its cities, None: of no city
    as_city: bool = False  # in the city's own name


@dataclass(frozen=True, slots=True)
class Posting:
    """A comment that intake accepted, before anybody was asked whether it may stand."""

    words: Words
    token: str  # random, of the form: the same one never makes two
    voice: Voice = field(default_factory=Voice)
    kind: CommentKind = CommentKind.COMMENT


@dataclass(frozen=True, slots=True)
class CommentText:
    """A text after the pipeline."""

    language: str
    body: str  # Markdown
    html: str  # sanitised
    plain: str
    version: int  # of renderer and sanitiser


@dataclass(frozen=True, slots=True)
class Byline:
    """Who speaks, as everybody may see it."""

    office: str
    name: str | None = None  # None: of a city, and of somebody who shows position and office only
    latin_name: str | None = None
    position: str | None = None  # None: of a city
    city: str | None = None  # id
    city_names: Mapping[str, str] = field(default_factory=dict)  # by language
    administration: Mapping[str, str] = field(default_factory=dict)  # of a city that speaks, by language
    as_city: bool = False


@dataclass(frozen=True, slots=True)
class Hiding:
    """That a comment was hidden: the public line about it."""

    by: Side
    at: datetime  # aware UTC
    reason: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A stored comment as it stands now, with texts that not everybody may see."""

    number: int  # inside the store only
    id: str  # 12 of [a-z0-9], random
    about: About
    kind: CommentKind
    state: CommentState
    texts: tuple[CommentText, ...]  # one or two, the own language first
    byline: Byline
    writer: str  # person's id, also behind a city; never shown
    writer_number: int  # inside the store only
    revision: int
    created: datetime  # aware UTC
    published: datetime | None = None  # first shown
    edited: datetime | None = None
    thread: str | None = None  # id of the first comment of its thread, None for that one itself
    parent: str | None = None  # id of the comment that it answers
    answers_question: bool = False  # its thread began with a question
    hiding: Hiding | None = None
    city_may_hide: bool = True  # False once a moderator has reversed a hiding by the city
    is_pinned: bool = False  # the statement of the case's city
    is_accepted: bool = False  # the answer that the city accepted

    @property
    def is_shown(self) -> bool:
        """Return whether everybody may read it."""
        return self.state is CommentState.VISIBLE


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with what was answered to it, oldest first."""

    first: Comment | None  # None where it goes on from the page before
    answers: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """One page of what is said about a case or a city."""

    threads: tuple[Thread, ...] = ()
    statement: Comment | None = None  # pinned by the city, wherever it stands
    total: int = 0  # visible comments of all pages
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class Remarked:
    """A comment in a list over the whole exchange, with the title of what it is about."""

    comment: Comment
    titles: Mapping[str, str]  # of the case, or names of the city, by language
    language: str  # of the case's own title


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier or present state of a comment's texts."""

    number: int
    at: datetime  # aware UTC
    texts: tuple[CommentText, ...]


class MatterKind(StrEnum):
    """Why something waits in the moderators' queue."""

    HELD = "held"  # a first comment
    REPORTED = "reported"
    HIDDEN = "hidden"  # by the city whose case it is
    SUSPENSION = "suspension"  # asked for by a moderator


class Outcome(StrEnum):
    """How a matter ended."""

    RELEASED = "released"
    REFUSED = "refused"
    DISMISSED = "dismissed"
    HIDDEN = "hidden"  # what was reported
    UPHELD = "upheld"  # a hiding by a city
    REVERSED = "reversed"
    RESTORED = "restored"  # by the city that had hidden it
    SUSPENDED = "suspended"
    DELETED = "deleted"  # by its writer, before anybody decided


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody's reason why a comment should not stand."""

    by: str  # person's id
    at: datetime  # aware UTC
    reason: str


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that waits for a decision, or was decided lately."""

    number: int
    kind: MatterKind
    at: datetime  # aware UTC
    city: str | None = None  # id of the city whose admins may decide it too
    comment: Comment | None = None
    person: str | None = None  # id, of a suspension asked for
    person_name: str | None = None
    reason: str | None = None
    asked_by: str | None = None  # person's id
    reports: tuple[Report, ...] = ()
    decided_at: datetime | None = None
    decided_by: str | None = None  # person's id or "operator"
    outcome: Outcome | None = None
    note: str | None = None  # why it was decided so


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of matters."""

    matters: tuple[Matter, ...]
    total: int
