"""What cases and cities share in the JSON interface: numbers, dates, amounts, sources."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, FiniteFloat

from knowledgebase.domain.money import Quantity
from knowledgebase.web.api.models import Answer


def as_number(value: Any) -> Any:
    """Return a decimal number as JSON has it: whole ones without a fraction."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def as_quantity(value: Any) -> Any:
    """Return a range with equal ends as one number."""
    if isinstance(value, Quantity) and value.low == value.high:
        return as_number(value.low)
    return value


Number = Annotated[int | FiniteFloat, BeforeValidator(as_number)]
SourceNumbers = Annotated[list[int], Field(description="Places in the list of sources, from 1.")]


class Range(Answer):
    """A range of numbers."""

    low: Number
    high: Number


Amount = Annotated[int | FiniteFloat | Range, BeforeValidator(as_quantity)]


class PartialDate(Answer):
    """A year, a month or a day as it was written, and the days that it covers."""

    written: str = Field(description="With the digits 0 to 9; a year of the calendar below.")
    first: date
    last: date
    precision: Literal["year", "month", "day"]
    calendar: Literal["gregorian", "jalali"]


class Source(Answer):
    """A source; texts and values cite it by its number."""

    number: int
    title: str
    publisher: str | None
    year: int | None = Field(description="As written, in the calendar of the text.")
    url: str | None
    checked: str | None = Field(description="Day of the last look at the address.")


class Contact(Answer):
    """Whom to ask: an office."""

    office: str | None
    url: str | None
