"""The gate for tags and proposals made on the web."""

import pytest

from knowledgebase.domain.case import TranslatorKind
from knowledgebase.domain.errors import Invalid
from knowledgebase.domain.record import Tag
from knowledgebase.intake.tag import accept_line, accept_tag, accept_translation


def codes(error: Invalid) -> dict[str, str]:
    return {fault.key: fault.code for fault in error.faults}


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("  Air   quality ", Tag("air quality", "Air quality")),
        ("هوای\u200cپاک", Tag("هوای پاک", "هوای\u200cپاک")),
        ("PM2.5", Tag("pm2.5", "PM2.5")),
        ("۱۲ اصل", Tag("12 اصل", "۱۲ اصل")),
        ("Tokyo 東京都 みどり", Tag("tokyo 東京都 みどり", "Tokyo 東京都 みどり")),
        ("x" * 40, Tag("x" * 40, "x" * 40)),
    ],
)
def test_a_tag_is_tidied_and_folded(typed: str, tag: Tag) -> None:
    assert accept_tag(typed) == tag


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        (" \u200c ", "required"),
        ("x" * 41, "too-long"),
        ("air\u202equality", "invisible-character"),
        ("air\u2066", "invisible-character"),
        ("air\u200bquality", "invisible-character"),
        ("\ufeffair", "invisible-character"),
        ("air\x07", "control-character"),
        ("\ud800", "control-character"),
        ("p\u0430ris", "mixed-scripts"),  # with a Cyrillic letter
        ("تهرانcity", "mixed-scripts"),
        ("!!!", "no-letter"),
        ("\U0001f30d", "no-letter"),
    ],
)
def test_what_is_no_tag_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        accept_tag(typed)

    assert codes(refused.value) == {"tag": code}


def test_a_translation_is_read() -> None:
    draft = accept_translation({"language": "fr", "title": " L'air  pur ", "summary": "Une zone."})

    assert draft.language == "fr"
    assert draft.translation
    assert (draft.translation.title, draft.translation.by) == ("L'air pur", TranslatorKind.VOLUNTEER)


def test_a_machines_translation_says_so() -> None:
    raw = {"language": "fr", "title": "L'air", "summary": "Une zone.", "is_machine": "yes"}

    draft = accept_translation(raw)

    assert draft.translation
    assert draft.translation.by is TranslatorKind.MACHINE


def test_every_fault_of_a_translation_is_named_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        accept_translation({"language": "klingon", "title": "x" * 121, "summary": ""})

    assert codes(refused.value) == {
        "language": "not-a-language",
        "title": "too-long",
        "summary": "required",
    }


def test_fields_that_a_form_does_not_have_are_left_out() -> None:
    draft = accept_translation({"language": "fr", "title": "T", "summary": "S", "state": "accepted"})

    assert draft.translation


def test_a_line_may_be_left_out() -> None:
    assert accept_line("  ") is None
    assert accept_line(" Thank you. ") == "Thank you."


def test_a_line_that_is_too_long_is_refused() -> None:
    with pytest.raises(Invalid):
        accept_line("x" * 301)
