"""The headline result of a case as a strip of numbers: before, after, change, and whether that is better."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from knowledgebase.domain.evidence import Better, ChangeUnit
from knowledgebase.domain.record import CardResult
from knowledgebase.web import fmt
from knowledgebase.web.messages import wording

RANGE = "\u2013"  # between the ends of a stored range
PERCENT = frozenset({"%", "٪", "percent", "درصد", "بالمئة", "بالمائة"})  # units that are a share


@dataclass(frozen=True, slots=True)
class ResultStrip:
    """The headline result; the numbers are formatted, indicator and unit are the author's text."""

    indicator: str
    before: str | None
    after: str | None
    unit: str | None  # None where the numbers carry the sign of percent
    change: str | None
    verdict: str | None  # "better" or "worse" where the author said which direction is the better one
    verdict_label: str | None  # the same for ears
    became: str  # what the arrow between two numbers says


def _value(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _shown(text: str | None, language: str) -> str | None:
    """Return a stored number, or range "low–high", formatted; anything else with the language's digits."""
    if not text:
        return None
    ends = [_value(end) for end in text.split(RANGE, 1)]
    shown = [fmt.number(end, language) for end in ends if end is not None]
    if len(shown) < len(ends):
        return fmt.in_digits(text, language)
    return fmt.between(shown[0], shown[-1], language)


def _is_share(unit: str | None) -> bool:
    first = (unit or "").strip().casefold().partition(" ")[0]
    return first in PERCENT


def _points(shown: str, language: str) -> str:
    return wording(language).gettext("%(number)s points") % {"number": fmt.plus(shown, language)}


def _percent(shown: str, language: str) -> str:
    return fmt.plus(shown + fmt.percent_sign(language), language)


def _stated(result: CardResult, language: str) -> str | None:
    """Return the change that the author states."""
    shown = _shown(result.change, language)
    if shown is None:
        return None
    if result.change_unit == ChangeUnit.PERCENT:
        return _percent(shown, language)
    if result.change_unit == ChangeUnit.POINTS:
        return _points(shown, language)
    return fmt.plus(shown, language)


def _computed(result: CardResult, language: str) -> str | None:
    """Return the change between two plain numbers: in points for shares, else in whole percent."""
    first, last = _value(result.before), _value(result.after)
    if first is None or last is None or first == last:
        return None
    if _is_share(result.unit):
        return _points(fmt.number((last - first).normalize(), language), language)
    if first <= 0:
        return None
    share = (last - first) / first * 100
    return _percent(fmt.number(share.quantize(Decimal(1)), language), language)


def _verdict(result: CardResult) -> str | None:
    first, last = _value(result.before), _value(result.after)
    change = _value(result.change)
    if change is None and first is not None and last is not None:
        change = last - first
    if not change or result.better is None:
        return None
    return "better" if (change > 0) == (result.better == Better.HIGHER) else "worse"


@lru_cache(maxsize=8)
def _spoken(language: str) -> Mapping[str, str]:
    words = wording(language)
    return {
        "better": words.gettext("(better)"),
        "worse": words.gettext("(worse)"),
        "became": words.gettext("became"),
    }


def _with_unit(result: CardResult, language: str) -> tuple[str | None, str | None, str | None]:
    """Return before and after with the sign of percent where they are shares, and the unit left to say."""
    before, after = _shown(result.before, language), _shown(result.after, language)
    unit = result.unit
    is_relative = result.change_unit in {ChangeUnit.PERCENT, ChangeUnit.POINTS}
    if not after and is_relative:
        return before, after, None
    if unit is None or unit.strip().casefold() not in PERCENT or not after:
        return before, after, unit
    sign = fmt.percent_sign(language)
    return before and before + sign, after + sign, None


def result_strip(result: CardResult | None, language: str) -> ResultStrip | None:
    """Return the headline result with its numbers in the reader's language.

    Where the author gave two numbers and no change, the change is computed and rounded.
    """
    if result is None:
        return None
    verdict, spoken = _verdict(result), _spoken(language)
    before, after, unit = _with_unit(result, language)
    return ResultStrip(
        result.indicator,
        before,
        after,
        unit,
        _stated(result, language) or _computed(result, language),
        verdict,
        spoken[verdict] if verdict else None,
        spoken["became"],
    )
