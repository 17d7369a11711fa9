"""Typed questions: words, phrases, exclusions, concepts; no syntax of an engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledgebase.domain.question import Phrase
from knowledgebase.text.question import ask


def test_repeated_words_are_kept() -> None:
    assert [word.exact for word in ask("water water tariff").words] == ["water", "water", "tariff"]


@pytest.mark.parametrize("quoted", ['"clean air"', "«clean air»", "\u201cclean air\u201d"])
def test_quoted_words_are_a_phrase_and_still_score(quoted: str) -> None:
    question = ask(f"{quoted} london")

    assert question.phrases == (Phrase(("clean", "air")),)
    assert [word.exact for word in question.words] == ["clean", "air", "london"]


def test_a_minus_excludes_a_word_or_a_quotation() -> None:
    question = ask('bus -diesel -"old cars" low-emission')

    assert question.excluded == (Phrase(("diesel",)), Phrase(("old", "cars")))
    assert [word.exact for word in question.words] == ["bus", "low", "emission"]


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '""',
        "-",
        '-"',
        "()",
        "*:*",
        "/re/",
        "«",
        "AND OR NOT",
        'title:"x',
        "{'match': 1}",
        "\x00",
        "a" * 5000,
    ],
)
def test_operators_of_engines_mean_nothing(text: str) -> None:
    question = ask(text)

    assert question.excluded == ()


@given(st.text(max_size=80))
def test_any_text_is_a_question(text: str) -> None:
    question = ask(text)

    assert all(word.exact and word.stems for word in question.words)


@pytest.mark.parametrize(
    "typed", ["آلودگی هوا", "آلودگي هوا", "air pollution", "pollution de l'air", "تلوث الهواء"]
)
def test_one_concept_stands_behind_the_words_of_every_language(typed: str) -> None:
    assert "air-pollution" in ask(typed).concepts


def test_a_label_inside_a_longer_one_does_not_count() -> None:
    assert "emissions" not in ask("low emission zone").concepts


@pytest.mark.parametrize("typed", ["حمل و نقل عمومی", "حمل\u200cونقل عمومی"])
def test_compounds_are_found_however_they_are_typed(typed: str) -> None:
    assert "public-transport" in ask(typed).concepts
