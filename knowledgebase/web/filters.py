"""What templates may call to format a value; each speaks the language of the variable `language`."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context

from knowledgebase.domain.language import direction
from knowledgebase.domain.money import Money, PerResident, Quantity
from knowledgebase.domain.period import PartialDate
from knowledgebase.web import fmt, names

_FORMATS: dict[str, Callable[[Any, str], str]] = {
    "number": fmt.number,
    "percent": fmt.percent,
    "quantity": fmt.quantity,
    "year": fmt.year,
    "when": fmt.when,
    "money": fmt.money,
    "per_resident": fmt.per_resident,
    "digits": fmt.in_digits,
    "country": names.country,
    "language_name": names.language_name,
}

Shown = int | str | date | datetime | Quantity | PartialDate | Money | PerResident


def _filter(format_value: Callable[[Any, str], str]) -> Callable[[Context, Shown], str]:
    @pass_context
    def worded(context: Context, value: Shown) -> str:
        return format_value(value, context["language"])

    return worded


@pass_context
def _day(context: Context, value: date) -> str:
    """Return a date, or the date of a moment, in the reader's calendar."""
    language = context["language"]
    return fmt.moment(value, language) if isinstance(value, datetime) else fmt.day(value, language)


def machine(value: date | PartialDate) -> str:
    """Return a date for the attribute `datetime`."""
    if isinstance(value, PartialDate):
        return fmt.machine_date(value)
    return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()


def install(app: Flask) -> None:
    """Give an application's templates the filters of this module."""
    for name, format_value in _FORMATS.items():
        app.jinja_env.filters[name] = _filter(format_value)
    app.jinja_env.filters["day"] = _day
    app.jinja_env.filters["machine"] = machine
    app.jinja_env.filters["direction"] = direction
