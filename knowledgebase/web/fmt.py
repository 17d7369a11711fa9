"""The one place where numbers, dates and money become words of a reader's language.

Persian gets Persian digits, its own separators and the Jalali calendar; every other language gets
what CLDR says. All functions return plain text; a negative number in Persian opens with a
left-to-right mark, so that its sign stays before it in a line written from right to left.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal, get_currency_name
from persiantools.digits import en_to_fa
from persiantools.jdatetime import JalaliDate

from knowledgebase.domain.money import Money, PerResident, Quantity
from knowledgebase.domain.period import Calendar, PartialDate, Precision

LOCALES = {"en": "en_GB"}  # day before month; other languages go by their own tag
MINUS = "\u2212"
LEFT_TO_RIGHT = "\u200e"
ISOLATE, END_ISOLATE = "\u2068", "\u2069"  # round a text whose direction is its own
COMPACT_FROM = Decimal(1_000_000)  # from here on "1.2 million", when that loses nothing
_COMPACT_DIGITS = 3  # digits after the separator of a compact number

Number = int | Decimal


def locale_of(language: str) -> str:
    """Return the CLDR locale that words numbers and dates of an interface language."""
    return LOCALES.get(language, language)


def in_digits(text: str | int, language: str) -> str:
    """Return the text with the digits of the language; everything else is left as it is."""
    return en_to_fa(str(text)) if language == "fa" else str(text)


def _signed(text: str, language: str) -> str:
    bare = text.replace(LEFT_TO_RIGHT, "").replace("-", MINUS)
    is_signed = bare.startswith((MINUS, "+"))
    return LEFT_TO_RIGHT + bare if is_signed and language == "fa" else bare


@lru_cache(maxsize=8192)
def number(value: Number, language: str) -> str:
    """Return a number with separators, all digits after the decimal mark kept."""
    text = format_decimal(
        value, locale=locale_of(language), decimal_quantization=False, numbering_system="default"
    )
    return _signed(in_digits(text, language), language)


def percent_sign(language: str) -> str:
    """Return the sign that follows a share in percent."""
    return "٪" if language == "fa" else "%"


def percent(value: Number, language: str) -> str:
    """Return a share given in percent (24 is 24 %) with the sign of the language."""
    return number(value, language) + percent_sign(language)


def plus(text: str, language: str) -> str:
    """Return a formatted number with a plus before it, unless it is negative or nothing at all."""
    is_nothing = not any(unicodedata.digit(character, 0) for character in text)
    return text if is_nothing or MINUS in text else _signed(f"+{text}", language)


def between(low: str, high: str, language: str) -> str:
    """Return a range of two formatted values, or the one value when both are the same."""
    if low == high:
        return low
    if language == "fa":
        return f"{low} تا {high}"
    return f"{low}–{high}" if MINUS not in low + high else f"{low} to {high}"


def quantity(value: Quantity, language: str) -> str:
    """Return a number or a range of numbers."""
    return between(number(value.low, language), number(value.high, language), language)


def isolated(text: str) -> str:
    """Return a text that keeps its own direction inside a sentence of another one."""
    return f"{ISOLATE}{text}{END_ISOLATE}"


def listed(parts: Iterable[str], language: str) -> str:
    """Return several words one after another, parted by the comma of the language."""
    return ("، " if language == "fa" else ", ").join(parts)


# Dates


@lru_cache(maxsize=1024)
def day(value: date, language: str) -> str:
    """Return a whole date: Jalali in Persian, otherwise day, month and year of the Gregorian calendar."""
    if language == "fa":
        jalali = JalaliDate(value)
        return en_to_fa(f"{jalali.day} {_jalali_month(jalali)} {jalali.year}")
    return format_date(value, "d MMMM y", locale=locale_of(language))


def moment(value: datetime, language: str) -> str:
    """Return the day of a moment (aware UTC) as `day` does."""
    return day(value.date(), language)


def _jalali_month(jalali: JalaliDate) -> str:
    return str(jalali.strftime("%B", locale="fa"))


def _gregorian(value: date, pattern: str, language: str) -> str:
    text = str(format_date(value, pattern, locale=locale_of(language)))
    return in_digits(text, language).replace("\u0654", "")  # month names as Persian papers spell them


def _short_range(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first}–{last % 100:02d}" if first // 100 == last // 100 else f"{first}–{last}"


@lru_cache(maxsize=1024)
def year(value: int, language: str) -> str:
    """Return a Gregorian year; in Persian with the Jalali years that it touches."""
    if language != "fa":
        return str(value)
    first, last = JalaliDate(date(value, 1, 1)).year, JalaliDate(date(value, 12, 31)).year
    return en_to_fa(f"{value} ({_short_range(first, last)})")


def _jalali_span(first: date, last: date, precision: Precision) -> str:
    start, end = JalaliDate(first), JalaliDate(last)
    if precision is Precision.YEAR:
        return en_to_fa(_short_range(start.year, end.year))
    opening, closing = _jalali_month(start), _jalali_month(end)
    if start.year != end.year:
        return en_to_fa(f"{opening} {start.year} تا {closing} {end.year}")
    months = opening if opening == closing else f"{opening} تا {closing}"
    return en_to_fa(f"{months} {start.year}")


def _gregorian_span(first: date, last: date, precision: Precision, language: str) -> str:
    if precision is Precision.YEAR:
        return in_digits(_short_range(first.year, last.year), language)
    opening, closing = (_gregorian(end, "MMMM", language) for end in (first, last))
    if first.year != last.year:
        opening, closing = (_gregorian(end, "MMMM y", language) for end in (first, last))
        return between(opening, closing, language)
    months = between(opening, closing, language)
    return f"{months} {in_digits(str(first.year), language)}"


@lru_cache(maxsize=2048)
def when(value: PartialDate, language: str) -> str:
    """Return a date as precise as it was written.

    In Persian both calendars stand, the written one first; elsewhere a Jalali year or month is
    told as the Gregorian span that it covers.
    """
    if value.precision is Precision.DAY and language != "fa":
        return day(value.first, language)
    if language != "fa":
        return _gregorian_span(value.first, value.last, value.precision, language)
    if value.precision is Precision.DAY:
        return f"{day(value.first, 'fa')} ({_gregorian(value.first, 'd MMMM y', 'fa')})"
    jalali = _jalali_span(value.first, value.last, value.precision)
    gregorian = _gregorian_span(value.first, value.last, value.precision, "fa")
    is_jalali = value.calendar is Calendar.JALALI
    return f"{jalali} ({gregorian})" if is_jalali else f"{gregorian} ({jalali})"


def year_of(value: PartialDate, language: str) -> str:
    """Return the year of a date; in Persian in both calendars, the written one first."""
    return when(replace(value, precision=Precision.YEAR), language)


def machine_date(value: PartialDate) -> str:
    """Return the first day of a date for the attribute `datetime`, as precise as it was written."""
    length = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[value.precision]
    return value.first.isoformat()[:length]


# Money


def _large(value: Decimal, language: str) -> str:
    """Return "1.2 million" when nothing is lost by it, otherwise all digits."""
    if abs(value) < COMPACT_FROM:
        return number(value, language)
    exponent = (abs(value).adjusted() // 3) * 3
    scaled = value.scaleb(-exponent)
    if scaled != round(scaled, _COMPACT_DIGITS):
        return number(value, language)
    compact = format_compact_decimal(
        value,
        format_type="long",
        locale=locale_of(language),
        fraction_digits=_COMPACT_DIGITS,
        numbering_system="default",
    )
    return _signed(in_digits(compact, language), language)


def _currency(code: str, language: str) -> str:
    if code.casefold() == "toman":
        return "تومان" if language == "fa" else "tomans"
    return get_currency_name(code, count=2, locale=locale_of(language))


def _amount(value: Quantity, currency: str, language: str) -> str:
    ends = (_large(value.low, language), _large(value.high, language))
    return f"{between(*ends, language)} {_currency(currency, language)}"


@lru_cache(maxsize=1024)
def money(value: Money, language: str) -> str:
    """Return an amount in the currency it was written in; year and kind are not told."""
    if value.written_currency.casefold() != "toman":
        return _amount(value.amount, value.currency, language)
    toman = Quantity(value.amount.low / 10, value.amount.high / 10)
    return _amount(toman, "toman", language)


def per_resident(value: PerResident, language: str) -> str:
    """Return the cost of one resident, rounded to two significant digits."""
    ends = Quantity(*(Decimal(f"{end:.2g}") for end in (value.amount.low, value.amount.high)))
    plain = Quantity(Decimal(f"{ends.low:f}"), Decimal(f"{ends.high:f}"))
    return _amount(plain, value.currency, language)
