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


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("how do we cut the waste of homes", ["cut", "waste", "homes"]),
        ("چطور نشت آب را کم کنیم", ["نشت", "اب", "کم"]),
        ("cómo reducir las fugas de agua", ["reducir", "fugas", "agua"]),
        ("comment réduire les fuites d'eau", ["reduire", "fuites", "eau"]),
        ("كيف نقلل تسرب المياه", ["نقلل", "تسرب", "المیاه"]),
    ],
)
def test_function_words_ask_for_nothing(typed: str, asked: list[str]) -> None:
    assert [word.exact for word in ask(typed).words] == asked


@pytest.mark.parametrize("typed", ["how to", "و", '"to be or not to be"'])
def test_function_words_alone_are_asked_for(typed: str) -> None:
    assert ask(typed).words


@pytest.mark.parametrize("word", ["car", "son", "era", "sin", "once"])
def test_words_that_mean_something_elsewhere_are_no_function_words(word: str) -> None:
    assert [asked.exact for asked in ask(f"{word} parking").words] == [word, "parking"]


@pytest.mark.parametrize(
    ("apart", "together"),
    [
        ("کتاب های شهر", "کتاب\u200cهای شهر"),
        ("درخت ها", "درخت\u200cها"),
        ("نمی خواهند", "نمی\u200cخواهند"),
        ("بزرگ ترین پارک", "بزرگ\u200cترین پارک"),
    ],
)
def test_persian_affixes_typed_apart_belong_to_their_words(apart: str, together: str) -> None:
    question, expected = ask(apart), ask(together)

    assert [(word.exact, word.stems) for word in question.words] == [
        (word.exact, word.stems) for word in expected.words
    ]
    assert " ".join(word.shown for word in question.words) == apart


def test_an_affix_behind_a_stop_belongs_to_nothing() -> None:
    assert [word.exact for word in ask("درخت، ها").words] == ["درخت"]


@pytest.mark.parametrize("typed", ["سال 1403 در 25", "سال ۱۴۰۳ در ۲۵", "سال ١٤٠٣ در ٢٥"])
def test_digits_of_every_script_ask_the_same(typed: str) -> None:
    expected = ask("سال 1403 در 25")

    assert [(word.exact, word.stems) for word in ask(typed).words] == [
        (word.exact, word.stems) for word in expected.words
    ]


@pytest.mark.parametrize(
    ("typed", "stem"), [("Fußgängerzonen", "fussgangerzon"), ("otobüsleri", "otobus"), ("buses", "bus")]
)
def test_words_of_latin_script_have_the_stems_of_their_languages(typed: str, stem: str) -> None:
    assert stem in ask(typed).words[0].stems


@pytest.mark.parametrize(
    ("typed", "minimum"),
    [("road", 1), ("tram bus bike car road path lane", 1), ("tram bus bike car road path lane kerb", 2)],
)
def test_a_quarter_of_the_words_must_match(typed: str, minimum: int) -> None:
    assert ask(typed).minimum == minimum


def test_pairs_of_letters_count_half() -> None:
    question = ask("通常归因于复杂性类价值的未经证实的")  # 16 pairs: as much as 8 words

    assert len(question.words) == 16
    assert question.minimum == 2
