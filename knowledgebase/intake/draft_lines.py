"""The short lines beside a draft: why it is returned or withdrawn, by which letter it was approved."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from knowledgebase.domain.draft import Letter
from knowledgebase.domain.errors import Invalid
from knowledgebase.intake.dates import Date, Setting
from knowledgebase.intake.fields import LongName, Name
from knowledgebase.intake.keys import Keys
from knowledgebase.intake.refusal import faults_of

Model = TypeVar("Model", bound=BaseModel)


class LineKeys(Keys):
    """One line that must be there."""

    line: LongName


class LetterKeys(Keys):
    """A letter of an office."""

    letter_number: Name | None = None
    letter_date: Date | None = None


class NumberedKeys(Keys):
    """A letter whose date is known must have a number."""

    letter_number: Name
    letter_date: Date


def accept_line(typed: Mapping[str, str]) -> str:
    """Return the line under "line". Raises Invalid when it is empty or too long."""
    return _read(LineKeys, typed, Setting()).line


def accept_letter(typed: Mapping[str, str], *, language: str, today: date | None = None) -> Letter | None:
    """Return the letter that was typed, None where nothing was; years 1300 to 1499 are Jalali in Persian.

    Raises Invalid, also for a date without a number.
    """
    setting = Setting(language=language) if today is None else Setting(language=language, today=today)
    keys = _read(LetterKeys, typed, setting)
    if keys.letter_number is None:
        if keys.letter_date is not None:
            _read(NumberedKeys, typed, setting)
        return None
    return Letter(keys.letter_number, keys.letter_date.written if keys.letter_date else None)


def _read(model: type[Model], typed: Mapping[str, str], setting: Setting) -> Model:
    known = {name: typed.get(name, "") for name in model.model_fields}
    try:
        return model.model_validate(known, context=setting)
    except ValidationError as error:
        raise Invalid(faults_of(error, {})) from error
