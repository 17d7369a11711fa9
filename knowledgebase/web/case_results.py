"""The results of a case as tables: numbers formatted, changes computed where two numbers allow it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from knowledgebase.domain.evidence import Better, Change, ChangeUnit, Reading, Result, ResultKind
from knowledgebase.domain.money import Quantity
from knowledgebase.text import lists
from knowledgebase.web import fmt
from knowledgebase.web.facts import Text, dated
from knowledgebase.web.messages import wording
from knowledgebase.web.strips import PERCENT

ROUGHLY = "\u2248"  # before a change that was computed here


@dataclass(frozen=True, slots=True)
class Value:
    """A number with its date."""

    number: str
    date: Text | None = None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A difference, and whether it is the wanted one."""

    number: str
    verdict: str | None  # "better" or "worse" where the author said which direction is the better one
    verdict_label: str | None
    dates: tuple[Text, ...] = ()  # from and to
    is_computed: bool = False
    has_unit: bool = False  # it is counted in the unit of the indicator


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One indicator; its name and unit are the author's texts."""

    indicator: str
    unit: str | None  # None where the numbers carry the sign of percent
    direction: str | None  # "Lower is better"
    before: Value | None
    after: Value | None
    change: ChangeView | None
    target: str | None
    known: tuple[str, ...]  # method, comparison, cause
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Results of one kind; a column that no row fills is not there."""

    rows: tuple[ResultRow, ...]
    has_before: bool
    has_after: bool
    has_change: bool
    has_known: bool
    has_sources: bool
    has_computed: bool


def result_table(results: Iterable[Result], kind: ResultKind, language: str) -> ResultTable | None:
    """Return the results of a kind in their own order, None where there is none."""
    rows = tuple(_row(result, language) for result in results if result.what is kind)
    if not rows:
        return None
    return ResultTable(
        rows,
        has_before=any(row.before for row in rows),
        has_after=any(row.after for row in rows),
        has_change=any(row.change for row in rows),
        has_known=any(row.known for row in rows),
        has_sources=any(row.sources for row in rows),
        has_computed=any(row.change and row.change.is_computed for row in rows),
    )


def _row(result: Result, language: str) -> ResultRow:
    is_percent = (result.unit or "").strip().casefold() in PERCENT
    sign = fmt.percent_sign(language) if is_percent else ""
    return ResultRow(
        result.indicator,
        None if is_percent else result.unit,
        lists.label("better", result.better, language) if result.better else None,
        _value(result.before, sign, language),
        _value(result.after, sign, language),
        _change(result, language),
        _target(result.target, sign, language),
        _known(result, language),
        result.sources,
    )


def _value(reading: Reading | None, sign: str, language: str) -> Value | None:
    """Return a number with its date; `sign` follows it where it is a share in percent."""
    if reading is None:
        return None
    number = fmt.quantity(reading.value, language) + sign
    return Value(number, dated(reading.date, language) if reading.date else None)


def _target(reading: Reading | None, sign: str, language: str) -> str | None:
    target, words = _value(reading, sign, language), wording(language)
    if target is None:
        return None
    if target.date is None:
        return words.gettext("Target: %(value)s") % {"value": target.number}
    return words.gettext("Target: %(value)s by %(date)s") % {"value": target.number, "date": target.date.text}


def _known(result: Result, language: str) -> tuple[str, ...]:
    words, known = wording(language), []
    if result.method:
        known.append(lists.label("method", result.method, language))
    if result.compared_with:
        how = lists.label("compared_with", result.compared_with, language)
        known.append(words.gettext("Compared %(how)s") % {"how": how[:1].lower() + how[1:]})
    if result.caused:
        known.append(lists.label("caused", result.caused, language))
    return tuple(known)


# Changes


def _change(result: Result, language: str) -> ChangeView | None:
    if result.change is not None:
        return _written_change(result.change, result.better, language)
    computed = _computed(result)
    if computed is None:
        return None
    value, unit = computed
    shown = f"{ROUGHLY}\u00a0{_signed(Quantity(value, value), unit, language)}"
    return ChangeView(shown, *_verdict(_direction(value), result.better, language), is_computed=True)


def _written_change(change: Change, better: Better | None, language: str) -> ChangeView:
    ends = tuple(dated(end, language) for end in (change.start, change.end) if end)
    low, high = _direction(change.value.low), _direction(change.value.high)
    verdict = _verdict(low if low == high else 0, better, language)
    shown = _signed(change.value, change.unit, language)
    return ChangeView(shown, *verdict, ends, has_unit=change.unit is ChangeUnit.ABSOLUTE)


def _signed(value: Quantity, unit: ChangeUnit, language: str) -> str:
    """Return a difference with its sign; the unit of an absolute one stands beside the indicator."""
    shown = fmt.quantity(value, language)
    if unit is ChangeUnit.PERCENT:
        return fmt.plus(shown + fmt.percent_sign(language), language) if value.high else shown
    shown = fmt.plus(shown, language) if value.high else shown
    if unit is ChangeUnit.POINTS:
        return wording(language).gettext("%(number)s points") % {"number": shown}
    return shown


def _computed(result: Result) -> tuple[Decimal, ChangeUnit] | None:
    """Return the change between two plain numbers: points of a share, whole percent of anything else."""
    before, after = (_plain(end) for end in (result.before, result.after))
    if before is None or after is None or before == after:
        return None
    if (result.unit or "").strip().casefold().partition(" ")[0] in PERCENT:
        return after - before, ChangeUnit.POINTS
    if before <= 0:
        return None
    percent = ((after - before) / before * 100).quantize(Decimal(1), ROUND_HALF_UP)
    return (percent, ChangeUnit.PERCENT) if percent else None


def _plain(reading: Reading | None) -> Decimal | None:
    if reading is None or reading.value.low != reading.value.high:
        return None
    return reading.value.low


def _direction(value: Decimal) -> int:
    return (value > 0) - (value < 0)


def _verdict(direction: int, better: Better | None, language: str) -> tuple[str | None, str | None]:
    if direction == 0 or better is None:
        return None, None
    words = wording(language)
    if direction == (1 if better is Better.HIGHER else -1):
        return "better", words.gettext("better")
    return "worse", words.gettext("worse")
