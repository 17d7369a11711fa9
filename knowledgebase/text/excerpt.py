"""Snippets and marks: the reader's words shown in the stored text, never HTML of an engine."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Set
from itertools import pairwise

from knowledgebase.domain.query import Piece
from knowledgebase.domain.question import Question
from knowledgebase.text.analysis import spelled_in
from knowledgebase.text.normalize import fold
from knowledgebase.text.tokens import FIRST_SPACELESS, SPACELESS, WORD, tokens

EXCERPT = 240  # characters
_LEAD = 60  # characters shown before the first marked word
Span = tuple[int, int]
_QUICK = frozenset({"en", "es", "fr"})  # languages in which no stem leaves its word before ENDING
_ENDING = 2  # letters: "lying" is "lie", "implication" is "impliqu"
_DECIMAL = frozenset(".,")
_ACCENTS = tuple(
    (chr(point), letter)
    for point in range(0xC0, 0x180)
    if chr(point).islower() and len(letter := fold(chr(point))) == 1 and letter.isascii()
)
# letters beyond those, and marks that hide inside words
_AS_THEY_ARE = "".join(chr(point) for point in range(0xC0, 0x180) if fold(chr(point)) == chr(point))
_UNKNOWN = re.compile(f"[^\\W\x00-\x7f{_AS_THEY_ARE}]|[\u00ad\u0300-\u036f\u200b-\u200f\u2060-\u2069\ufeff]")
_NOT_ARABIC = re.compile("[^\\W\\d_\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")


class _Verdicts(dict[str, bool]):
    """Whether a spelled word of one language is asked for; judged when first met."""

    def __init__(self, exact: Set[str], stems: Set[str], language: str) -> None:
        super().__init__()
        self._exact, self._stems, self._language = exact, stems, language

    def __missing__(self, word: str) -> bool:
        spelled = spelled_in(word, self._language)
        verdict = spelled.exact in self._exact or not self._stems.isdisjoint(spelled.stems)
        self[word] = verdict
        return verdict


class Marker:
    """Finds a question's words in texts; each distinct spelling of a language is judged once."""

    def __init__(self, question: Question) -> None:
        """Prepare for the texts of one page."""
        self.words = len(question.words)
        self._exact = frozenset(word.exact for word in question.words)
        self._stems = frozenset(token for word in question.words for token in word.stems)
        self._roots = _roots(self._exact, self._stems)
        tokens = self._exact | self._stems
        self._is_latin = all(token.isascii() and token.isalpha() for token in tokens)  # and has no digit
        self._verdicts: dict[str, _Verdicts] = {}  # by language

    def spans(self, text: str, language: str) -> list[Span]:
        """Return the places of the asked words in a text, in order, without overlap."""
        if not self._exact:
            return []
        asked = self._verdicts.get(language)
        if asked is None:
            asked = self._verdicts[language] = _Verdicts(self._exact, self._stems, language)
        if language in _QUICK and (places := _places_of_roots(text, self._roots, asked)) is not None:
            return places
        if self._is_latin and _NOT_ARABIC.search(text) is None:
            return []
        spelled = WORD.findall(text)
        if max(spelled, default="") >= FIRST_SPACELESS and SPACELESS.search(text):
            return _places_of_pairs(text, asked)
        return _places(text, spelled, asked)

    def mark(self, text: str, language: str) -> tuple[Piece, ...]:
        """Return a whole text in pieces, the asked words marked."""
        return _pieces(text, self.spans(text, language))

    def excerpt(self, text: str, language: str, length: int = EXCERPT) -> tuple[Piece, ...]:
        """Return the part of a text with most asked words, at most `length` characters, cut at spaces.

        Without an asked word it is the beginning. An ellipsis stands where something was left out.
        """
        return _cut(text, self.spans(text, language), length)


def _roots(exact: Iterable[str], stems: Iterable[str]) -> list[str]:
    """Return how words begin that one of these tokens may be made of; none begins with another."""
    shortest: list[str] = []
    for root in sorted({*exact, *(stem[:-_ENDING] or stem[:1] for stem in stems)} - {""}):
        if not shortest or not root.startswith(shortest[-1]):
            shortest.append(root)
    return shortest


def _places(text: str, spelled: list[str], asked: _Verdicts) -> list[Span]:
    """Return where the asked ones stand of all words of a text, given in order."""
    wanted = {word for word in set(spelled) if asked[word]}
    found: list[Span] = []
    at = 0
    for word in spelled if wanted else ():
        at = text.find(word, at)
        if word in wanted:
            found.append((at, at + len(word)))
        at += len(word)
    return found


def _places_of_pairs(text: str, asked: _Verdicts) -> list[Span]:
    """Return where asked words stand in a text of a script without spaces, neighbours joined."""
    joined: list[Span] = []
    for token in tokens(text):
        if not asked[token.text]:
            continue
        if joined and token.start < joined[-1][1]:
            joined[-1] = (joined[-1][0], token.end)
        else:
            joined.append((token.start, token.end))
    return joined


def _places_of_roots(text: str, roots: Iterable[str], asked: _Verdicts) -> list[Span] | None:
    """Return where asked words stand in a text of a language whose words keep their beginning.

    Plain search finds the roots, three to ten times as fast as reading every word. None where the text
    holds letters that this does not know.
    """
    plain = _plain(text)
    if plain is None:
        return None
    found: list[Span] = []
    for root in roots:
        at = plain.find(root)
        while at >= 0:
            match = None if _goes_on(plain, at) else WORD.match(text, at)
            if match is not None and asked[match.group()]:
                found.append(match.span())
            at = plain.find(root, at + len(root))
    found.sort()
    return found


def _plain(text: str) -> str | None:
    """Return a text in small letters without accents, each in its place; None where that cannot be."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    for accented, letter in _ACCENTS:
        lowered = lowered.replace(accented, letter)
    return None if len(lowered) != len(text) or _UNKNOWN.search(lowered) else lowered


def _goes_on(plain: str, at: int) -> bool:
    """Return whether a word that began before goes on at a place."""
    before = plain[at - 1 : at]
    if before in _DECIMAL:
        return plain[at - 2 : at - 1].isdigit() and plain[at].isdigit()
    return before.isalnum()


def _pieces(text: str, marked: list[Span]) -> tuple[Piece, ...]:
    if not marked:
        return (Piece(text),) if text else ()
    edges = [0, *(edge for span in marked for edge in span), len(text)]
    pieces = (
        Piece(text[start:end], is_marked=bool(at % 2)) for at, (start, end) in enumerate(pairwise(edges))
    )
    return tuple(piece for piece in pieces if piece.text)


def _densest(marked: list[Span], length: int) -> int:
    """Return the start of the first marked span whose window holds most marked spans."""
    starts = [start for start, _ in marked]
    best = max(
        range(len(starts)), key=lambda at: (bisect_left(starts, starts[at] + length - _LEAD) - at, -at)
    )
    return starts[best]


def _cut(text: str, marked: list[Span], length: int) -> tuple[Piece, ...]:
    if len(text) <= length:
        return _pieces(text, marked)
    start = max(0, _densest(marked, length) - _LEAD) if marked else 0
    if start + length >= len(text):
        start = max(0, len(text) - length)
    if start:
        space = text.find(" ", start, start + _LEAD)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + length)
    if end < len(text):
        space = text.rfind(" ", end - _LEAD, end)
        end = space if space > start else end
    inside = [(first - start, last - start) for first, last in marked if first >= start and last <= end]
    pieces = _pieces(text[start:end], inside)
    before = (Piece("… "),) if start else ()
    after = (Piece(" …"),) if end < len(text) else ()
    return (*before, *pieces, *after)
