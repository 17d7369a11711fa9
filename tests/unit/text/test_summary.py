"""A summary of first sentences: as many as fit, without marks."""

import pytest

from knowledgebase.text.summary import summary_of


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("Smog. And more.", "Smog."),
        ("Half of *all* pipes, [says](https://x.example) the `report` [1, 2], leaked. So.",
         "Half of all pipes, says the report, leaked."),
        ("### Before\n\n- Smog in winter\n- Dust in summer", "Smog in winter"),
        ("دود شهر را گرفت؟ آری.", "دود شهر را گرفت؟"),
        ("هر سال ۱۲٫۵ درصد بیشتر شد\nو ماند.", "هر سال ۱۲٫۵ درصد بیشتر شد و ماند."),
        ("a_name_here stays. No.", "a_name_here stays."),
        ("| a | b |\n|---|---|", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_the_first_sentence_stands_without_marks(text: str, summary: str) -> None:
    assert summary_of([text], 400) == summary


def test_as_many_sentences_as_fit_are_taken() -> None:
    assert summary_of(["One.", "A second sentence.", "Three."], 12) == "One. Three."


def test_a_sentence_that_is_too_long_is_cut_at_a_word() -> None:
    assert summary_of(["one two three four"], 12) == "one two…"


def test_a_long_text_is_read_in_no_time() -> None:
    assert summary_of(["[" * 50_000, "*" * 50_000, "_ " * 50_000, "1, " * 50_000], 400)
