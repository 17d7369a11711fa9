"""What somebody who asks to join must say, and what is refused of it."""

from typing import Any

import pytest

from knowledgebase.domain.errors import Invalid
from knowledgebase.domain.joining import Proof, UnknownCity
from knowledgebase.intake.joining import LETTER_MAX, accept_note, accept_proof, accept_request

ASKED = {
    "city": "tehran",
    "name": "Sara Ahmadi",
    "position": "Engineer",
    "office": "Water",
    "email": "sara@tehran.example",
    "language": "fa",
    "letter": "I look after the water.\r\n\r\nOur number is 123.",
}


def faults_of(**changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        accept_request(ASKED | changes)
    return [(fault.key, fault.code) for fault in refused.value.faults]


def test_a_request_for_a_city_that_is_here() -> None:
    request = accept_request(ASKED | {"city_name": "Else", "country": "??", "role": "admin"})

    assert request.city == "tehran"
    assert request.letter == "I look after the water.\n\nOur number is 123."
    assert request.website is None


def test_a_request_for_a_city_that_is_not_here() -> None:
    request = accept_request(ASKED | {"city": "", "city_name": "Shiraz", "country": "ir"})

    assert request.city == UnknownCity("Shiraz", "IR")


def test_every_fault_is_named_at_once() -> None:
    assert faults_of(city="", name="", position="", email="x", letter="") == [
        ("city_name", "required"),
        ("country", "required"),
        ("name", "required"),
        ("position", "required"),
        ("email", "not-an-email-address"),
        ("letter", "required"),
    ]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "Sara\u202eAhmadi", "invisible-character"),
        ("name", "S\u0430ra", "mixed-scripts"),
        ("name", "Platform Admin", "reserved-name"),
        ("name", "Sara\x00", "control-character"),
        ("position", "x" * 121, "too-long"),
        ("letter", "x" * (LETTER_MAX + 1), "too-long"),
        ("letter", "see \u202e", "invisible-character"),
        ("letter", "\u200c", "required"),
        ("language", "xx", "unknown-value"),
        ("city", "Tehran!", "no-such-city"),
        ("email", "sara@tehran.example\r\nBcc: x@y.example", "not-an-email-address"),
    ],
)
def test_what_hides_misleads_or_is_too_long_is_refused(field: str, value: str, code: str) -> None:
    assert faults_of(**{field: value}) == [(field, code)]


def test_only_addresses_of_the_web_are_taken() -> None:
    assert [key for key, _ in faults_of(website="javascript:alert(1)")] == ["website"]


def test_a_persian_name_keeps_its_half_space() -> None:
    assert accept_request(ASKED | {"name": "مهدی\u200cزاده"}).name == "مهدی\u200cزاده"


def test_a_proof_is_one_of_a_list_and_may_have_a_note() -> None:
    assert accept_proof({"how": "visit", "note": ""}) == (Proof.VISIT, None)
    with pytest.raises(Invalid):
        accept_proof({"how": "rumour"})


def test_a_refusal_has_a_line() -> None:
    assert accept_note({"note": " No  letter. "}) == "No letter."
    with pytest.raises(Invalid):
        accept_note({"note": ""})
