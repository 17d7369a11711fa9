"""Where two texts differ, word by word, for somebody who has to choose between them."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS_MAX = 4_000  # of both texts together; longer ones are compared line by line

_WORDS = re.compile(r"\s+|[^\s]+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one text."""

    text: str
    is_own: bool  # only this text has it


def compared(one: str, other: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return both texts as runs of what they share and what each has alone."""
    first, second = _WORDS.findall(one), _WORDS.findall(other)
    if len(first) + len(second) > WORDS_MAX:
        first, second = _LINES.findall(one), _LINES.findall(other)
    if len(first) + len(second) > WORDS_MAX:
        return (Run(one, is_own=True),), (Run(other, is_own=True),)
    mine: list[Run] = []
    theirs: list[Run] = []
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        for runs, words in ((mine, first[a:b]), (theirs, second[c:d])):
            if words:
                runs.append(Run("".join(words), is_own=kind != "equal"))
    return tuple(mine), tuple(theirs)
