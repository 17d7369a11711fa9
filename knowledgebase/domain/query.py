"""A question put to the exchange and the answer it gets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from knowledgebase.domain.record import Card

PAGE_SIZE = 20  # cards on a page
SIZE_MAX = 100  # hits of one API answer
WINDOW_MAX = 1_000  # from + size, for people and API alike
QUESTION_MAX = 256  # characters
WORDS_MAX = 32  # words of a question
FACETS = ("topic", "city", "country", "language", "status", "year", "tag", "written_by")


class Sort(StrEnum):
    """The order of the hits."""

    BEST = "best"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Query:
    """One page of one search; equal queries have equal addresses."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # facet name to values, sorted
    sort: Sort = Sort.BEST
    page: int = 1
    size: int = PAGE_SIZE
    is_cut: bool = False  # the typed text was longer than QUESTION_MAX or WORDS_MAX

    @property
    def offset(self) -> int:
        """Return how many hits come before this page."""
        return (self.page - 1) * self.size


class Piece(NamedTuple):
    """A run of shown text; marked where it is what the reader asked for.

    A named tuple: a page makes some hundred, and a frozen dataclass takes twice as long.
    """

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One found case."""

    card: Card
    score: float
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    language: str  # of the title as shown
    excerpt_language: str  # the case's own where only its own text holds the reader's words


class FacetValue(NamedTuple):
    """One choice of a filter with the number of cases behind it; a named tuple, as Piece."""

    value: str
    cases: int
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """All choices of a filter, most cases first, then by value."""

    values: tuple[FacetValue, ...]
    is_cut: bool = False  # more distinct values exist than the engine was asked for


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query."""

    query: Query
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Facet] = field(default_factory=dict)
    concepts: tuple[str, ...] = ()  # vocabulary ids found in the question
    repaired: str | None = None  # the question that was answered, when a word was repaired
    is_degraded: bool = False  # the database's simple list answered instead of the engine
    is_incomplete: bool = False  # part of the engine did not answer
    city_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by id and language
    tag_names: Mapping[str, str] = field(default_factory=dict)  # shown form by folded form
