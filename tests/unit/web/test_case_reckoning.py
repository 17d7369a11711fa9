"""What is computed about a case is said only where it follows from what was written."""

from datetime import date
from decimal import Decimal

from knowledgebase.domain.city import Context, Population
from knowledgebase.domain.money import Money, PerResident, Quantity
from knowledgebase.domain.source import Source
from knowledgebase.web.case_reckoning import (
    Months,
    Residents,
    density_of,
    months_of,
    resident_cost,
    residents_of,
    rests_on_own_sources,
)
from tests.make import a_case, a_city, a_date, a_jalali_year, a_quantity, an_outcome


def test_months_are_counted_between_start_and_end() -> None:
    case = a_case(started=a_date("2003-07"), ended=a_date("2005-10"))

    assert months_of(case) == Months(27, is_rough=False, is_written=False)


def test_months_between_years_are_rough() -> None:
    case = a_case(started=a_date("2003"), ended=a_date("2005"))

    assert months_of(case) == Months(24, is_rough=True, is_written=False)


def test_a_jalali_year_is_counted_by_its_days() -> None:
    case = a_case(
        started=a_jalali_year("1398", date(2019, 3, 21), date(2020, 3, 19)), ended=a_date("2020-09")
    )

    assert months_of(case) == Months(12, is_rough=True, is_written=False)


def test_the_months_that_the_author_gave_win() -> None:
    case = a_case(started=a_date("2003"), ended=a_date("2005"), months_to_implement=7)

    assert months_of(case) == Months(7)


def test_a_case_without_end_has_no_months() -> None:
    assert months_of(a_case(started=a_date("2003"))) is None
    assert months_of(a_case(started=a_date("2003"), ended=a_date("2003"))) is None


def test_the_residents_of_the_case_s_own_time_come_first() -> None:
    city = a_city(population=Population(9_000_000, 2020))

    assert residents_of(
        a_case(context=Context(population=8_000_000, population_year=2012)), city
    ) == Residents(8_000_000, 2012)
    assert residents_of(a_case(), city) == Residents(9_000_000, 2020)
    assert residents_of(a_case(), a_city()) is None


def test_the_cost_of_a_resident_is_told_in_the_money_as_written() -> None:
    toman = Money(a_quantity("120000"), "IRR", "toman", 2019)

    found = resident_cost(toman, Residents(1000))

    assert found == PerResident(Quantity(Decimal(12), Decimal(12)), "toman", 2019)
    assert resident_cost(toman, None) is None


def test_density_needs_people_and_area() -> None:
    assert density_of(a_city(population=Population(1000), area_km2=Decimal(3))) == Decimal(333)
    assert density_of(a_city(population=Population(1000))) is None


def rests(*publishers: str | None, cites: tuple[int, ...] = (1, 2)) -> bool:
    sources = tuple(Source(f"Source {number}", publisher) for number, publisher in enumerate(publishers))
    case = a_case(results=(an_outcome(sources=cites),), sources=sources)
    return rests_on_own_sources(case, a_city(administration={"en": "City of Tehran", "fa": "شهرداری تهران"}))


def test_own_sources_are_named_only_where_every_publisher_is_surely_the_city() -> None:
    assert rests("City of Tehran (report)", "شهرداری تهران")
    assert rests("Municipality of Tehran", "تهران")
    assert not rests("City of Tehran", "University of Tehran")
    assert not rests("City of Tehran", "The Guardian")
    assert not rests("City of Tehran", None)
    assert not rests("City of Tehran", cites=())


def test_a_source_that_no_result_cites_does_not_count() -> None:
    assert rests("City of Tehran", "The Guardian", cites=(1,))
