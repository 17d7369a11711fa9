"""Written dates as spans of days, Gregorian and Jalali."""

from datetime import date

import pytest
from pydantic_core import PydanticCustomError

from knowledgebase.domain.period import Calendar, Precision
from knowledgebase.intake.dates import Setting, read_date, read_year

EN = Setting(language="en")
FA = Setting(language="fa")
JALALI = Setting(language="en", calendar=Calendar.JALALI)
GREGORIAN = Setting(language="fa", calendar=Calendar.GREGORIAN)


def code_of(text: str, setting: Setting) -> str:
    with pytest.raises(PydanticCustomError) as refused:
        read_date(text, setting)
    return refused.value.type


@pytest.mark.parametrize(
    ("written", "first", "last", "precision"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31), Precision.YEAR),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), Precision.MONTH),
        ("2019-12", date(2019, 12, 1), date(2019, 12, 31), Precision.MONTH),
        ("2019-05-07", date(2019, 5, 7), date(2019, 5, 7), Precision.DAY),
        ("1865", date(1865, 1, 1), date(1865, 12, 31), Precision.YEAR),
    ],
)
def test_a_gregorian_date_stands_for_its_days(
    written: str, first: date, last: date, precision: Precision
) -> None:
    span = read_date(written, EN)

    assert (span.first, span.last, span.precision) == (first, last, precision)
    assert (span.calendar, span.written) == (Calendar.GREGORIAN, written)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("1398", date(2019, 3, 21), date(2020, 3, 19)),
        ("1399", date(2020, 3, 20), date(2021, 3, 20)),  # a leap year
        ("1398-01", date(2019, 3, 21), date(2019, 4, 20)),
        ("1398-12", date(2020, 2, 20), date(2020, 3, 19)),
        ("1398-07-15", date(2019, 10, 7), date(2019, 10, 7)),
        ("1399-12-30", date(2021, 3, 20), date(2021, 3, 20)),
    ],
)
def test_a_jalali_date_stands_for_its_days(written: str, first: date, last: date) -> None:
    span = read_date(written, FA)

    assert (span.first, span.last, span.calendar, span.written) == (first, last, Calendar.JALALI, written)


def test_persian_digits_are_read_and_kept_as_ascii() -> None:
    assert read_date("۱۳۹۸-۰۷", FA).written == "1398-07"
    assert read_date("۲۰۱۹", FA).first == date(2019, 1, 1)


@pytest.mark.parametrize("year", ["1300", "1440", "1499"])
def test_a_doubtful_year_is_refused_with_a_question_unless_something_tells(year: str) -> None:
    assert code_of(year, EN) == "which-calendar"
    assert code_of(year, Setting()) == "which-calendar"
    assert read_date(year, JALALI).calendar is Calendar.JALALI
    assert read_date(year, FA).calendar is Calendar.JALALI
    assert read_date(year, GREGORIAN).calendar is Calendar.GREGORIAN


@pytest.mark.parametrize("year", ["1299", "1500", "2019"])
def test_other_years_are_gregorian_in_every_language(year: str) -> None:
    assert read_date(year, FA).calendar is Calendar.GREGORIAN
    assert read_date(year, JALALI).calendar is Calendar.GREGORIAN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "19",
        "2019-5",
        "2019/05",
        "2019-05-07T00:00",
        "2019-",
        "May 2019",
        "²⁰¹⁹",
        "-2019",
        "20190507",
        "since 2019",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert code_of(text, EN) == "not-a-date"


@pytest.mark.parametrize("text", ["2019-13", "2019-00", "2019-02-29", "2019-01-00", "2019-04-31"])
def test_a_day_that_is_in_no_calendar_is_refused(text: str) -> None:
    assert code_of(text, EN) == "no-such-day"


@pytest.mark.parametrize("text", ["1398-13", "1398-00", "1398-12-30", "1398-07-31", "1398-01-00"])
def test_a_day_that_is_not_in_the_jalali_calendar_is_refused(text: str) -> None:
    assert code_of(text, FA) == "no-such-day"


@pytest.mark.parametrize("text", ["0999", "2201", "9999-99-99", "0000"])
def test_years_out_of_all_reason_are_refused(text: str) -> None:
    assert code_of(text, EN) == "out-of-range"


def test_a_year_of_a_source_follows_the_same_rule() -> None:
    assert read_year("۱۳۹۸", FA) == 1398
    assert read_year("2019", EN) == 2019
    with pytest.raises(PydanticCustomError, match="which-calendar"):
        read_year("1398", EN)
    with pytest.raises(PydanticCustomError, match="not-a-year"):
        read_year("98", FA)
