"""Dates as people write them: a year, a month or a day, Gregorian or Jalali, with the span they stand for."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

from persiantools.jdatetime import JalaliDate
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from knowledgebase.domain.period import Calendar, PartialDate, Precision
from knowledgebase.intake.characters import ascii_digits
from knowledgebase.intake.fields import YEAR_LEAST, YEAR_MOST, as_text
from knowledgebase.intake.refusal import refusal, shown

DOUBTFUL = range(1300, 1500)  # years that may be Jalali, or Hijri, or an old Gregorian year

_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DAY = timedelta(days=1)
_JSON_PATTERN = "^[0-9\u06f0-\u06f9\u0660-\u0669]{4}(?:-[0-9\u06f0-\u06f9\u0660-\u0669]{2}){0,2}$"


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Setting:
    """What the fields of a file must know about the file as a whole."""

    language: str | None = None
    calendar: Calendar | None = None  # as declared
    may_declare: bool = True  # whether this kind of file has a key for the calendar
    sources: int | None = None  # length of the list of sources; None: unknown, nothing is checked
    today: date = field(default_factory=_today)
    concepts: Collection[str] | None = None  # known ids; None: those of the vocabulary
    good: dict[str, Any] = field(
        default_factory=dict
    )  # top-level values that were accepted, filled by the model

    def is_jalali(self, year: int) -> bool:
        """Return whether a written year is Jalali.

        Raises a refusal for years 1300..1499 when neither language nor `calendar` tells (1440 may be Hijri).
        """
        if year not in DOUBTFUL:
            return False
        if self.calendar is not None:
            return self.calendar is Calendar.JALALI
        if self.language != "fa":
            if not self.may_declare:
                raise refusal("only-gregorian", year=year)
            raise refusal("which-calendar", year=year)
        return True


def setting_of(info: ValidationInfo[Any]) -> Setting:
    """Return the setting a validation was started with, or an empty one."""
    return info.context if isinstance(info.context, Setting) else Setting()


def read_date(text: str, setting: Setting) -> PartialDate:
    """Return the span of days that a written date stands for.

    Raises a refusal for anything but YYYY, YYYY-MM and YYYY-MM-DD, for days that no calendar holds
    and for years whose calendar cannot be told.
    """
    written = ascii_digits(text.strip())
    found = _WRITTEN.fullmatch(written)
    if not found:
        raise refusal("not-a-date", value=shown(text))
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None  # noqa: S101  # the pattern has it
    is_jalali = setting.is_jalali(year)
    if not is_jalali and not YEAR_LEAST <= year <= YEAR_MOST:
        raise refusal("out-of-range", least=YEAR_LEAST, most=YEAR_MOST)
    try:
        first, last = (_jalali_span if is_jalali else _gregorian_span)(year, month, day)
    except ValueError as error:
        raise refusal("no-such-day", value=written) from error
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    calendar = Calendar.JALALI if is_jalali else Calendar.GREGORIAN
    return PartialDate(first, last, precision, calendar, written)


def _gregorian_span(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    first = date(year, 1 if month is None else month, 1 if day is None else day)
    if day is not None:
        return first, first
    following = date(year + 1, 1, 1) if month in (None, 12) else date(year, first.month + 1, 1)
    return first, following - _DAY


def _jalali_span(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    first = JalaliDate(year, 1 if month is None else month, 1 if day is None else day)
    start: date = first.to_gregorian()
    if day is not None:
        return start, start
    following = JalaliDate(year + 1, 1, 1) if month in (None, 12) else JalaliDate(year, first.month + 1, 1)
    return start, following.to_gregorian() - _DAY


@dataclass(frozen=True, slots=True)
class When:
    """A date of a year, a month or a day; in the files of a Persian case also Jalali."""

    whole_day: bool = False  # True: only a day will do, and the future will not

    def read(self, value: object, info: ValidationInfo[Any]) -> PartialDate:
        """Return the span of days. Raises a refusal for anything that is no date."""
        setting = setting_of(info)
        span = read_date(as_text(value), setting)
        if self.whole_day and span.precision is not Precision.DAY:
            raise refusal("needs-a-day", value=span.written)
        if self.whole_day and span.first > setting.today + _DAY:  # the world is at most a day ahead of UTC
            raise refusal("in-the-future", value=span.written)
        return span

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema that calls `read`."""
        return core_schema.with_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema of a date; editors read a bare year as a number."""
        return {
            "type": ["string", "integer"],
            "pattern": _JSON_PATTERN,
            "examples": ["2019", "2019-05", "1398-07-15"],
        }


@dataclass(frozen=True, slots=True)
class YearIn:
    """A year as a whole number; a Jalali one stays as written where the file is Persian or says so."""

    def read(self, value: object, info: ValidationInfo[Any]) -> int:
        """Return the year as written. Raises a refusal for what is no year, or of an unknown calendar."""
        return read_year(as_text(value), setting_of(info))

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema that calls `read`."""
        return core_schema.with_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema of a year."""
        return {"type": ["integer", "string"], "minimum": YEAR_LEAST, "maximum": YEAR_MOST}


def read_year(text: str, setting: Setting) -> int:
    """Return a year as written. Raises a refusal for anything else."""
    written = ascii_digits(text.strip())
    if not re.fullmatch(r"[0-9]{4}", written):
        raise refusal("not-a-year", value=shown(text))
    year = int(written)
    if not setting.is_jalali(year) and not YEAR_LEAST <= year <= YEAR_MOST:
        raise refusal("out-of-range", least=YEAR_LEAST, most=YEAR_MOST)
    return year


Date = Annotated[PartialDate, When()]
PastDay = Annotated[PartialDate, When(whole_day=True)]
Year = Annotated[int, YearIn()]
