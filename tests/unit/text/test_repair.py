"""Mistyped words: candidates one edit away."""

import pytest

from knowledgebase.text.repair import one_edit


@pytest.mark.parametrize("typed", ["polution", "pollutiion", "pollutoin", "pollucion"])
def test_one_edit_reaches_the_right_word(typed: str) -> None:
    assert "pollution" in one_edit(typed)


def test_persian_words_are_repaired_too() -> None:
    assert "ترافیک" in one_edit("ترافبک")


@pytest.mark.parametrize("typed", ["bus", "pm2.5", "a" * 41])
def test_short_words_numbers_and_very_long_words_are_left_alone(typed: str) -> None:
    assert one_edit(typed) == frozenset()
