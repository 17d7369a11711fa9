"""The controlled vocabulary: language-free concepts that bridge questions and cases of any language."""

import csv
import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from knowledgebase.domain.language import ANALYSED
from knowledgebase.text.analysis import AFFIXES, exact_of, words_of
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
    longest: Mapping[str, int]  # first stem to the length of the longest chain
    joined: Mapping[str, tuple[str, ...]]  # a label written as one word


def _parts(text: str) -> list[str]:
    """Return the words of a short text, cut at their half-spaces, bare affixes left out."""
    parts = (part for word in spellings(text) for part in word.split(ZWNJ))
    return [part for part in parts if part and fold(part) not in AFFIXES]


def _one_word(parts: list[str], language: str) -> str:
    return stem("".join(map(fold, parts)), language)


def _lexicon(concepts: list[Concept], language: str) -> _Lexicon:
    tree = _Branch()
    longest: dict[str, int] = {}
    joined: dict[str, tuple[str, ...]] = {}
    for concept in concepts:
        for label in concept.labels[language]:
            parts = _parts(label)
            if not parts:
                continue
            chain = [stem(part, language) for part in parts]
            longest[chain[0]] = max(len(chain), longest.get(chain[0], 0))
            branch = tree
            for token in chain:
                branch = branch.next.setdefault(token, _Branch())
            branch.concepts = (*branch.concepts, concept.id)
            one_word = _one_word(parts, language)
            joined[one_word] = (*joined.get(one_word, ()), concept.id)
    return _Lexicon(tree, longest, joined)


class Vocabulary:
    """All concepts with the means to find them in texts."""

    def __init__(self, concepts: list[Concept], digest: str) -> None:
        """Keep the concepts; `digest` names this state of the file. Lexicons are made when first needed."""
        self.concepts: Mapping[str, Concept] = {concept.id: concept for concept in concepts}
        self.digest = digest
        self._lexicons: dict[str, _Lexicon] = {}

    def prepare(self) -> None:
        """Make the lexicons of all languages now, so that processes forked later share them."""
        for language in ANALYSED:
            self._lexicon(language)

    def _lexicon(self, language: str) -> _Lexicon:
        """Return the labels of one of the analysed languages; to make them takes 50 ms."""
        lexicon = self._lexicons.get(language)
        if lexicon is None:
            lexicon = self._lexicons[language] = _lexicon([*self.concepts.values()], language)
        return lexicon

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Return how each word of the labels is written, by its exact token; made when first asked for."""
        languages = (told for concept in self.concepts.values() for told in concept.labels.values())
        return {exact_of(word): word for told in languages for label in told for word in spellings(label)}

    def count(self, text: str, language: str) -> Counter[str]:
        """Return how often each concept is named in a text, longest labels first; no ancestors."""
        if language not in ANALYSED:
            return Counter()
        parts = [part for word in words_of(text, language) for part in word.parts]
        spans = _scan(parts, self._lexicon(language))
        return Counter(concept for _, _, concepts in spans for concept in concepts)

    def detect(self, text: str) -> tuple[str, ...]:
        """Return the sorted ids of the concepts that a short text (a question, a tag) names.

        Every language of the text's script is tried, also with words typed apart or run together;
        a label inside a longer one that was found does not count. No ancestors.
        """
        parts = _parts(text)
        spans: list[_Span] = []
        for language in {tag for part in parts for tag in languages_of(part)}.intersection(ANALYSED):
            lexicon = self._lexicon(language)
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

    def label(self, concept: str, language: str) -> str:
        """Return the preferred label, in English where the language has none."""
        labels = self.concepts[concept].labels
        return (labels.get(language) or labels["en"])[0]


def _covers(outer: _Span, inner: _Span) -> bool:
    holds = outer[0] <= inner[0] and inner[1] <= outer[1]
    return holds and outer[1] - outer[0] > inner[1] - inner[0]


def _scan(stems: list[str], lexicon: _Lexicon) -> list[_Span]:
    """Return the labels in a text, longest first, without overlap.

    A label with which the text ends counts as long as the longest that begins like it: where two
    languages of one script know the word, this leaves it to the one that says more about it.
    """
    found: list[_Span] = []
    free = 0  # the first word that no label has taken
    first, count = lexicon.tree.next, len(stems)
    for start in [at for at, token in enumerate(stems) if token in first]:
        if start < free:
            continue
        branch: _Branch | None = first[stems[start]]
        at = start + 1
        while branch is not None:
            if branch.concepts:
                free, concepts = at, branch.concepts
            branch = branch.next.get(stems[at]) if branch.next and at < count else None
            at += 1
        if free > start:
            if free == count:
                free = start + lexicon.longest[stems[start]]
            found.append((start, free, concepts))
    return found


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
