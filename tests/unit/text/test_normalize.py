"""Folding: one spelling for matching."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledgebase.text.normalize import fold, skeleton


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("كيفيت", "کیفیت"),  # Arabic yeh and kaf
        ("مُحَلّه", "محله"),  # vowel signs
        ("۱۴۰۳", "1403"),
        ("١٤٠٣", "1403"),
        ("آب", "اب"),
        ("مسئله", "مسیله"),
        ("خانهٔ", "خانه"),  # heh with hamza above
        ("خانۀ", "خانه"),  # one letter
        ("کتاب\u200cها", "کتابها"),
        ("تـهـران", "تهران"),  # tatweel
        ("\ufef3\ufeee\ufee1", "یوم"),  # presentation forms
        ("Málaga", "malaga"),
        ("İstanbul", "istanbul"),
        ("ÉCOLE", "ecole"),
        ("PM2.5", "pm2.5"),
        ("۳٫۵", "3.5"),
    ],
)
def test_spellings_of_one_word_have_one_key(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_vowel_signs_of_hindi_are_letters() -> None:
    assert fold("हिन्दी") == fold("हिन्दी")
    assert fold("हिन्दी") != fold("हन्द")


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)

    assert fold(once) == once


@pytest.mark.parametrize(
    ("one", "other"),
    [("علي", "علی"), ("شهر ۱۲", "شهر 12"), ("می\u200cرود", "می رود"), ("ك", "ک"), ("  a  b ", "A B")],
)
def test_twin_names_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)
