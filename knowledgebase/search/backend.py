"""The contract of an engine; tests/contract/ holds both engines to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from knowledgebase.domain.query import Sort
from knowledgebase.domain.question import Question

SCHEMA_VERSION = 1  # of the fields below; a change asks for a reindex
EXACT_BOOST = 0.75  # weight of the exact field beside the stem field
CONCEPT_BOOST = 1.0  # weight of one shared concept
COMMENT_BOOST = 0.2  # weight of a word in visible comments
END = "¶"  # last token of every text field, also of tombstones


@dataclass(frozen=True, slots=True)
class Document:
    """A case as the engine sees it: ready tokens joined by spaces, nothing to analyse.

    Every text field ends with END and is never empty; a tombstone has END alone in each.
    """

    id: str  # case id
    revision: int  # external version: an older one changes nothing
    digest: str  # hash of everything below, for reconcile
    is_visible: bool  # False is a tombstone
    exact: str = END
    stem: str = END
    concepts: str = END
    comments: str = END
    newest: str = ""  # "YYYY-MM-DD|id" of the first publication
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by name of FACETS; year as digits


class Outcome(StrEnum):
    """What became of one document of a `put`."""

    STORED = "stored"
    SUPERSEDED = "superseded"  # the engine already holds this or a newer revision
    REFUSED = "refused"  # permanent: the document itself is bad
    FAILED = "failed"  # passing: try again later


@dataclass(frozen=True, slots=True)
class Receipt:
    """The outcome for one document, with the engine's reason for people who operate it."""

    id: str
    outcome: Outcome
    stored_revision: int | None = None  # of SUPERSEDED, when the engine tells
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FacetAsk:
    """How a facet is to be counted."""

    size: int  # at least the number of distinct values in the index, so that counts are exact
    include: tuple[str, ...] = ()  # only these values, when the list is cut


@dataclass(frozen=True, slots=True)
class Ask:
    """One request to an engine."""

    question: Question
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # OR inside a facet, AND between
    hidden: tuple[str, ...] = ()  # ids hidden now that the engine may not know yet
    sort: Sort = Sort.BEST  # without anything to rank, NEWEST is used
    offset: int = 0
    size: int = 20  # >= 1
    facets: Mapping[str, FacetAsk] = field(default_factory=dict)  # disjunctive: own selection left out


@dataclass(frozen=True, slots=True)
class Answer:
    """Ids and scores, best first (ties, as ties.py tells them, by id), exact counts."""

    total: int
    hits: tuple[tuple[str, float], ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)  # count desc, value asc
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """What an engine holds of one document."""

    id: str
    revision: int
    digest: str
    is_visible: bool


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index was made for; another site's index is never written to."""

    site: str  # the database's random id
    schema: int  # SCHEMA_VERSION
    analysis: str  # version of text/ and hash of the vocabulary


class SearchBackend(Protocol):
    """An engine with named generations of one index, of which one is live.

    Every method may raise SearchUnavailable, and reads of a live index raise WrongIndex
    where its stamp differs from what the caller expects.
    """

    name: str  # "embedded" or "elasticsearch"

    def create(self, generation: str, stamp: Stamp) -> None:
        """Make an empty generation; it is not live. An existing one is replaced."""

    def put(self, generation: str, documents: Sequence[Document]) -> tuple[Receipt, ...]:
        """Store documents by external version, one receipt each in the same order."""

    def refresh(self, generation: str) -> None:
        """Make everything stored so far visible to searches."""

    def promote(self, generation: str) -> None:
        """Make a generation live in one step; searches never see a gap."""

    def drop(self, generation: str) -> None:
        """Remove a generation that is not live; a missing one is no error."""

    def generations(self) -> tuple[str, ...]:
        """Return the names of all generations, sorted."""

    def live(self) -> str | None:
        """Return the live generation, None before the first promotion."""

    def stamp(self, generation: str) -> Stamp:
        """Return what a generation was made for. Raises NotFound where there is none."""

    def count(self, generation: str) -> int:
        """Return the number of visible documents."""

    def stored(self, generation: str, ids: Iterable[str]) -> dict[str, Stored]:
        """Return what the engine holds of these documents, tombstones included."""

    def scan(self, generation: str) -> Iterable[Stored]:
        """Yield everything a generation holds, tombstones included, in any order."""

    def search(self, ask: Ask) -> Answer:
        """Answer from the live generation; only visible documents count."""

    def close(self) -> None:
        """Give back connections and files."""
