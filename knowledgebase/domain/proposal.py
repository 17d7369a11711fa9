"""Proposals: a tag, or title and summary in another language, that a city accepts for its case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from knowledgebase.domain.case import Translation
from knowledgebase.domain.person import Profile
from knowledgebase.domain.record import Tag

OPEN_MAX = 10  # open proposals of a new account
OPEN_MAX_LATER = 100  # of an older one
NEW_FOR_DAYS = 30
LINE_MAX = 300  # characters of the line with which a proposal is decided


class ProposalKind(StrEnum):
    """What is proposed for a case."""

    TAG = "tag"
    TRANSLATION = "translation"


class ProposalState(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody proposes: a tag, or a translation into a language. Building one is intake's proof."""

    tag: Tag | None = None
    language: str | None = None
    translation: Translation | None = None

    @property
    def kind(self) -> ProposalKind:
        """Return what is proposed."""
        return ProposalKind.TAG if self.tag else ProposalKind.TRANSLATION


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided about a proposal, when, and with which line."""

    at: datetime  # aware UTC
    by: str  # as the journal names people
    line: str | None = None
    gave: str | None = None  # folded tag that the case got by it and had not before


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stored proposal as it stands."""

    id: str  # 12 of [a-z0-9], random
    case: str  # id
    person: str  # id
    draft: Draft
    state: ProposalState
    at: datetime  # aware UTC
    decision: Decision | None = None

    @property
    def city(self) -> str:
        """Return the id of the city that decides."""
        return self.case.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Face:
    """Whom a page names: what a person says of itself and the cities that it belongs to."""

    profile: Profile
    cities: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # names by id and language


@dataclass(frozen=True, slots=True)
class ListedProposal:
    """A proposal as lists show it."""

    proposal: Proposal
    title: str  # of the case, in its own language
    language: str  # of that title
    city_names: Mapping[str, str]  # of the case's city
    face: Face | None  # of who proposed it
