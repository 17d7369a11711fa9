"""The gate for comments: honest forms come through as typed, faulty ones are refused with every fault."""

from datetime import UTC, datetime
from typing import Any

import pytest

from knowledgebase.domain.comment import BODY_MAX, CommentKind, Posting, Voice, Words, Written
from knowledgebase.domain.errors import Invalid
from knowledgebase.intake.comment import accept_comment, accept_reason, accept_words, refuse_machines

TOKEN = "a-token-of-a-form-0123"  # noqa: S105 - of a form, opens nothing
NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)


def raw(**changes: Any) -> dict[str, Any]:
    return {"body": "We did the same.", "language": "en", "token": TOKEN} | changes


def faults(given: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        accept_comment(given)
    return [(fault.code, fault.key) for fault in refused.value.faults]


def test_a_short_form_is_a_comment_of_a_person() -> None:
    assert accept_comment(raw()) == Posting(Words(Written("en", "We did the same.")), TOKEN)


def test_a_full_form_speaks_as_the_city_in_two_languages() -> None:
    form = raw(
        body="  \r\nما هم همین کار را کردیم.\r\n\r\nخوب شد.\n ",
        language="fa",
        second_body="So did we.",
        second_language="en",
        kind="question",
        city="tehran",
        as_city="yes",
        is_pinned="yes",
        state="visible",
    )

    assert accept_comment(form) == Posting(
        Words(Written("fa", "ما هم همین کار را کردیم.\n\nخوب شد."), Written("en", "So did we.")),
        TOKEN,
        Voice("tehran", as_city=True),
        CommentKind.QUESTION,
    )


@pytest.mark.parametrize("body", ["", " \n\t ", "\u200c\u200e", None, ["a"]])
def test_nothing_is_no_comment(body: Any) -> None:
    assert faults(raw(body=body)) == [("required", "body")]


def test_a_comment_has_at_most_ten_kilobytes() -> None:
    assert len(accept_comment(raw(body="a" * BODY_MAX)).words.own.body) == BODY_MAX
    assert faults(raw(body="ا" * (BODY_MAX // 2) + "a")) == [("too-large", "body")]


def test_all_faults_are_named_at_once() -> None:
    form = raw(body="", language="xx", token="", kind="shout", second_body="\u0007", city="../x")

    assert set(faults(form)) == {
        ("required", "body"),
        ("control-character", "second_body"),
        ("required", "second_language"),
        ("not-a-language", "language"),
        ("required", "token"),
        ("unknown-value", "kind"),
        ("not-a-city-id", "city"),
    }


def test_the_second_text_is_in_another_language() -> None:
    assert faults(raw(second_body="Again", second_language="en")) == [("same-language", "second_language")]


def test_a_second_language_without_a_text_is_no_text() -> None:
    assert accept_comment(raw(second_language="fa")).words.second is None


def test_who_speaks_as_a_city_names_it() -> None:
    assert faults(raw(as_city="yes")) == [("required", "city")]


def test_an_edit_needs_no_token() -> None:
    assert accept_words({"body": "Better.", "language": "en"}) == Words(Written("en", "Better."))


def test_a_reason_is_one_line() -> None:
    assert accept_reason({"reason": "Names a\r\nprivate person"}) == "Names a private person"


@pytest.mark.parametrize("reason", ["", "a" * 501, "\u0007"])
def test_a_reason_is_needed_and_short(reason: str) -> None:
    with pytest.raises(Invalid):
        accept_reason({"reason": reason})


def test_a_form_that_a_person_filled_in_passes() -> None:
    refuse_machines({"website": "", "began": str(int(NOW.timestamp()) - 3)}, now=NOW)


@pytest.mark.parametrize("began", ["", "soon", "-5", "9" * 12, str(int(NOW.timestamp()) - 2), "²"])
def test_a_form_that_comes_back_at_once_is_a_machines(began: str) -> None:
    with pytest.raises(Invalid):
        refuse_machines({"began": began}, now=NOW)


def test_a_field_that_nobody_sees_is_filled_in_by_machines() -> None:
    with pytest.raises(Invalid):
        refuse_machines({"website": "http://e.org", "began": "1"}, now=NOW)
