"""Amounts: numbers with their range, money with its year, and how a case was paid for."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range of numbers; equal ends mean one number."""

    low: Decimal
    high: Decimal  # >= low


class MoneyKind(StrEnum):
    """How an amount is known."""

    BUDGET = "budget"
    ACTUAL = "actual"
    ESTIMATE = "estimate"


class FundingSource(StrEnum):
    """Who paid."""

    OWN = "own"
    STATE = "state"
    LOAN = "loan"
    GRANT = "grant"
    PRIVATE = "private"
    FEES = "fees"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in its own currency and year; toman is kept as rial times ten and shown as written."""

    amount: Quantity  # in `currency`
    currency: str  # ISO 4217; IRR when `written_currency` is "toman"
    written_currency: str  # as in the input, e.g. "toman" or "EUR"
    year: int | None = None
    kind: MoneyKind | None = None
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Funding:
    """One part of the money."""

    source: FundingSource
    share: Decimal | None = None  # percent of the whole, 0..100


@dataclass(frozen=True, slots=True)
class Cost:
    """What a case cost, as far as it is known."""

    capital: Money | None = None
    yearly: Money | None = None
    staff: Decimal | None = None  # full-time posts
    funding: tuple[Funding, ...] = ()


@dataclass(frozen=True, slots=True)
class PerResident:
    """Cost divided by residents, in the money's own currency and year."""

    amount: Quantity
    currency: str
    year: int | None


def per_resident(money: Money, residents: int | None) -> PerResident | None:
    """Return the cost of one resident, or None where no count of residents is known."""
    if not residents:
        return None
    low, high = money.amount.low / residents, money.amount.high / residents
    return PerResident(Quantity(low, high), money.currency, money.year)
