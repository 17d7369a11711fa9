"""The words of the vocabulary in every language, found by how they begin: suggestions while typing."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledgebase.text.normalize import skeleton
from knowledgebase.text.vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True, slots=True)
class Label:
    """One word for a concept."""

    folded: str
    shown: str
    language: str
    concept: str
    is_preferred: bool  # the first of its language


class Labels:
    """All labels, sorted by their folded form."""

    def __init__(self, known: Vocabulary) -> None:
        """Fold every label of every concept."""
        told = [
            Label(skeleton(shown), shown, language, concept.id, is_preferred=place == 0)
            for concept in known.concepts.values()
            for language, labels in concept.labels.items()
            for place, shown in enumerate(labels)
        ]
        self._sorted = sorted(told, key=lambda label: (label.folded, not label.is_preferred, label.language))
        self._keys = [label.folded for label in self._sorted]
        by_concept: dict[str, list[Label]] = {}
        for label in told:
            by_concept.setdefault(label.concept, []).append(label)
        self._by_concept: Mapping[str, list[Label]] = by_concept

    def beginning_with(self, start: str, limit: int) -> tuple[Label, ...]:
        """Return labels that begin with a folded text, by their folded form."""
        first = bisect_left(self._keys, start)
        found = []
        for label in self._sorted[first : first + limit]:
            if not label.folded.startswith(start):
                break
            found.append(label)
        return tuple(found)

    def spelled(self, folded: Iterable[str]) -> tuple[Label, ...]:
        """Return the labels that are spelled exactly as one of these folded texts."""
        found: list[Label] = []
        for key in sorted(set(folded)):
            at = bisect_left(self._keys, key)
            while at < len(self._keys) and self._keys[at] == key:
                found.append(self._sorted[at])
                at += 1
        return tuple(found)

    def of_concepts(self, concepts: Iterable[str]) -> tuple[Label, ...]:
        """Return all labels of these concepts, in every language."""
        return tuple(label for concept in concepts for label in self._by_concept.get(concept, ()))


@lru_cache(1)
def labels() -> Labels:
    """Return the labels of this installation's vocabulary, folded once a process."""
    return Labels(vocabulary())
