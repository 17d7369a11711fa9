"""Letters: what is sent to whom by mail, and the news that one letter an hour tells a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class LetterKind(StrEnum):
    """What a letter is for."""

    INVITATION = "invitation"  # carries a one-time link
    RESET = "reset"  # carries a one-time link
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - a name, no secret
    JOINING_REFUSED = "joining-refused"
    NEWS = "news"  # all that happened since the last one; the only kind that can be turned off


class NewsKind(StrEnum):
    """What happened that somebody is told of."""

    COMMENT_ANSWERED = "comment-answered"  # to the writer of the comment above
    COMMENT_ON_CASE = "comment-on-case"  # to the case's city
    QUESTION = "question"  # to the city that is asked
    COMMENT_HELD = "comment-held"  # to whoever may let it out
    COMMENT_RELEASED = "comment-released"  # to its writer
    COMMENT_REFUSED = "comment-refused"  # to its writer: a held one that is not let out
    COMMENT_REPORTED = "comment-reported"  # to the moderators
    COMMENT_HIDDEN = "comment-hidden"  # to its writer, with the reason
    COMMENT_HIDDEN_BY_CITY = "comment-hidden-by-city"  # to the moderators, who may reverse it
    COMMENT_RESTORED = "comment-restored"  # to its writer
    ANSWER_ACCEPTED = "answer-accepted"  # to the writer of the answer
    DRAFT_ASKED = "draft-asked"  # to whoever may publish it
    DRAFT_RETURNED = "draft-returned"  # to its writer, with a line
    DRAFT_PUBLISHED = "draft-published"  # to its writer
    PROPOSAL_MADE = "proposal-made"  # to the case's city
    PROPOSAL_ACCEPTED = "proposal-accepted"  # to whoever proposed
    PROPOSAL_REFUSED = "proposal-refused"  # to whoever proposed
    JOINING_ASKED = "joining-asked"  # to whoever may decide


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened, as a line of a letter tells it; never the words of a comment."""

    kind: NewsKind
    path: str  # of its page, without the language: "cases/tehran/winter-smog#comment-12"
    title: str = ""  # of the case or text that it is about
    by: str = ""  # who did it, as shown to readers
    city: str | None = None  # id, where a city did it or is meant
    note: str = ""  # the reason, the line that was written to it


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to be sent; to a person, or to an address that has no account."""

    kind: LetterKind
    language: str = ""  # of the interface; empty: the person's
    person: int | None = None  # number
    email: str | None = None
    once: str | None = None  # while a letter with this key waits, another one is not written
    link: str | None = None  # hash of the one-time link that it brings a sibling of
    told: Mapping[str, str] = field(default_factory=dict)  # what its words need; no secret


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that one worker has taken in hand."""

    number: int
    id: str  # random, in its Message-ID: a letter sent twice is one
    letter: Letter
    queued: datetime  # aware UTC
    expires: datetime  # aware UTC; then it is given up
    attempts: int  # this one included


@dataclass(frozen=True, slots=True)
class Readable:
    """What a letter says, before it is put in words: nothing here but its token is secret."""

    kind: LetterKind
    language: str
    token: str = ""  # of a one-time link, made a moment ago
    expires: datetime | None = None  # of that link, aware UTC
    person: str = ""  # id of the person it goes to
    news: tuple[News, ...] = ()  # oldest first
    cities: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # names by language, by city id
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Worded:
    """A letter in the words of its reader."""

    language: str
    subject: str
    text: str
    html: str
    sender: str  # name of the exchange
    leave: str = ""  # address that turns such letters off by one POST (RFC 8058)


@dataclass(frozen=True, slots=True)
class Enveloped:
    """A worded letter on its way to an address."""

    id: str
    to: str
    written: datetime  # aware UTC
    worded: Worded
