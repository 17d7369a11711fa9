"""Lines beside a draft: a reason, a line of return, a letter."""

from datetime import date

import pytest

from knowledgebase.domain.draft import Letter
from knowledgebase.domain.errors import Invalid
from knowledgebase.intake.draft_lines import accept_letter, accept_line

TODAY = date(2026, 3, 1)


def test_a_line_is_one_line() -> None:
    assert accept_line({"line": " Which\n year? "}) == "Which year?"


@pytest.mark.parametrize(
    ("line", "code"), [(" ", "required"), ("x" * 301, "too-long"), ("a\u202eb", "invisible-character")]
)
def test_a_line_is_refused(line: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        accept_line({"line": line})

    assert [(fault.key, fault.code) for fault in refused.value.faults] == [("line", code)]


def test_a_letter_keeps_its_date_as_written() -> None:
    typed = {"letter_number": "۱۲/۳۴", "letter_date": "۱۴۰۴-۰۷-۰۱"}

    assert accept_letter(typed, language="fa", today=TODAY) == Letter("۱۲/۳۴", "1404-07-01")


def test_no_letter_is_none() -> None:
    assert accept_letter({"letter_number": " ", "letter_date": ""}, language="en") is None


@pytest.mark.parametrize(
    ("number", "day", "fault"),
    [
        ("", "2025-03-01", ("letter_number", "required")),
        ("12", "soon", ("letter_date", "not-a-date")),
        ("12", "1404-07-01", ("letter_date", "which-calendar")),
    ],
)
def test_a_letter_is_refused(number: str, day: str, fault: tuple[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        accept_letter({"letter_number": number, "letter_date": day}, language="en", today=TODAY)

    assert [(one.key, one.code) for one in refused.value.faults] == [fault]
