"""Snippets and marks: the reader's words shown in the stored text, never HTML of an engine."""

from bisect import bisect_left
from itertools import pairwise

from knowledgebase.domain.query import Piece
from knowledgebase.domain.question import Question
from knowledgebase.text.analysis import exact_of, stems_of
from knowledgebase.text.tokens import SPACELESS, WORD, tokens

EXCERPT = 240  # characters
_LEAD = 60  # characters shown before the first marked word
Span = tuple[int, int]


class Marker:
    """Finds a question's words in texts; each distinct spelling of a language is judged once."""

    def __init__(self, question: Question) -> None:
        """Prepare for the texts of one page."""
        self.words = len(question.words)
        self._exact = {word.exact for word in question.words}
        self._stems = {token for word in question.words for token in word.stems}
        self._judged: dict[str, tuple[set[str], set[str]]] = {}  # by language: all seen, those asked for

    def spans(self, text: str, language: str) -> list[Span]:
        """Return the places of the asked words in a text, in order, without overlap."""
        if not self._exact:
            return []
        if SPACELESS.search(text):
            return self._spans_of_pairs(text, language)
        asked = self._asked(set(WORD.findall(text)), language)
        if not asked:
            return []
        return [match.span() for match in WORD.finditer(text) if match.group() in asked]

    def mark(self, text: str, language: str) -> tuple[Piece, ...]:
        """Return a whole text in pieces, the asked words marked."""
        return _pieces(text, self.spans(text, language))

    def excerpt(self, text: str, language: str, length: int = EXCERPT) -> tuple[Piece, ...]:
        """Return the part of a text with most asked words, at most `length` characters, cut at spaces.

        Without an asked word it is the beginning. An ellipsis stands where something was left out.
        """
        return _cut(text, self.spans(text, language), length)

    def _asked(self, distinct: set[str], language: str) -> set[str]:
        seen, asked = self._judged.setdefault(language, (set(), set()))
        for word in distinct - seen:
            if exact_of(word) in self._exact or not self._stems.isdisjoint(stems_of(word, language)):
                asked.add(word)
        seen |= distinct
        return distinct & asked

    def _spans_of_pairs(self, text: str, language: str) -> list[Span]:
        found = tokens(text)
        asked = self._asked({token.text for token in found}, language)
        joined: list[Span] = []
        for token in found:
            if token.text not in asked:
                continue
            if joined and token.start < joined[-1][1]:
                joined[-1] = (joined[-1][0], token.end)
            else:
                joined.append((token.start, token.end))
        return joined


def _pieces(text: str, marked: list[Span]) -> tuple[Piece, ...]:
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
