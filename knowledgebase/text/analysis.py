"""From text to the ready tokens that both engines receive; `question` does the same to questions."""

from functools import lru_cache
from typing import NamedTuple

from knowledgebase.text.normalize import CACHE_WORDS, ZWNJ, fold
from knowledgebase.text.stem import stem
from knowledgebase.text.tokens import spellings

SHORT_MAX = 2_000  # names and labels remembered for each of a few languages
TEXTS_MAX = 8  # whole texts remembered
TOKEN_MAX = 64  # characters; Elasticsearch would split at 255, tantivy would not

# parts of Persian words behind or before a half-space that carry no meaning of their own
AFFIXES = frozenset(
    fold(part)
    for part in (
        "ها",
        "های",
        "هایی",
        "هایش",
        "هایشان",
        "می",
        "نمی",
        "ای",
        "اند",
        "ام",
        "ات",
        "اش",
        "ی",
        "تر",
        "ترین",
    )
)


class Spelled(NamedTuple):
    """What one word becomes in a language."""

    word: str  # as spelled
    exact: str  # empty where nothing is left of it
    stems: tuple[str, ...]  # its own, then those of the parts round its half-spaces
    parts: tuple[str, ...]  # stems of its parts without bare affixes, in order: labels are found in them


class _Words(dict[str, Spelled]):
    """The words met so far in a language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, word: str) -> Spelled:
        if sum(map(len, tuple(_MET.values()))) >= CACHE_WORDS:
            for known in tuple(_MET.values()):
                known.clear()
        spelled = self[word] = _spelled(word, self.language)
        return spelled


_MET: dict[str, _Words] = {}  # by language, together at most CACHE_WORDS


def _met(language: str) -> _Words:
    return _MET.get(language) or _MET.setdefault(language, _Words(language))


def _one_token(folded: str) -> str:
    return folded if folded.isalnum() and len(folded) <= TOKEN_MAX else "".join(folded.split())[:TOKEN_MAX]


def _spelled(word: str, language: str) -> Spelled:
    folded, stemmed = fold(word), stem(word, language)
    whole = _one_token(stemmed)
    if ZWNJ not in word:
        return Spelled(word, _one_token(folded), (whole,), () if folded in AFFIXES else (stemmed,))
    parts = [part for part in word.split(ZWNJ) if part and fold(part) not in AFFIXES]
    stems = [stem(part, language) for part in parts]
    longer = (_one_token(told) for part, told in zip(parts, stems, strict=True) if len(part) > 1)
    return Spelled(word, _one_token(folded), tuple(dict.fromkeys((whole, *longer))), tuple(stems))


def exact_of(word: str) -> str:
    """Return the exact token of a spelled word; ligatures that fold to several words are joined."""
    return _one_token(fold(word))


def spelled_in(word: str, language: str) -> Spelled:
    """Return what a spelled word becomes in a language."""
    return _met(language)[word]


def stems_of(word: str, language: str) -> tuple[str, ...]:
    """Return the stem tokens of a spelled word: its stem, and those of the parts round a half-space.

    So a text with one spelling of a compound (joined, half-space, space) is found by the others.
    """
    return _met(language)[word].stems


@lru_cache(TEXTS_MAX)
def words_of(text: str, language: str) -> tuple[Spelled, ...]:
    """Return what the words of a text become, in order.

    A few texts are remembered: the same one is read for words, stems and concepts in turn.
    """
    return tuple(map(_met(language).__getitem__, spellings(text)))


@lru_cache(4 * SHORT_MAX)
def analyse_short(text: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what `analyse` does, remembered: for names and labels that many texts share."""
    exact, stems = analyse(text, language)
    return tuple(exact), tuple(stems)


def analyse(text: str, language: str) -> tuple[list[str], list[str]]:
    """Return the exact tokens and the stem tokens of a text, each in the order of the text."""
    words = words_of(text, language)
    exact = [word.exact for word in words if word.exact]
    stems = [token for word in words for token in word.stems if token]
    return exact, stems
