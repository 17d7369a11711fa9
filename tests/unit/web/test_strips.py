"""The headline result of a card."""

from typing import Any

import pytest

from knowledgebase.domain.record import CardResult
from knowledgebase.web.strips import ResultStrip, result_strip

LRM = "\u200e"


def strip(language: str = "en", **values: Any) -> ResultStrip:
    empty = dict.fromkeys(("unit", "before", "after", "change", "change_unit", "better"))
    found = result_strip(CardResult(indicator="PM2.5", **{**empty, **values}), language)
    assert found is not None
    return found


def test_a_change_is_computed_where_the_author_gave_two_numbers() -> None:
    shown = strip("fa", unit="µg/m³", before="38.4", after="29.1", better="lower")

    assert (shown.before, shown.after, shown.unit) == ("۳۸٫۴", "۲۹٫۱", "µg/m³")
    assert (shown.change, shown.verdict) == (f"{LRM}−۲۴٪", "better")


@pytest.mark.parametrize("unit", ["percent", "%", "درصد"])
def test_shares_are_compared_in_points_not_in_percent_of_percent(unit: str) -> None:
    shown = strip(unit=unit, before="25", after="90", better="higher")

    assert (shown.before, shown.after, shown.unit) == ("25%", "90%", None)
    assert shown.change == "+65 points"


def test_nothing_is_computed_from_ranges_or_from_zero() -> None:
    assert strip(unit="minutes", before="95", after="60–70").change is None
    assert strip(unit="parks", before="0", after="12").change is None


def test_a_stated_change_is_not_computed_anew() -> None:
    shown = strip(before="100", after="50", change="-40", change_unit="percent", better="lower")

    assert shown.change == "−40%"


def test_a_change_alone_needs_no_unit_beside_its_sign() -> None:
    shown = strip(unit="vehicles a day", change="-22", change_unit="percent", better="lower")

    assert (shown.change, shown.unit, shown.after) == ("−22%", None, None)


def test_a_worse_outcome_is_shown_as_worse() -> None:
    shown = strip(unit="deaths", before="10", after="14", better="lower")

    assert (shown.verdict, shown.verdict_label) == ("worse", "(worse)")


def test_without_a_better_direction_nothing_is_judged() -> None:
    assert strip(before="10", after="14").verdict is None


def test_a_value_that_is_no_number_is_shown_as_written() -> None:
    assert strip("fa", after="about 12").after == "about ۱۲"
