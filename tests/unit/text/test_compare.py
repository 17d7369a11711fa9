"""Two texts side by side: what they share, and what each has alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledgebase.text.compare import Run, compared


def test_what_each_text_has_alone_is_told_apart() -> None:
    mine, theirs = compared("Smog over the city.", "Smog over the whole city.")

    assert mine == (Run("Smog over the ", is_own=False), Run("city.", is_own=False))
    assert theirs == (
        Run("Smog over the ", is_own=False),
        Run("whole ", is_own=True),
        Run("city.", is_own=False),
    )


def test_the_half_space_is_no_seam() -> None:
    mine, _ = compared("پاک\u200cتر شد", "پاک تر شد")

    assert mine[0] == Run("پاک\u200cتر", is_own=True)


@given(one=st.text("ab \n"), other=st.text("ab \n"))
def test_the_runs_are_the_texts(one: str, other: str) -> None:
    mine, theirs = compared(one, other)

    assert ("".join(run.text for run in mine), "".join(run.text for run in theirs)) == (one, other)


@pytest.mark.parametrize("word", ["a ", "a\n", "ab"])
def test_large_texts_are_compared_in_no_time(word: str) -> None:
    mine, theirs = compared(word * 100_000, word * 99_999 + "x")

    assert mine
    assert theirs
