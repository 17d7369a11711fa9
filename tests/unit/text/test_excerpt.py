"""Excerpts and marks are cut from the stored text."""

import pytest

from knowledgebase.text.excerpt import EXCERPT, Marker
from knowledgebase.text.question import ask


def marked(text: str, language: str, typed: str) -> list[str]:
    return [piece.text for piece in Marker(ask(typed)).mark(text, language) if piece.is_marked]


@pytest.mark.parametrize(
    ("text", "language", "typed", "expected"),
    [
        ("هوای تهران و كتاب\u200cهای آن", "fa", "کتاب هوا", ["هوای", "كتاب\u200cهای"]),
        ("Clean cities and a city lane", "en", "city", ["cities", "city"]),
        ("سال ۱۴۰۳ بود", "fa", "1403", ["۱۴۰۳"]),
        ("中国大气污染防治", "zh", "大气污染", ["大气污染"]),
        ("nothing here", "en", "bus", []),
        ("Fairy air, air-born AIR", "en", "air", ["air", "air", "AIR"]),
        ("It was lying there", "en", "lie", ["lying"]),
        ("L'Éducation, une œuvre des élèves", "fr", "education oeuvre eleve", ["Éducation", "élèves"]),
        ("e\u0301cole et école", "fr", "ecole", ["e\u0301cole", "école"]),
        ("2.5 of 2 and PM2.5", "en", "2", ["2"]),
        ("A 大气污染 plan of 大气", "en", "大气 plan", ["大气", "plan", "大气"]),
        ("طرح BRT در تهران", "fa", "brt", ["BRT"]),
        ("طرح هوا در تهران", "fa", "air", []),
    ],
)
def test_asked_words_are_marked_as_they_are_spelled(
    text: str, language: str, typed: str, expected: list[str]
) -> None:
    assert marked(text, language, typed) == expected


def test_pieces_join_to_the_whole_text() -> None:
    text = "Air, <b>air</b> & more air"

    assert "".join(piece.text for piece in Marker(ask("air")).mark(text, "en")) == text


def test_an_excerpt_shows_the_place_with_most_asked_words() -> None:
    text = "bus " + "word " * 200 + "bus lane bus " + "word " * 200

    shown = "".join(piece.text for piece in Marker(ask("bus lane")).excerpt(text, "en"))

    assert "bus lane bus" in shown
    assert len(shown) <= EXCERPT + 4
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_without_an_asked_word_the_excerpt_is_the_beginning() -> None:
    text = "First words. " + "word " * 200

    shown = Marker(ask("zebra")).excerpt(text, "en")

    assert shown[0].text.startswith("First words.")
    assert not any(piece.is_marked for piece in shown)
