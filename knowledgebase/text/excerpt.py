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


def _spellings_asked(distinct: set[str], language: str, question: Question) -> set[str]:
    """Return those spellings that the question asks for; every distinct one is analysed once."""
    exact = {word.exact for word in question.words}
    stems = {token for word in question.words for token in word.stems}
    return {
        word for word in distinct if exact_of(word) in exact or not stems.isdisjoint(stems_of(word, language))
    }


def spans(text: str, language: str, question: Question) -> list[Span]:
    """Return the places of the asked words in a text, in order, without overlap."""
    if not question.words:
        return []
    if SPACELESS.search(text):
        return _spans_of_pairs(text, language, question)
    asked = _spellings_asked(set(WORD.findall(text)), language, question)
    if not asked:
        return []
    return [match.span() for match in WORD.finditer(text) if match.group() in asked]


def _spans_of_pairs(text: str, language: str, question: Question) -> list[Span]:
    found = tokens(text)
    asked = _spellings_asked({token.text for token in found}, language, question)
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


def mark(text: str, language: str, question: Question) -> tuple[Piece, ...]:
    """Return a whole text in pieces, the asked words marked."""
    return _pieces(text, spans(text, language, question))


def _densest(marked: list[Span], length: int) -> int:
    """Return the start of the first marked span whose window holds most marked spans."""
    starts = [start for start, _ in marked]
    best = max(
        range(len(starts)), key=lambda at: (bisect_left(starts, starts[at] + length - _LEAD) - at, -at)
    )
    return starts[best]


def excerpt(text: str, language: str, question: Question, length: int = EXCERPT) -> tuple[Piece, ...]:
    """Return the part of a text that holds most asked words, at most `length` characters, cut at spaces.

    Without an asked word it is the beginning. An ellipsis stands where something was left out.
    """
    marked = spans(text, language, question)
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
