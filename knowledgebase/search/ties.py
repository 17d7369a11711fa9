"""The order of hits whose scores are nearly equal: decided here, alike for both engines.

The engines compute one formula in single precision, each in its own way, so a score is uncertain by some
units of its last place. Hits nearer to their neighbour than a step above that doubt are a tie, ordered by
id. Where the doubt is too large to tell whether two are that near, exact scores decide: they are computed
from the whole numbers in an engine's explanation, which both engines tell alike.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from knowledgebase.domain.question import Question
from knowledgebase.search.backend import COMMENT_BOOST, CONCEPT_BOOST, EXACT_BOOST

K1, B = 1.2, 0.75  # of BM25, in both engines
EXPLAINED_MOST = 50  # hits on either side of one gap whose exact scores are asked for
# What a gap between two scores is uncertain by, of the weight of the question plus the better score.
# Seen at most: 1.8 * 2**-24 for one score of either engine, where the logarithm of a common word's rarity,
# taken of a number near one, loses most.
DOUBT = 6 * 2.0**-24
_BOOSTED = re.compile(r"Boost x([\d.]+)")

Key = TypeVar("Key")
Exact: TypeAlias = Callable[[Sequence[Key]], Sequence[float | None]]


@dataclass(frozen=True, slots=True)
class Window(Generic[Key]):
    """Neighbours in the whole list of hits, best first as the engine has them."""

    hits: Sequence[tuple[float, Key]]
    first: int = 0  # rank of the first of them
    is_begun: bool = True  # nothing that could tie with the first precedes
    is_ended: bool = True  # nothing that could tie with the last follows


def weight(question: Question) -> float:
    """Return the sum of all boosts of a question: no score is more than a few times as high."""
    words = sum(EXACT_BOOST + len(word.stems) * (1 + COMMENT_BOOST) for word in question.words)
    return words + len(question.concepts) * CONCEPT_BOOST


class _TooNarrow(Exception):
    """A window does not show all that decides."""


def ties(
    window: Window[Key], offset: int, end: int, weight: float, exact: Exact[Key]
) -> tuple[list[list[tuple[float, Key]]], int] | None:
    """Return the ties that a page (ranks `offset` to `end`) touches, best first, and the first one's rank.

    A hit without an equal is a tie of one; a tie may begin before the page and end behind it. `exact`
    returns exact scores, None for one that is not to be had.
    None when the window is too small to tell where the first tie begins or the last one ends.
    """
    try:
        return _ties(
            window, offset - window.first, end - window.first, lambda at: _is_apart(window, at, weight, exact)
        )
    except _TooNarrow:
        return None


def _ties(
    window: Window[Key], start: int, stop: int, is_apart: Callable[[int], bool]
) -> tuple[list[list[tuple[float, Key]]], int]:
    hits = window.hits
    if start >= len(hits):
        return [], window.first + start
    begin = start
    while begin and not is_apart(begin):
        begin -= 1
    if not begin and not window.is_begun:
        raise _TooNarrow
    found = [list(hits[begin : start + 1])]
    for at in range(start + 1, len(hits)):
        if is_apart(at):
            if at >= stop:
                break
            found.append([])
        found[-1].append(hits[at])
    else:
        if not window.is_ended:
            raise _TooNarrow
    return found, window.first + begin


def page(
    found: tuple[list[list[tuple[float, Key]]], int], offset: int, end: int, name: Callable[[Key], str]
) -> tuple[tuple[str, float], ...]:
    """Return the hits of a page from its ties, each tie in the order of ids."""
    tied, first = found
    hits = [hit for tie in tied for hit in sorted((name(key), score) for score, key in tie)]
    return tuple(hits[offset - first : end - first])


def _is_apart(window: Window[Key], at: int, weight: float, exact: Exact[Key]) -> bool:
    """Say whether the hit at `at` is worse than the one before it by more than a tie allows."""
    hits = window.hits
    better, worse = hits[at - 1][0], hits[at][0]
    doubt = DOUBT * (weight + better)
    gap = better - worse
    if gap <= doubt or gap > 3 * doubt:
        return gap > doubt
    first, last = max(0, at - EXPLAINED_MOST), min(len(hits), at + EXPLAINED_MOST)
    above = [key for score, key in hits[first:at] if score - better <= doubt]
    below = [key for score, key in hits[at:last] if worse - score <= doubt]
    if (len(above) == at and not window.is_begun) or (len(below) == len(hits) - at and not window.is_ended):
        raise _TooNarrow
    scores = [score for score in exact([*above, *below]) if score is not None]
    if len(scores) < len(above) + len(below):
        return gap > 2 * doubt
    lowest, highest = min(scores[: len(above)]), max(scores[len(above) :])
    return lowest - highest > 2 * DOUBT * (weight + lowest)


def exact_score(explanation: Mapping[str, Any]) -> float | None:
    """Return a score in double precision from what an engine says of it; None when it says something else."""
    try:
        parts = _parts(explanation, 1.0)
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError):
        return None
    return math.fsum(parts) if parts else None


def _parts(said: Mapping[str, Any], boost: float) -> list[float]:
    details: Sequence[Mapping[str, Any]] = said.get("details") or ()
    if boosted := _BOOSTED.match(said["description"]):
        boost *= float(boosted[1])
    if not any(detail["description"].startswith("idf,") for detail in details):
        return [part for detail in details for part in _parts(detail, boost)]
    told = {
        number["description"].partition(",")[0]: float(number["value"])
        for detail in details
        for number in detail.get("details") or ()
    }
    for detail in details:
        if detail["description"] == "boost":  # Lucene's, with a factor of BM25 in it and in single precision
            boost = round(detail["value"] / (K1 + 1), 5)
    rarity = math.log1p((told["N"] - told["n"] + 0.5) / (told["n"] + 0.5))
    often = told["freq"] / (told["freq"] + K1 * (1 - B + B * told["dl"] / told["avgdl"]))
    return [boost * (K1 + 1) * rarity * often]
