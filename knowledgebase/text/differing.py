"""Two versions of a text beside each other: the words that only one of them has are marked."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from knowledgebase.domain.query import Piece

COMPARED_MAX = 40_000_000  # pairs of words that are compared; longer texts are compared by lines
_WORDS = re.compile(r"\n|[^\S\n]+|\S+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


def differing(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces, marked where they differ; put together they are the texts again."""
    mine, theirs = _WORDS.findall(one), _WORDS.findall(other)
    if len(mine) * len(theirs) > COMPARED_MAX:
        mine, theirs = _LINES.findall(one), _LINES.findall(other)
    if len(mine) * len(theirs) > COMPARED_MAX:
        mine, theirs = [one], [other]
    steps = SequenceMatcher(None, mine, theirs).get_opcodes()
    return (
        tuple(_joined((mine[start:end], kind != "equal") for kind, start, end, _, _ in steps)),
        tuple(_joined((theirs[start:end], kind != "equal") for kind, _, _, start, end in steps)),
    )


def _joined(runs: Iterator[tuple[Sequence[str], bool]]) -> Iterator[Piece]:
    there = (run for run in runs if run[0])
    for is_marked, same in groupby(there, key=lambda run: run[1]):
        yield Piece("".join(word for words, _ in same for word in words), is_marked)
