"""Numbers, dates and money in the words of each language."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from knowledgebase.domain.money import Money, Quantity, per_resident
from knowledgebase.domain.period import Calendar, PartialDate, Precision
from knowledgebase.web import fmt

LRM = "\u200e"
GREGORIAN_YEAR = PartialDate(date(2019, 1, 1), date(2019, 12, 31), Precision.YEAR, Calendar.GREGORIAN, "2019")
JALALI_YEAR = PartialDate(date(2019, 3, 21), date(2020, 3, 19), Precision.YEAR, Calendar.JALALI, "1398")
GREGORIAN_MONTH = PartialDate(
    date(2019, 5, 1), date(2019, 5, 31), Precision.MONTH, Calendar.GREGORIAN, "2019-05"
)
JALALI_MONTH = PartialDate(date(2019, 12, 22), date(2020, 1, 20), Precision.MONTH, Calendar.JALALI, "1398-10")
DAY = PartialDate(date(2019, 5, 8), date(2019, 5, 8), Precision.DAY, Calendar.GREGORIAN, "2019-05-08")


def money(low: str, high: str, currency: str, written: str) -> Money:
    return Money(Quantity(Decimal(low), Decimal(high)), currency, written)


def test_persian_numbers_have_persian_digits_and_separators() -> None:
    shown = fmt.number(Decimal("1234567.25"), "fa")

    assert shown == "۱٬۲۳۴٬۵۶۷٫۲۵"


def test_all_digits_after_the_decimal_mark_are_kept() -> None:
    assert fmt.number(Decimal("0.00042"), "en") == "0.00042"


def test_a_negative_number_keeps_its_sign_before_it_in_persian() -> None:
    assert fmt.number(Decimal("-24.50"), "fa") == f"{LRM}−۲۴٫۵"
    assert fmt.number(Decimal("-24.50"), "en") == "−24.5"


def test_a_plus_is_put_before_growth_only() -> None:
    assert fmt.plus(fmt.number(5, "fa"), "fa") == f"{LRM}+۵"
    assert fmt.plus(fmt.number(-5, "en"), "en") == "−5"
    assert fmt.plus(fmt.percent(0, "fa"), "fa") == "۰٪"


def test_percent_has_the_sign_of_the_language() -> None:
    assert fmt.percent(24, "fa") == "۲۴٪"
    assert fmt.percent(24, "en") == "24%"


@pytest.mark.parametrize(
    ("low", "high", "persian", "english"),
    [(10, 20, "۱۰ تا ۲۰", "10–20"), (7, 7, "۷", "7"), (-3, 2, f"{LRM}−۳ تا ۲", "−3 to 2")],
)
def test_ranges_are_told_as_in_the_language(low: int, high: int, persian: str, english: str) -> None:
    value = Quantity(Decimal(low), Decimal(high))

    assert fmt.quantity(value, "fa") == persian
    assert fmt.quantity(value, "en") == english


def test_a_day_is_jalali_in_persian_only() -> None:
    assert fmt.day(date(2026, 11, 24), "fa") == "۳ آذر ۱۴۰۵"
    assert fmt.day(date(2026, 11, 24), "en") == "24 November 2026"


def test_a_moment_is_told_as_its_day() -> None:
    assert fmt.moment(datetime(2026, 11, 24, 23, 59, tzinfo=UTC), "en") == "24 November 2026"


def test_a_gregorian_year_is_told_with_the_jalali_years_it_touches() -> None:
    assert fmt.year(2019, "fa") == "۲۰۱۹ (۱۳۹۷–۹۸)"
    assert fmt.year(2021, "fa") == "۲۰۲۱ (۱۳۹۹–۱۴۰۰)"
    assert fmt.year(2019, "en") == "2019"


@pytest.mark.parametrize(
    ("value", "persian", "english"),
    [
        (GREGORIAN_YEAR, "۲۰۱۹ (۱۳۹۷–۹۸)", "2019"),
        (JALALI_YEAR, "۱۳۹۸ (۲۰۱۹–۲۰)", "2019–20"),
        (GREGORIAN_MONTH, "مه ۲۰۱۹ (اردیبهشت تا خرداد ۱۳۹۸)", "May 2019"),
        (JALALI_MONTH, "دی ۱۳۹۸ (دسامبر ۲۰۱۹ تا ژانویه ۲۰۲۰)", "December 2019–January 2020"),
        (DAY, "۱۸ اردیبهشت ۱۳۹۸ (۸ مه ۲۰۱۹)", "8 May 2019"),
    ],
)
def test_a_date_is_as_precise_as_it_was_written(value: PartialDate, persian: str, english: str) -> None:
    assert fmt.when(value, "fa") == persian
    assert fmt.when(value, "en") == english


def test_a_machine_reads_the_first_day_as_precisely_as_written() -> None:
    assert [fmt.machine_date(value) for value in (JALALI_YEAR, GREGORIAN_MONTH, DAY)] == [
        "2019",
        "2019-05",
        "2019-05-08",
    ]


def test_large_round_amounts_are_told_in_words() -> None:
    value = money("1200000", "1200000", "EUR", "EUR")

    assert fmt.money(value, "en") == "1.2 million euros"
    assert fmt.money(value, "fa") == "۱٫۲ میلیون یورو"


def test_an_amount_that_words_would_round_keeps_all_digits() -> None:
    assert fmt.money(money("1234567", "1234567", "USD", "USD"), "en") == "1,234,567 US dollars"


def test_toman_is_told_as_it_was_written() -> None:
    value = money("12500000000", "12500000000", "IRR", "toman")

    assert fmt.money(value, "fa") == "۱٫۲۵ میلیارد تومان"


def test_the_cost_of_one_resident_is_rounded() -> None:
    value = per_resident(money("900", "900", "GBP", "GBP"), 7)

    assert value is not None
    assert fmt.per_resident(value, "en") == "130 British pounds"


def test_words_are_parted_by_the_comma_of_the_language() -> None:
    assert fmt.listed(["آب", "هوا"], "fa") == "آب، هوا"
    assert fmt.listed(["air", "water"], "en") == "air, water"
