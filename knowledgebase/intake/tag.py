"""The gate for tags made on the web, for rules about them, and for proposals."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, TypeVar

from pydantic import ValidationError

from knowledgebase.domain.case import TAG_MAX, Translation, TranslatorKind
from knowledgebase.domain.errors import Invalid
from knowledgebase.domain.proposal import LINE_MAX, Draft
from knowledgebase.domain.record import Tag
from knowledgebase.intake.case_keys import CaseSummary, CaseTitle
from knowledgebase.intake.choices import LanguageTag
from knowledgebase.intake.fields import Flag, Line, Scalar
from knowledgebase.intake.gate import NO_LINES
from knowledgebase.intake.person import FormKeys
from knowledgebase.intake.refusal import faults_of, refusal, shown
from knowledgebase.intake.scripts import scripts_of
from knowledgebase.text.normalize import skeleton


@dataclass(frozen=True, slots=True)
class FreeWord(Scalar):
    """A tag: at most 40 characters on one line, with a letter or digit in it, one script a word."""

    def read(self, value: str) -> str:
        """Return the tag as it is shown. Raises a refusal when it is none."""
        tag = Line(TAG_MAX).read(value)
        scripts_of(tag)
        if not any(sign.isalnum() for sign in skeleton(tag)):
            raise refusal("no-letter", value=shown(tag))
        return tag


_Tag = Annotated[str, FreeWord()]
_Reason = Annotated[str, Line(LINE_MAX, may_hide=True)]


class TagKeys(FormKeys):
    """A tag alone."""

    tag: _Tag


class ReasonKeys(FormKeys):
    """A line that says why; it may be left out."""

    line: _Reason | None = None


class TranslationForm(FormKeys):
    """Title and summary in another language."""

    language: LanguageTag
    title: CaseTitle
    summary: CaseSummary
    is_machine: Flag = False


def accept_tag(typed: str, *, key: str = "tag") -> Tag:
    """Return a tag with its folded form, the same for all spellings; `key` is the field it was typed in.

    Raises Invalid.
    """
    try:
        tag = _read(TagKeys, {"tag": typed}).tag
    except Invalid as error:
        raise Invalid([replace(fault, key=key) for fault in error.faults]) from error
    return Tag(skeleton(tag), tag)


def accept_line(typed: str) -> str | None:
    """Return the line with which something is decided, None when it is blank. Raises Invalid."""
    return _read(ReasonKeys, {"line": typed}).line


def accept_translation(raw: Mapping[str, Any]) -> Draft:
    """Turn the fields language, title, summary, is_machine (yes or left out) into a proposed translation.

    Whether its author belongs to the case's city is not known here. Raises Invalid with every fault at once.
    """
    keys = _read(TranslationForm, raw)
    by = TranslatorKind.MACHINE if keys.is_machine else TranslatorKind.VOLUNTEER
    return Draft(language=keys.language, translation=Translation(keys.title, keys.summary, by))


_Form = TypeVar("_Form", bound=FormKeys)


def _read(model: type[_Form], raw: Mapping[str, Any]) -> _Form:
    try:
        return model.model_validate(dict(raw))
    except ValidationError as error:
        raise Invalid(faults_of(error, NO_LINES)) from error
