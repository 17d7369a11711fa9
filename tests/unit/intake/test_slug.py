"""Addresses of cases: what is one, and what a title suggests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledgebase.intake.slug import SLUG_MAX, is_city_id, is_slug, slug_of


@pytest.mark.parametrize(
    "slug",
    [
        "day-zero",
        "هوای-پاک",
        "طرح-۱۳۹۸",
        "大气治理",
        "чистый-воздух",
        "a",
        "3",
        "x" * 60,
        "Day-Zero",
        "École",
        "école",
        "स्वच्छ-हवा",
    ],
)
def test_letters_and_digits_of_any_script_make_a_slug(slug: str) -> None:
    assert is_slug(slug)


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "-",
        "a--b",
        "-a",
        "a-",
        "a b",
        "a_b",
        "a.md",
        "a/b",
        "..",
        "a\u200cb",
        "a\u202eb",
        "a\u200bb",
        "e\u0301",
        "x" * 61,
        "²",
        "a!",
        "\u0301a",
        "کـاف",
        "a\n",
    ],
)
def test_nothing_else_is_a_slug(slug: str) -> None:
    assert not is_slug(slug)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Cape Town and Day Zero: limits, tariffs", "cape-town-and-day-zero-limits-tariffs"),
        ("هوای پاک: می\u200cشود؟", "هوای-پاک-می-شود"),
        ("كيفيت هوا", "کیفیت-هوا"),
        ("طرحِ کـاهش ۱۳۹۸", "طرح-کاهش-۱۳۹۸"),
        ("L'École d'été", "lécole-dété"),
        ("Smog's end", "smogs-end"),
        ("  --A--  ", "a"),
        ("!!!", "case"),
        ("", "case"),
        ("\u202e\u200b", "case"),
        ("İstanbul", "i\u0307stanbul"),
        ("x" * 400, "x" * SLUG_MAX),
        ("word " * 40, "-".join(["word"] * 12)),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_title_suggests_a_slug_in_its_own_script(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@settings(deadline=None)
@given(st.text(max_size=200))
def test_whatever_the_title_the_suggestion_is_a_slug(title: str) -> None:
    assert is_slug(slug_of(title))


@pytest.mark.parametrize(
    ("city", "is_one"), [("ab", True), ("sao-paulo", True), ("a" * 40, True), ("a", False)]
)
def test_an_id_of_a_city_has_2_to_40_characters(city: str, is_one: bool) -> None:
    assert is_city_id(city) is is_one
