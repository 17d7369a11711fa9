"""The gate for comments: what somebody writes in a comment form, and the reasons of reports and hidings."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar

from pydantic import ValidationError

from knowledgebase.domain.comment import BODY_MAX, REASON_MAX, CommentKind, Posting, Voice, Words, Written
from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.intake import characters
from knowledgebase.intake.body import tidy_body
from knowledgebase.intake.choices import LanguageTag, OneOf
from knowledgebase.intake.fields import Flag, Line, Pattern
from knowledgebase.intake.gate import NO_LINES
from knowledgebase.intake.person import FormKeys
from knowledgebase.intake.refusal import faults_of

LEAST_SECONDS = 3  # between a form and what comes back: no person writes faster
_SECONDS = re.compile(r"[0-9]{1,12}")


class _WordsKeys(FormKeys):
    language: LanguageTag
    second_language: LanguageTag | None = None


class _PostingKeys(_WordsKeys):
    token: Annotated[str, Pattern(r"[A-Za-z0-9_-]{16,64}", "not-a-token", 64)]
    kind: Annotated[CommentKind, OneOf("comment_kind", CommentKind)] = CommentKind.COMMENT
    city: Annotated[str, Pattern(r"[a-z0-9-]{2,40}", "not-a-city-id", 40)] | None = None
    as_city: Flag = False


_Keys = TypeVar("_Keys", bound=_WordsKeys)


class _ReasonKeys(FormKeys):
    reason: Annotated[str, Line(REASON_MAX, may_hide=True)]


def accept_comment(raw: Mapping[str, Any]) -> Posting:
    """Turn the fields body, language and token of a form into a comment.

    Where they are wanted: second_body and second_language; kind; city and as_city (yes or left out).
    Raises Invalid with every fault at once.
    """
    keys, faults = _read(_PostingKeys, raw)
    if keys.as_city and keys.city is None:
        faults.append(Fault("required", "city"))
    if faults:
        raise Invalid(faults)
    return Posting(_words(raw, keys), keys.token, Voice(keys.city, keys.as_city), CommentKind(keys.kind))


def accept_words(raw: Mapping[str, Any]) -> Words:
    """Turn the fields body, language, second_body and second_language into what a comment says now.

    Raises Invalid with every fault at once.
    """
    keys, faults = _read(_WordsKeys, raw)
    if faults:
        raise Invalid(faults)
    return _words(raw, keys)


def _read(model: type[_Keys], raw: Mapping[str, Any]) -> tuple[_Keys, list[Fault]]:
    """Return the fields of a form with what is wrong with its texts. Raises Invalid for other fields too."""
    faults = list(_faults_of_texts(raw))
    try:
        return model.model_validate(dict(raw)), faults
    except ValidationError as error:
        raise Invalid([*faults, *faults_of(error, NO_LINES)]) from error


def accept_reason(raw: Mapping[str, Any]) -> str:
    """Return the field reason. Raises Invalid when it is empty or too long."""
    try:
        return _ReasonKeys.model_validate(dict(raw)).reason
    except ValidationError as error:
        raise Invalid(faults_of(error, NO_LINES)) from error


def refuse_machines(raw: Mapping[str, Any], *, now: datetime) -> None:
    """Return nothing for a form that a person filled in.

    `website` is a field that nobody sees; `began` says when the form was made, in seconds since 1970.
    Raises Invalid where the one is filled in or the other is no moment at least three seconds ago.
    """
    if _text(raw, "website"):
        raise Invalid([Fault("filled-by-machine")])
    began = _text(raw, "began")
    if not _SECONDS.fullmatch(began):
        raise Invalid([Fault("too-fast", values={"seconds": LEAST_SECONDS})])
    since = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(began) % 10**11)
    if now - since < timedelta(seconds=LEAST_SECONDS):
        raise Invalid([Fault("too-fast", values={"seconds": LEAST_SECONDS})])


def _words(raw: Mapping[str, Any], keys: _WordsKeys) -> Words:
    own = Written(keys.language, _tidy(raw, "body"))
    second = _tidy(raw, "second_body")
    if not second or keys.second_language is None:
        return Words(own)
    return Words(own, Written(keys.second_language, second))


def _faults_of_texts(raw: Mapping[str, Any]) -> Iterator[Fault]:
    if characters.is_blank(_tidy(raw, "body")):
        yield Fault("required", "body")
    for key in ("body", "second_body"):
        yield from _faults_of(_tidy(raw, key), key)
    if _tidy(raw, "second_body"):
        language = _text(raw, "second_language")
        if not language:
            yield Fault("required", "second_language")
        elif language == _text(raw, "language"):
            yield Fault("same-language", "second_language")


def _faults_of(body: str, key: str) -> Iterator[Fault]:
    size = len(body.encode("utf-8", "surrogatepass"))
    if size > BODY_MAX:
        yield Fault("too-large", key, values={"most": BODY_MAX, "length": size})
    bad = characters.first_unfit(body)
    if bad is not None:
        yield Fault("control-character", key, values={"character": bad})


def _tidy(raw: Mapping[str, Any], key: str) -> str:
    """Return a text as it is stored; one that would not be seen is empty."""
    body, _ = tidy_body(_text(raw, key, is_line=False).replace("\r\n", "\n").replace("\r", "\n"))
    return "" if characters.is_blank(body) else body


def _text(raw: Mapping[str, Any], key: str, *, is_line: bool = True) -> str:
    value = raw.get(key)
    text = value if isinstance(value, str) else ""
    return text.strip() if is_line else text
