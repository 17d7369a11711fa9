"""Results as rows: changes are computed only where that cannot mislead, worse is shown as worse."""

from typing import Any

import pytest

from knowledgebase.domain.evidence import Better, Change, ChangeUnit, Reading, ResultKind
from knowledgebase.web.case_results import ChangeView, ResultRow, result_table
from tests.make import a_date, a_quantity, an_outcome, an_output


def row(language: str = "en", **changes: Any) -> ResultRow:
    table = result_table([an_outcome(**changes)], ResultKind.OUTCOME, language)
    assert table
    return table.rows[0]


def change(language: str = "en", **changes: Any) -> ChangeView:
    found = row(language, **changes).change
    assert found
    return found


def between(before: str, after: str) -> dict[str, Any]:
    return {"before": Reading(a_quantity(before)), "after": Reading(a_quantity(after)), "change": None}


def test_outcomes_and_outputs_stand_apart() -> None:
    results = [an_outcome(), an_output()]

    tables = [result_table(results, kind, "en") for kind in (ResultKind.OUTCOME, ResultKind.OUTPUT)]

    assert [[one.indicator for one in table.rows] if table else None for table in tables] == [
        ["PM2.5"],
        ["Cameras"],
    ]


def test_there_is_no_table_without_results() -> None:
    assert result_table([an_output()], ResultKind.OUTCOME, "en") is None


def test_a_column_that_no_row_fills_is_not_there() -> None:
    table = result_table([an_output(method=None)], ResultKind.OUTPUT, "en")

    assert table
    assert table.has_after
    assert [table.has_before, table.has_change, table.has_known, table.has_sources] == [False] * 4


def test_a_stated_change_is_told_with_its_dates_and_verdict() -> None:
    found = change()

    assert (found.number, found.verdict, found.verdict_label) == ("\u221220%", "better", "better")
    assert [date.text for date in found.dates] == ["2018", "June 2022"]
    assert not found.is_computed


def test_a_worse_outcome_is_shown_as_worse() -> None:
    found = change("fa", better=Better.HIGHER)

    assert (found.verdict, found.verdict_label) == ("worse", "بدتر")


def test_a_change_is_computed_from_two_numbers_and_marked() -> None:
    found = change(**between("3181", "2419"))

    assert (found.number, found.is_computed, found.verdict) == ("\u2248\u00a0\u221224%", True, "better")


def test_a_computed_change_has_the_digits_of_the_reader() -> None:
    assert "۲۴٪" in change("fa", **between("3181", "2419")).number


def test_the_difference_of_two_shares_is_told_in_points() -> None:
    found = change(unit="%", better=Better.HIGHER, **between("69", "81.5"))

    assert (found.number, found.verdict) == ("\u2248\u00a0+12.5 points", "better")


@pytest.mark.parametrize(("before", "after"), [("0", "5"), ("-4", "5"), ("7", "7")])
def test_no_change_is_computed_where_a_percentage_would_mislead(before: str, after: str) -> None:
    assert row(**between(before, after)).change is None


def test_no_change_is_computed_from_a_range() -> None:
    ends: dict[str, Any] = {
        "before": Reading(a_quantity("38")),
        "after": Reading(a_quantity("30", "31")),
        "change": None,
    }

    assert row(**ends).change is None


def test_a_change_that_may_go_either_way_has_no_verdict() -> None:
    found = change(change=Change(a_quantity("-2", "3"), ChangeUnit.PERCENT))

    assert found.verdict is None


def test_an_absolute_change_is_counted_in_the_unit_of_the_indicator() -> None:
    found = change(change=Change(a_quantity("3"), ChangeUnit.ABSOLUTE), better=Better.HIGHER)

    assert (found.number, found.has_unit) == ("+3", True)


def test_shares_carry_the_sign_of_percent_instead_of_a_unit() -> None:
    found = row("fa", unit="درصد", **between("69", "81"))

    assert found.unit is None
    assert found.after
    assert found.after.number == "۸۱٪"


def test_how_a_value_is_known_is_told_in_sentences() -> None:
    assert row().known == ("Measured", "Compared with the time before", "Other causes not separated")


def test_a_target_is_told_with_its_date() -> None:
    assert row().target == "Target: 25 by 2030"
    assert row(target=Reading(a_quantity("25"))).target == "Target: 25"


def test_a_persian_reader_sees_both_calendars() -> None:
    found = row("fa", after=Reading(a_quantity("30"), a_date("2022-06"))).after

    assert found
    assert found.date
    assert found.date.text == "ژوئن ۲۰۲۲ (خرداد تا تیر ۱۴۰۱)"
    assert found.date.machine == "2022-06"
