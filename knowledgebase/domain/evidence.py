"""Results of a case and how well they are known.

The level is computed from fields, never typed by an author (`case-format` §2): 0 no result yet,
1 a result is stated, 2 compared with dates, 3 compared, measured or surveyed, with a source,
4 as 3 and evaluated by a named body that is neither the city nor its contractor.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from knowledgebase.domain.money import Quantity
from knowledgebase.domain.period import PartialDate


class ResultKind(StrEnum):
    """An outcome changes the city; an output is a thing done."""

    OUTCOME = "outcome"
    OUTPUT = "output"


class Better(StrEnum):
    """Which direction of an indicator is the better one."""

    HIGHER = "higher"
    LOWER = "lower"


class ChangeUnit(StrEnum):
    """What a change is counted in."""

    PERCENT = "percent"
    POINTS = "points"
    ABSOLUTE = "absolute"


class Method(StrEnum):
    """How a value came to be known."""

    MEASURED = "measured"
    MODELLED = "modelled"
    ESTIMATED = "estimated"
    SURVEYED = "surveyed"
    CLAIMED = "claimed"


class ComparedWith(StrEnum):
    """What the after-value is held against."""

    EARLIER = "earlier"
    SIMILAR_AREA = "similar-area"
    WITHOUT = "without"


class Caused(StrEnum):
    """Whether the case is said to be the cause."""

    STATED = "stated"
    NOT_SEPARATED = "not-separated"


class EvaluationKind(StrEnum):
    """Who evaluated; independent is neither the city nor its contractor."""

    NONE = "none"
    INTERNAL = "internal"
    INDEPENDENT = "independent"


@dataclass(frozen=True, slots=True)
class Reading:
    """A value of an indicator at a date."""

    value: Quantity
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between two dates."""

    value: Quantity
    unit: ChangeUnit
    start: PartialDate | None = None  # key `from` of the format
    end: PartialDate | None = None  # key `to` of the format


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the result table."""

    indicator: str
    what: ResultKind
    unit: str | None = None
    better: Better | None = None
    before: Reading | None = None
    after: Reading | None = None
    change: Change | None = None
    compared_with: ComparedWith | None = None
    caused: Caused | None = None
    target: Reading | None = None
    method: Method | None = None
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Who looked at the case from outside."""

    kind: EvaluationKind
    by: str | None = None
    year: int | None = None
    url: str | None = None
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A level with the reasons for it, as codes that web/ words."""

    level: int  # 0..4
    reasons: tuple[str, ...]  # e.g. ("stated", "no-comparison")


def _is_stated(result: Result) -> bool:
    """Return whether anything is said to have come about; a target is no result."""
    return any(value is not None for value in (result.before, result.after, result.change))


def _has_comparison(result: Result) -> bool:
    change = result.change
    if change is not None and change.start is not None and change.end is not None:
        return True
    ends = (result.before, result.after)
    return all(end is not None and end.date is not None for end in ends)


def _is_sourced_measure(result: Result) -> bool:
    return result.method in (Method.MEASURED, Method.SURVEYED) and bool(result.sources)


def _level_of(result: Result, evaluation: Evaluation | None, *, is_own: bool) -> tuple[int, tuple[str, ...]]:
    if result.what is ResultKind.OUTPUT:
        return 1, ("output-only",)
    if not _has_comparison(result):
        return 1, ("stated", "no-comparison")
    if not _is_sourced_measure(result):
        return 2, ("compared", "no-method" if result.method is None else "no-measured-source")
    independent = evaluation is not None and evaluation.kind is EvaluationKind.INDEPENDENT and evaluation.by
    if independent and is_own:
        return 3, ("compared", "measured", "own-evaluation")
    if not independent:
        return 3, ("compared", "measured", "not-evaluated")
    return 4, ("compared", "measured", "evaluated")


def evidence(results: Iterable[Result], evaluation: Evaluation | None, *, is_own: bool) -> Evidence:
    """Return the level of the best outcome with its reasons; outputs never pass level 1.

    `is_own` says that the evaluating body is the city itself: then its evaluation does not count.
    """
    levels = [_level_of(result, evaluation, is_own=is_own) for result in results if _is_stated(result)]
    if not levels:
        return Evidence(0, ("no-result",))
    level, reasons = max(levels, key=lambda entry: entry[0])
    return Evidence(level, reasons)
