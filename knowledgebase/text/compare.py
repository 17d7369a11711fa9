"""Where two texts differ, word by word, for somebody who has to choose between them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

PAIRS_MAX = 50_000  # of equal words in both texts: what a comparison costs

_CUTS = (re.compile(r"\A\s+|\S+\s*"), re.compile(r"[^\n]*\n|[^\n]+"))  # into words; into lines


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one text."""

    text: str
    is_own: bool  # only this text has it


def compared(one: str, other: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return both texts as runs of what they share and what each has alone.

    Long texts are compared line by line; where even that takes long, each is its own as a whole.
    """
    for cut in _CUTS:
        first, second = cut.findall(one), cut.findall(other)
        if _pairs(first, second) <= PAIRS_MAX:
            return _compared(first, second)
    return (Run(one, is_own=True),), (Run(other, is_own=True),)


def _pairs(first: Sequence[str], second: Sequence[str]) -> int:
    counts = Counter(second)
    return sum(counts[word] for word in first) + len(first) + len(second)


def _compared(first: list[str], second: list[str]) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    mine: list[Run] = []
    theirs: list[Run] = []
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        for runs, words in ((mine, first[a:b]), (theirs, second[c:d])):
            if words:
                runs.append(Run("".join(words), is_own=kind != "equal"))
    return tuple(mine), tuple(theirs)
