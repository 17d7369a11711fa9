"""Dates as people write them: a year, a month or a day, Gregorian or Jalali."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How much of a date was written."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class Calendar(StrEnum):
    """The calendar in which a date was written."""

    GREGORIAN = "gregorian"
    JALALI = "jalali"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A span of whole days that one written date stands for; 1398 is 2019-03-21 to 2020-03-19."""

    first: date
    last: date  # >= first, inclusive
    precision: Precision
    calendar: Calendar
    written: str  # as in the input, ASCII digits, e.g. "1398" or "2019-05"
