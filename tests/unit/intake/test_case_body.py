"""The gate for cases, part three: the body, the address, and all faults in the order of lines."""

import pytest

from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.intake.case import accept
from tests.unit.intake.raw import BODY, TODAY, a_raw, accepted, faults, file_faults, refused


def test_a_body_past_its_limit_is_refused() -> None:
    assert refused(BODY + "x" * (200_000 - len(BODY))) == []
    assert refused(BODY + "x" * (200_001 - len(BODY))) == [("too-large", "body")]


@pytest.mark.parametrize("sign", ["\0", "\x07", "\ud800", "\ufffe", "\x85"])
def test_a_body_holds_no_controls(sign: str) -> None:
    assert refused(BODY + sign) == [("control-character", "body")]


def test_a_body_keeps_bidi_marks_tabs_and_half_spaces() -> None:
    text = f"{BODY}\n\n\tcode \u202atext\u202c می\u200cشود"

    assert accepted(text).body == text


def test_a_body_of_a_form_is_tidied() -> None:
    assert accepted("\r\n \r\n" + BODY.replace("\n", "\r\n") + " \r\n\r\n").body == BODY


def test_an_address_is_checked_too() -> None:
    with pytest.raises(Invalid) as error:
        accept(a_raw(), BODY, city="Tabriz!", slug="a/b", today=TODAY)

    assert [fault.code for fault in error.value.faults] == ["not-a-city-id", "not-a-slug"]


def test_numbers_and_booleans_of_json_are_read() -> None:
    case = accepted(
        sdgs=[3], started="2019", preconditions=[{"kind": "legal", "text": "x", "essential": True}]
    )

    assert (case.sdgs, case.preconditions[0].essential) == ((3,), True)


FAULTY = """---
title: ""
summary: fine
language: en
written_by: {kind: editors}
topics: [air, smog]
status: operating
started: "2019"
ended: 2018
titel: x
translations:
  en: {title: A, summary: B, by: city}
offers: [call]
results:
  - indicator: Soot
    what: outcome
    sources: [1, 7]
    before:
      value: many
sources:
  - title: One
    url: ftp://x
---

## The challenge

Text [1].

## Results

Text [2] and
[3].
"""


def test_all_faults_of_a_file_come_at_once_in_the_order_of_their_lines() -> None:
    assert file_faults(FAULTY) == [
        ("required-unless-city", "status_as_of", 1),
        ("required", "title", 2),
        ("unknown-value", "topics.2", 6),
        ("ends-before-start", "ended", 9),
        ("unknown-key", "titel", 10),
        ("own-language", "translations.en", 12),
        ("only-the-city", "offers", 13),
        ("no-such-source", "results.1.sources.2", 17),
        ("not-a-number", "results.1.before.value", 19),
        ("not-a-web-address", "sources.1.url", 22),
        ("missing-section", "body", 25),
        ("no-such-source", "body", 31),
        ("no-such-source", "body", 32),
    ]


def test_an_empty_section_is_reported_at_its_heading() -> None:
    front = "title: A\nsummary: B\nlanguage: en\ntopics: [air]\nstatus: pilot"

    found = file_faults(f"---\n{front}\n---\n\n## Challenge\nx\n## Solution\n\n## Results\ny")

    assert found == [("empty-section", "body", 11)]


def test_faults_of_a_form_have_no_lines_and_all_their_placeholders() -> None:
    (fault,) = faults(title="x" * 121)

    assert fault == Fault("too-long", "title", None, {"most": 120, "length": 121})


def test_a_faulty_key_does_not_hide_the_rules_of_others() -> None:
    assert refused(title="", status="stopped", started="2030", written_by={"kind": "editors"}) == [
        ("required", "title"),
        ("required-unless-city", "status_as_of"),
        ("starts-too-late", "started"),
        ("missing-section", "body"),
    ]


def test_a_long_faulty_value_is_cut_in_the_message() -> None:
    (fault,) = faults(status="x" * 10_000)

    assert len(str(fault.values["value"])) == 80
