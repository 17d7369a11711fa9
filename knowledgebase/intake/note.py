"""The gate for the one line in which somebody says why a text was changed or taken over."""

from collections.abc import Mapping

from pydantic import ConfigDict, ValidationError

from knowledgebase.domain.errors import Invalid
from knowledgebase.intake.fields import LongName
from knowledgebase.intake.gate import NO_LINES
from knowledgebase.intake.keys import Keys
from knowledgebase.intake.refusal import faults_of


class NoteKeys(Keys):
    """A line that may be left out."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    note: LongName | None = None


def accept_note(typed: Mapping[str, str]) -> str | None:
    """Return the field note, None when it is blank. Raises Invalid when it is no line of 300 characters."""
    try:
        return NoteKeys.model_validate(dict(typed)).note
    except ValidationError as error:
        raise Invalid(faults_of(error, NO_LINES)) from error
