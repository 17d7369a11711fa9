"""What a search means, in the words of neither engine: the one place both are translated from.

A typed word is found by its exact spelling (which counts more), by any of its stems, or in comments
(which count least). A case matches when it holds enough of the words, or shares a concept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from knowledgebase.domain.query import Sort
from knowledgebase.domain.question import Question, Word
from knowledgebase.search.backend import COMMENT_BOOST, CONCEPT_BOOST, EXACT_BOOST, Ask

Scoring: TypeAlias = "Term | AnyOf"


@dataclass(frozen=True, slots=True)
class Term:
    """One token in one text field; scores by BM25 times `boost`."""

    field: str
    value: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least `minimum` of these; the score is the sum of those that match."""

    clauses: tuple[Scoring, ...]
    minimum: int = 1


@dataclass(frozen=True, slots=True)
class Run:
    """Exact tokens that stand in this order; never scores."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Among:
    """One of these values in a field of whole values; never scores."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What must hold, what must not, and what ranks; visibility is added by each engine."""

    scoring: AnyOf | None
    required: tuple[Run, ...]
    refused: tuple[Run | Among, ...]
    chosen: Mapping[str, Among]  # the user's filters by facet
    sort: Sort

    def without(self, facet: str) -> tuple[Among, ...]:
        """Return the filters that hold for the counts of a facet: all but its own."""
        return tuple(among for name, among in self.chosen.items() if name != facet)


def plan(ask: Ask) -> Plan:
    """Return what an ask means."""
    question = ask.question
    hidden = (Among("id", ask.hidden),) if ask.hidden else ()
    return Plan(
        scoring=_scoring(question) if question.scores else None,
        required=tuple(Run(phrase.words) for phrase in question.phrases),
        refused=(*(Run(phrase.words) for phrase in question.excluded), *hidden),
        chosen={name: Among(name, values) for name, values in ask.filters.items() if values},
        sort=ask.sort if question.scores else Sort.NEWEST,
    )


def _scoring(question: Question) -> AnyOf:
    words = AnyOf(tuple(map(_word, question.words)), question.minimum)
    concepts = tuple(Term("concepts", concept, CONCEPT_BOOST) for concept in question.concepts)
    return AnyOf((words, *concepts) if question.words else concepts)


def _word(word: Word) -> AnyOf:
    stems = tuple(Term("stem", stem) for stem in word.stems)
    comments = tuple(Term("comments", stem, COMMENT_BOOST) for stem in word.stems)
    return AnyOf((Term("exact", word.exact, EXACT_BOOST), *stems, *comments))
