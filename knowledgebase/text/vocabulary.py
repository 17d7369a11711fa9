"""The controlled vocabulary: language-free concepts that bridge questions and cases of any language."""

import csv
import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from knowledgebase.domain.language import ANALYSED
from knowledgebase.text.analysis import AFFIXES, words_of
from knowledgebase.text.normalize import ZWNJ, fold
from knowledgebase.text.stem import languages_of, stem
from knowledgebase.text.tokens import spellings

_FILE = Path(__file__).parent.parent / "data" / "vocabulary.tsv"
_Span = tuple[int, int, tuple[str, ...]]  # first word, word after the last, concept ids
_JOINED_WORDS = 3  # neighbours of a short text that are also looked up as one word


@dataclass(frozen=True, slots=True)
class Concept:
    """One term: its labels by language, preferred label first."""

    id: str
    parent: str  # another concept or a topic
    labels: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class _Branch:
    """What may follow after some stems of a label, and the concepts when it ends there."""

    concepts: tuple[str, ...] = ()
    next: dict[str, "_Branch"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The labels of one language, ready to be found in stems."""

    tree: _Branch  # every chain of stems that is a label
    joined: Mapping[str, tuple[str, ...]]  # a label written as one word


def _parts(text: str) -> list[str]:
    """Return the words of a short text, cut at their half-spaces, bare affixes left out."""
    parts = (part for word in spellings(text) for part in word.split(ZWNJ))
    return [part for part in parts if part and fold(part) not in AFFIXES]


def _one_word(parts: list[str], language: str) -> str:
    return stem("".join(map(fold, parts)), language)


def _lexicon(concepts: list[Concept], language: str) -> _Lexicon:
    tree = _Branch()
    joined: dict[str, tuple[str, ...]] = {}
    for concept in concepts:
        for label in concept.labels[language]:
            parts = _parts(label)
            if not parts:
                continue
            branch = tree
            for part in parts:
                branch = branch.next.setdefault(stem(part, language), _Branch())
            branch.concepts = (*branch.concepts, concept.id)
            one_word = _one_word(parts, language)
            joined[one_word] = (*joined.get(one_word, ()), concept.id)
    return _Lexicon(tree, joined)


class Vocabulary:
    """All concepts with the means to find them in texts."""

    def __init__(self, concepts: list[Concept], digest: str) -> None:
        """Prepare one lexicon a language; `digest` names this state of the file."""
        self.concepts: Mapping[str, Concept] = {concept.id: concept for concept in concepts}
        self.digest = digest
        self._lexicons = {language: _lexicon(concepts, language) for language in ANALYSED}

    def count(self, text: str, language: str) -> Counter[str]:
        """Return how often each concept is named in a text, longest labels first; no ancestors."""
        lexicon = self._lexicons.get(language)
        if lexicon is None:
            return Counter()
        spans = _scan([part for word in words_of(text, language) for part in word.parts], lexicon)
        return Counter(concept for _, _, concepts in spans for concept in concepts)

    def detect(self, text: str) -> tuple[str, ...]:
        """Return the sorted ids of the concepts that a short text (a question, a tag) names.

        Every language of the text's script is tried, also with words typed apart or run together;
        a label inside a longer one that was found does not count. No ancestors.
        """
        parts = _parts(text)
        spans: list[_Span] = []
        for language in {tag for part in parts for tag in languages_of(part)} & self._lexicons.keys():
            lexicon = self._lexicons[language]
            spans += _scan([stem(part, language) for part in parts], lexicon)
            spans += _scan_joined(parts, language, lexicon)
        longest = [span for span in spans if not any(_covers(other, span) for other in spans)]
        return tuple(sorted({concept for _, _, concepts in longest for concept in concepts}))

    def ancestors(self, concept: str) -> tuple[str, ...]:
        """Return the concepts above one, nearest first; the topic is not among them."""
        above: list[str] = []
        parent = self.concepts[concept].parent
        while parent in self.concepts:
            above.append(parent)
            parent = self.concepts[parent].parent
        return tuple(above)

    def topic_of(self, concept: str) -> str:
        """Return the topic at the end of a concept's chain."""
        chain = (concept, *self.ancestors(concept))
        return self.concepts[chain[-1]].parent

    def label(self, concept: str, language: str) -> str:
        """Return the preferred label, in English where the language has none."""
        labels = self.concepts[concept].labels
        return (labels.get(language) or labels["en"])[0]


def _covers(outer: _Span, inner: _Span) -> bool:
    holds = outer[0] <= inner[0] and inner[1] <= outer[1]
    return holds and outer[1] - outer[0] > inner[1] - inner[0]


def _scan(stems: list[str], lexicon: _Lexicon) -> list[_Span]:
    found: list[_Span] = []
    free = 0  # the first word that no label has taken
    first = lexicon.tree.next
    for at in [at for at, token in enumerate(stems) if token in first]:
        if at >= free and (span := _longest(stems, at, first[stems[at]])) is not None:
            found.append(span)
            free = span[1]
    return found


def _longest(stems: list[str], at: int, branch: _Branch) -> _Span | None:
    """Return the longest label that begins with this word, None where none ends in the text."""
    span = None
    end = at + 1
    while True:
        if branch.concepts:
            span = (at, end, branch.concepts)
        if end == len(stems) or (after := branch.next.get(stems[end])) is None:
            return span
        branch, end = after, end + 1


def _scan_joined(parts: list[str], language: str, lexicon: _Lexicon) -> list[_Span]:
    found: list[_Span] = []
    for at in range(len(parts)):
        for end in range(at + 1, min(at + _JOINED_WORDS, len(parts)) + 1):
            concepts = lexicon.joined.get(_one_word(parts[at:end], language))
            if concepts:
                found.append((at, end, concepts))
    return found


@lru_cache(1)
def vocabulary() -> Vocabulary:
    """Return the vocabulary of this installation, read once a process."""
    content = _FILE.read_bytes()
    rows = csv.DictReader(content.decode().splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    concepts = [
        Concept(row["id"], row["parent"], {tag: tuple(row[tag].split("|")) for tag in ANALYSED})
        for row in rows
    ]
    return Vocabulary(concepts, hashlib.sha256(content).hexdigest()[:16])
