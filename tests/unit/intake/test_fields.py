"""Scalar types over text: what people type is read, what only looks like it is refused."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from knowledgebase.intake.choices import (
    ClimateValue,
    CountryCode,
    Currency,
    LanguageTag,
    LicenseValue,
    MethodValue,
)
from knowledgebase.intake.fields import (
    URL_MAX,
    Email,
    Flag,
    Number,
    Text,
    Title,
    WebAddress,
    Whole,
)


def read(kind: Any, value: object) -> Any:
    return TypeAdapter(kind).validate_python(value)


def code_of(kind: Any, value: object) -> str:
    with pytest.raises(ValidationError) as refused:
        read(kind, value)
    return str(refused.value.errors()[0]["type"])


class AnyNumber(Number):
    """A number, as a type of its own for these tests."""


def number(value: object) -> Decimal:
    from typing import Annotated

    return Decimal(read(Annotated[Decimal, Number()], value))


NOT_NUMBERS = [
    "nan",
    "inf",
    "-inf",
    "1e400",
    "1e5",
    "2_019",
    "1,5",
    "0x10",
    "²",
    "½",
    "",
    " ",
    "1.",
    ".5",
    "--1",
    "9" * 20,
]
NOT_NUMBERS += ["۱٬۲", "1 000", "1.1234567", "twelve", "9" * 5000, "1\n2", "12%"]


@pytest.mark.parametrize("value", NOT_NUMBERS)
def test_what_only_looks_like_a_number_is_refused(value: str) -> None:
    from typing import Annotated

    assert code_of(Annotated[Decimal, Number()], value) == "not-a-number"


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("12", "12"),
        ("-3.50", "-3.50"),
        ("+5", "5"),
        ("012", "12"),
        (" 7 ", "7"),
        ("۲۰۱۹", "2019"),
        ("٢٠", "20"),
        ("۳٫۵", "3.5"),
        ("\u22124", "-4"),
        ("۱٬۲۳۴٬۵۶۷", "1234567"),
        (12, "12"),
        (1.5, "1.5"),
    ],
)
def test_a_number_is_read_in_any_digits(value: object, meant: str) -> None:
    assert number(value) == Decimal(meant)


@pytest.mark.parametrize("value", ["1.0", "1.5", "nan", "2_019", "²", "1e3", ""])
def test_a_whole_number_is_nothing_else(value: str) -> None:
    from typing import Annotated

    assert code_of(Annotated[int, Whole(1, 100)], value) == "not-a-whole-number"


@pytest.mark.parametrize("value", ["0", "101", "-1"])
def test_a_number_outside_its_range_is_refused(value: str) -> None:
    from typing import Annotated

    assert code_of(Annotated[int, Whole(1, 100)], value) == "out-of-range"
    assert code_of(Annotated[Decimal, Number(1, 100)], value) == "out-of-range"


@pytest.mark.parametrize("value", [["x"], {"a": "b"}])
def test_a_list_or_map_is_not_one_value(value: object) -> None:
    assert code_of(Title, value) == "not-one-value"
    assert code_of(Flag, value) == "not-one-value"


def test_a_title_is_one_line_with_single_spaces() -> None:
    assert read(Title, "  Clean\n  air \t zone\r\n") == "Clean air zone"


def test_a_title_keeps_half_spaces_and_no_break_spaces() -> None:
    assert read(Title, "می\u200cشود «\u00a0x\u00a0»") == "می\u200cشود «\u00a0x\u00a0»"


def test_a_title_is_composed() -> None:
    assert read(Title, "Cafe\u0301") == "Café"


@pytest.mark.parametrize("blank", ["", " \n", "\u200c", "\u200c \u200d", "\u00a0"])
def test_a_text_that_shows_nothing_counts_as_missing(blank: str) -> None:
    assert code_of(Title, blank) == "required"


def test_a_title_of_120_characters_is_read_and_121_refused() -> None:
    assert len(read(Title, "ه" * 120)) == 120
    assert code_of(Title, "ه" * 121) == "too-long"


HIDING = ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"]
HIDING += ["\u200b", "\u2060", "\ufeff"]


@pytest.mark.parametrize("sign", HIDING)
def test_a_title_with_a_hiding_character_is_refused_and_a_text_keeps_it(sign: str) -> None:
    assert code_of(Title, f"a{sign}b") == "invisible-character"
    assert read(Text, f"a{sign}b") == f"a{sign}b"


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\x85", "\ud800", "\uffff"])
def test_no_text_holds_controls_surrogates_or_noncharacters(sign: str) -> None:
    assert code_of(Title, f"a{sign}b") == "control-character"
    assert code_of(Text, f"a{sign}b") == "control-character"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "HTTPS://Example.org/",
        "https://medium.com/@somebody/post",
        "https://fa.wikipedia.org/wiki/تهران",
        "https://xn--mgba3a4f16a.ir/%D8%A7",
        "https://تهران.ایران/",
        "http://[2001:db8::1]:80/x",
        "https://example.org/" + "x" * (URL_MAX - 20),
    ],
)
def test_an_address_of_the_web_is_kept_as_written(url: str) -> None:
    assert read(WebAddress, f" {url} ") == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "//example.org",
        "/page",
        "example.org",
        "https:example.org",
        "https://",
        "https:///x",
        "https://?x",
        "https://user@example.org",
        "https://user:secret@example.org/",
        "https://@example.org",
        "https://example.org\\@evil.org",
        "https://exa mple.org",
        "https://example.org/a b",
        "https://example.org/\nx",
        "https://example.org/\u202ex",
        "https://example.org:99999/",
        "https://example.org:x/",
        "http://[::1",
        "https://exa<b>mple.org",
        'https://example.org/"onmouseover="x',
        "java\tscript:alert(1)",
    ],
)
def test_no_other_address_passes(url: str) -> None:
    assert code_of(WebAddress, url) == "not-a-web-address"


def test_an_address_past_2000_characters_is_too_long() -> None:
    assert code_of(WebAddress, "https://example.org/" + "x" * URL_MAX) == "too-long"


@pytest.mark.parametrize("address", ["office@city.example", "a.b+c@sub.city.ir"])
def test_a_mail_address_is_read(address: str) -> None:
    assert read(Email, address) == address


@pytest.mark.parametrize(
    "address",
    [
        "office",
        "@city.ir",
        "a@b",
        "a@b..ir",
        "a b@city.ir",
        "a@city.ir\nBcc: x@y.ir",
        "<a@city.ir>",
        "a@" + "b." * 130 + "ir",
    ],
)
def test_what_is_no_mail_address_is_refused(address: str) -> None:
    assert code_of(Email, address) == "not-an-email-address"


@pytest.mark.parametrize("tag", ["FA", "fa-IR", "f", "farsi", "۱۲", "en_US", "zz", "xx", "eng", "zxx", "und"])
def test_a_language_is_a_primary_tag(tag: str) -> None:
    assert read(LanguageTag, "ckb") == "ckb"
    assert code_of(LanguageTag, tag) == "not-a-language"


@pytest.mark.parametrize(("value", "meant"), [("yes", True), ("No", False), ("true", True), (False, False)])
def test_yes_and_no_are_read(value: object, meant: bool) -> None:
    assert read(Flag, value) is meant


@pytest.mark.parametrize("value", ["1", "on", "y", "maybe"])
def test_nothing_else_is_a_yes_or_no(value: str) -> None:
    assert code_of(Flag, value) == "not-yes-or-no"


def test_a_closed_value_is_read_without_regard_to_case() -> None:
    assert read(ClimateValue, " bsk") == "BSk"
    assert read(LicenseValue, "cc-by-4.0") == "CC-BY-4.0"
    assert read(CountryCode, "no") == "NO"


def test_a_value_outside_its_list_is_refused_with_the_list() -> None:
    with pytest.raises(ValidationError) as refused:
        read(MethodValue, "guessed")

    assert refused.value.errors()[0]["ctx"] == {
        "value": "guessed",
        "known": "measured, modelled, estimated, surveyed, claimed",
    }


@pytest.mark.parametrize("code", ["XX", "UK", "IRN", "Iran", "XK"])
def test_a_country_is_a_code_of_the_standard(code: str) -> None:
    assert code_of(CountryCode, code) == "unknown-code"


@pytest.mark.parametrize(
    ("typed", "meant"), [("eur", "EUR"), ("IRR", "IRR"), ("Toman", "toman"), ("تومان", "toman")]
)
def test_a_currency_is_a_code_of_the_standard_or_toman(typed: str, meant: str) -> None:
    assert read(Currency, typed) == meant


@pytest.mark.parametrize("code", ["€", "EURO", "XAU", "XXX", "IRT"])
def test_nothing_else_is_a_currency(code: str) -> None:
    assert code_of(Currency, code) == "unknown-code"


@pytest.mark.parametrize("code", ["CC-BY-NC-4.0", "MIT", "public domain", "(c) City"])
def test_a_licence_must_be_an_open_one(code: str) -> None:
    assert code_of(LicenseValue, code) == "unknown-value"
