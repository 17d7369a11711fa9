"""The analysis of a typed question; never the syntax of an engine."""

import re
from itertools import pairwise

from knowledgebase.domain.question import Phrase, Question, Word
from knowledgebase.text.analysis import exact_of, stems_of
from knowledgebase.text.function_words import is_function_word
from knowledgebase.text.normalize import ZWNJ, fold
from knowledgebase.text.stem import languages_of
from knowledgebase.text.tokens import SPACELESS, Token, spellings, tokens
from knowledgebase.text.vocabulary import vocabulary

# an optional minus, then words in quotes of any kind, or one run without spaces
_PART = re.compile(
    r'(?<!\S)(-?)(?:"([^"]*)"|\u00ab([^\u00bb]*)\u00bb|\u201c([^\u201d]*)\u201d)|(?<!\S)(-)?(\S+)'
)

# Persian affixes that are often typed as words of their own
_PREFIXES = frozenset({"\u0645\u06cc", "\u0646\u0645\u06cc"})
_SUFFIXES = frozenset(map(fold, ("ها", "های", "هایی", "هایش", "هایشان", "ترین")))


def _phrase(text: str) -> Phrase | None:
    words = tuple(token for token in map(exact_of, spellings(text)) if token)
    return Phrase(words) if words else None


def _belong(left: Token, right: Token, text: str) -> bool:
    """Say whether neighbours are one Persian word, of which an affix was typed apart."""
    if text[left.end : right.start] != " ":
        return False
    if fold(right.text) in _SUFFIXES:
        return _may_be_persian(left.text)
    return fold(left.text) in _PREFIXES and _may_be_persian(right.text)


def _may_be_persian(spelled: str) -> bool:
    return "fa" in languages_of(spelled)


def _typed(text: str) -> list[tuple[str, str]]:
    """Return the words of a text in order, each as typed and as spelled with its affixes."""
    runs: list[list[Token]] = []
    for token in tokens(text):
        if runs and _belong(runs[-1][-1], token, text):
            runs[-1].append(token)
        else:
            runs.append([token])
    words = [(text[run[0].start : run[-1].end], ZWNJ.join(part.text for part in run)) for run in runs]
    return [(shown, spelled) for shown, spelled in words if exact_of(spelled)]


def _stems(spelled: str) -> set[str]:
    return {token for language in languages_of(spelled) for token in stems_of(spelled, language) if token}


def _words(text: str) -> tuple[Word, ...]:
    """Return the words of a text that ask for something; where none does, all of them.

    Each pair of neighbours in Arabic script is also found where a case joins them.
    """
    typed = _typed(text)
    stems = [_stems(spelled) for _, spelled in typed]
    for at, ((_, left), (_, right)) in enumerate(pairwise(typed)):
        if _may_be_persian(left) and _may_be_persian(right):
            owner = at + 1 if is_function_word(exact_of(left)) else at
            stems[owner].add(stems_of(left + right, "fa")[0])
    words = [
        Word(exact_of(spelled), tuple(sorted(found)), shown, is_pair=_is_pair(spelled))
        for (shown, spelled), found in zip(typed, stems, strict=True)
    ]
    return tuple(word for word in words if not is_function_word(word.exact)) or tuple(words)


def _is_pair(spelled: str) -> bool:
    return len(spelled) == 2 and SPACELESS.fullmatch(spelled) is not None


def ask(text: str) -> Question:
    """Return what a typed text asks for.

    Words in quotes (ASCII, guillemets or typographic) must stand in that order; a minus before a word
    or a quotation excludes it. Everything else is words; colons, brackets and operators mean nothing.
    Function words ("how", "the") ask for nothing unless there is nothing else.
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
    return Question(_words(asked), tuple(phrases), tuple(excluded), vocabulary().detect(asked))
