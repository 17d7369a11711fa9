"""Tokens and stems: the same function for index, question and marks."""

import pytest

from knowledgebase.text.analysis import TOKEN_MAX, analyse
from knowledgebase.text.stem import stem
from knowledgebase.text.tokens import tokens


def test_words_keep_their_half_spaces_marks_and_decimal_points() -> None:
    words = [token.text for token in tokens("کتاب\u200cهای مُدیریَّت PM2.5, l'air! foo_bar")]

    assert words == ["کتاب\u200cهای", "مُدیریَّت", "PM2.5", "l", "air", "foo", "bar"]


def test_places_of_words_are_places_in_the_text() -> None:
    text = "هوای پاک، clean air"

    assert [text[token.start : token.end] for token in tokens(text)] == ["هوای", "پاک", "clean", "air"]


def test_scripts_without_spaces_give_pairs_of_letters() -> None:
    assert [token.text for token in tokens("大气污染")] == ["大气", "气污", "污染"]


@pytest.mark.parametrize("spelled", ["کتاب\u200cهای", "کتابهای", "کتابها", "کتاب", "كتاب"])
def test_persian_plurals_share_a_stem(spelled: str) -> None:
    assert stem(spelled, "fa") == stem("کتاب", "fa")


def test_a_compound_is_also_indexed_by_its_parts() -> None:
    _, stems = analyse("تصفیه\u200cخانه", "fa")

    assert {"تصفیه", "خانه"} <= set(stems)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("cities", "city", "en"),
        ("contaminaciones", "contaminación", "es"),
        ("pollutions", "pollution", "fr"),
        ("المدينة", "مدينة", "ar"),
    ],
)
def test_inflected_words_share_a_stem(one: str, other: str, language: str) -> None:
    assert stem(one, language) == stem(other, language)


def test_unknown_languages_are_folded_only() -> None:
    assert analyse("Sağlık çok", "xx") == (["saglık", "cok"], ["saglık", "cok"])


def test_tokens_are_cut_so_that_no_engine_splits_them() -> None:
    exact, stems = analyse("x" * 300, "en")

    assert exact == ["x" * TOKEN_MAX]
    assert all(len(token) <= TOKEN_MAX for token in stems)


def test_no_token_holds_a_space() -> None:
    exact, stems = analyse("a\u00a0b \u2009c\ufdfad", "en")

    assert all(len(token.split()) == 1 for token in exact + stems)
