"""A day as people type it to look something up: in either calendar, told apart by the year."""

import re
from datetime import date

from persiantools.jdatetime import JalaliDate

from knowledgebase.intake.characters import ascii_digits

_WRITTEN = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
_JALALI = range(1300, 1500)  # years that nothing here knows in the other calendar


def day_of(typed: str) -> date | None:
    """Return the day of a date written in digits, None for anything else."""
    found = _WRITTEN.fullmatch(ascii_digits(typed.strip()))
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        if year in _JALALI:
            return date.fromordinal(JalaliDate(year, month, day).to_gregorian().toordinal())
        return date(year, month, day)
    except ValueError:
        return None
