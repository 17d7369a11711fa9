"""The analysis of a typed question; never the syntax of an engine."""

import re
from itertools import pairwise

from knowledgebase.domain.question import Phrase, Question, Word
from knowledgebase.text.analysis import exact_of, stems_of
from knowledgebase.text.normalize import fold
from knowledgebase.text.stem import languages_of
from knowledgebase.text.tokens import spellings
from knowledgebase.text.vocabulary import vocabulary

# an optional minus, then words in quotes of any kind, or one run without spaces
_PART = re.compile(
    r'(?<!\S)(-?)(?:"([^"]*)"|\u00ab([^\u00bb]*)\u00bb|\u201c([^\u201d]*)\u201d)|(?<!\S)(-)?(\S+)'
)


def _phrase(text: str) -> Phrase | None:
    words = tuple(token for token in map(exact_of, spellings(text)) if token)
    return Phrase(words) if words else None


def _word(spelled: str) -> Word:
    stems = {token for language in languages_of(spelled) for token in stems_of(spelled, language) if token}
    return Word(exact_of(spelled), tuple(sorted(stems)), spelled)


def _joined(words: list[Word]) -> list[Word]:
    """Let each pair of neighbours in Arabic script also be found where the text joins them."""
    extra: list[set[str]] = [set(word.stems) for word in words]
    for at, (left, right) in enumerate(pairwise(words)):
        if "fa" not in languages_of(left.shown) or "fa" not in languages_of(right.shown):
            continue
        extra[at].add(stems_of(left.shown + right.shown, "fa")[0])
    return [
        Word(word.exact, tuple(sorted(stems)), word.shown) for word, stems in zip(words, extra, strict=True)
    ]


def ask(text: str) -> Question:
    """Return what a typed text asks for.

    Words in quotes (ASCII, guillemets or typographic) must stand in that order; a minus before a word
    or a quotation excludes it. Everything else is words; colons, brackets and operators mean nothing.
    """
    phrases: list[Phrase] = []
    excluded: list[Phrase] = []
    scoring: list[str] = []
    for match in _PART.finditer(text):
        quoted = next((group for group in match.group(2, 3, 4) if group is not None), None)
        spelled = quoted if quoted is not None else match.group(6)
        phrase = _phrase(spelled)
        if phrase is None:
            continue
        if match.group(1) or match.group(5):
            excluded.append(phrase)
            continue
        scoring.append(spelled)
        if quoted is not None:
            phrases.append(phrase)
    asked = " ".join(scoring)
    words = [word for word in map(_word, spellings(asked)) if fold(word.shown)]
    return Question(tuple(_joined(words)), tuple(phrases), tuple(excluded), vocabulary().detect(asked))
