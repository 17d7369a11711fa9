"""What follows from a case without being written in it: duration, cost of one resident, whose sources."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City, Context
from knowledgebase.domain.money import Money, PerResident, Quantity, per_resident
from knowledgebase.domain.period import PartialDate, Precision

TOMAN = "toman"
RIALS_IN_TOMAN = 10
_YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class Months:
    """How long it took to implement a case."""

    number: int
    is_rough: bool = False  # counted from years alone
    is_written: bool = True  # by the author


@dataclass(frozen=True, slots=True)
class Residents:
    """By how many people a cost is divided."""

    number: int
    year: int | None = None


def months_of(case: Case) -> Months | None:
    """Return the months that the author gave, else those between start and end, None where neither stands."""
    if case.months_to_implement is not None:
        return Months(case.months_to_implement)
    if case.started is None or case.ended is None:
        return None
    is_rough = Precision.YEAR in (case.started.precision, case.ended.precision)
    start, end = (_middle(span) if is_rough else span.first for span in (case.started, case.ended))
    number = (end.year - start.year) * _YEAR + end.month - start.month
    return Months(number, is_rough, is_written=False) if number > 0 else None


def _middle(span: PartialDate) -> date:
    return span.first + (span.last - span.first) / 2


def residents_of(case: Case, city: City) -> Residents | None:
    """Return the residents that the case itself names, else those of its city."""
    context = case.context or Context()
    if context.population:
        return Residents(context.population, context.population_year)
    population = city.population
    return Residents(population.count, population.year) if population and population.count else None


def resident_cost(money: Money, residents: Residents | None) -> PerResident | None:
    """Return the cost of one resident in the currency as written, None where nobody was counted."""
    cost = per_resident(money, residents.number if residents else None)
    if cost is None or money.written_currency.casefold() != TOMAN:
        return cost
    amount = Quantity(cost.amount.low / RIALS_IN_TOMAN, cost.amount.high / RIALS_IN_TOMAN)
    return PerResident(amount, TOMAN, cost.year)


def density_of(city: City) -> Decimal | None:
    """Return the residents of one square kilometre, rounded to whole people."""
    if city.population is None or not city.area_km2:
        return None
    return (Decimal(city.population.count) / city.area_km2).quantize(Decimal(1))


def rests_on_own_sources(case: Case, city: City) -> bool:
    """Return whether every source of the results is surely published by the city's own administration.

    A source without a publisher, or with one that does not surely name the city or its administration,
    may be anybody's: then it is not said.
    """
    numbers = {number for result in case.results for number in result.sources}
    publishers = [_publisher(case, number) for number in sorted(numbers)]
    return bool(publishers) and all(name is not None and city.is_named_by(name) for name in publishers)


def _publisher(case: Case, number: int) -> str | None:
    return case.sources[number - 1].publisher if 0 < number <= len(case.sources) else None
