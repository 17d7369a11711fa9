"""From text to the ready tokens that both engines receive; `question` does the same to questions."""

from functools import lru_cache

from knowledgebase.text.normalize import CACHE_WORDS, ZWNJ, fold
from knowledgebase.text.stem import stem
from knowledgebase.text.tokens import spellings

SHORT_MAX = 2_000  # names and labels remembered for each of a few languages
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


def _one_token(folded: str) -> str:
    return "".join(folded.split())[:TOKEN_MAX]


@lru_cache(CACHE_WORDS)
def exact_of(word: str) -> str:
    """Return the exact token of a spelled word; ligatures that fold to several words are joined."""
    return _one_token(fold(word))


@lru_cache(CACHE_WORDS)
def stems_of(word: str, language: str) -> tuple[str, ...]:
    """Return the stem tokens of a spelled word: its stem, and those of the parts round a half-space.

    So a text with one spelling of a compound (joined, half-space, space) is found by the others.
    """
    whole = _one_token(stem(word, language))
    if ZWNJ not in word:
        return (whole,)
    parts = (part for part in word.split(ZWNJ) if len(part) > 1 and fold(part) not in AFFIXES)
    return tuple(dict.fromkeys((whole, *(_one_token(stem(part, language)) for part in parts))))


@lru_cache(4 * SHORT_MAX)
def analyse_short(text: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what `analyse` does, remembered: for names and labels that many texts share."""
    exact, stems = analyse(text, language)
    return tuple(exact), tuple(stems)


def analyse(text: str, language: str) -> tuple[list[str], list[str]]:
    """Return the exact tokens and the stem tokens of a text, each in the order of the text."""
    words = spellings(text)
    exact = [token for token in map(exact_of, words) if token]
    stems = [token for word in words for token in stems_of(word, language) if token]
    return exact, stems
