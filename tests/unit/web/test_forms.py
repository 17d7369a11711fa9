"""What a form brings is read narrowly: numbers that are numbers, and only the fields that are asked for."""

import pytest
from flask import Flask

from knowledgebase.web.forms import typed, typed_number


@pytest.mark.parametrize(
    ("given", "number"),
    [("0", 0), ("12", 12), ("999999999", 999_999_999)]
    + [
        (text, None)
        for text in ("", "-1", "1.5", "1e3", " 1", "1\n", "\u0663", "\u00b2", "1000000000", "9" * 5_000)
    ],
)
def test_a_number_has_at_most_nine_digits(bare: Flask, given: str, number: int | None) -> None:
    with bare.test_request_context("/", method="POST", data={"revision": given}):
        assert typed_number("revision") == number


def test_fields_that_are_not_asked_for_are_not_read(bare: Flask) -> None:
    with bare.test_request_context("/", method="POST", data={"name": "Mina", "role": "admin"}):
        assert typed("name", "position") == {"name": "Mina", "position": ""}
