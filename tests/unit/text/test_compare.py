"""Two texts side by side: what they share, and what each has alone."""

from time import monotonic

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


def test_a_long_text_is_compared_line_by_line() -> None:
    lines = "\n".join(f"a b c d {number}" for number in range(300))

    mine, _ = compared(lines.replace("a b c d 7\n", "x b c d 7\n"), lines)

    assert [run.text for run in mine if run.is_own] == ["x b c d 7\n"]


def test_the_half_space_is_no_seam() -> None:
    mine, _ = compared("پاک\u200cتر شد", "پاک تر شد")

    assert mine[0] == Run("پاک\u200cتر ", is_own=True)


@given(one=st.text("ab \n"), other=st.text("ab \n"))
def test_the_runs_are_the_texts(one: str, other: str) -> None:
    mine, theirs = compared(one, other)

    assert ("".join(run.text for run in mine), "".join(run.text for run in theirs)) == (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a " * 100_000, "a " * 99_999 + "x"),
        ("a\n" * 100_000, "a\n" * 99_999 + "x"),
        ("ab " * 220, "x".join(["ab "] * 220)),
        ("ab" * 100_000, "ba" * 100_000),
    ],
)
def test_no_text_takes_long_to_compare(one: str, other: str) -> None:
    began = monotonic()

    compared(one, other)

    assert monotonic() - began < 2.0
