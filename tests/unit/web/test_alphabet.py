"""Names stand where a reader of the language looks for them."""

import pytest

from knowledgebase.web.alphabet import initial, order


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("fa", "آلمان اردن ایران برزیل پاکستان ترکیه جیبوتی چین ژاپن سوریه سوئد کنیا گابن لبنان هند یمن"),
        ("fa", "اتوبوس پسماند چراغ گاز یخ bus water"),
        ("en", "bus water اتوبوس پسماند چراغ گاز یخ"),
        ("en", "Afghanistan Åland Albania Côte Croatia Türkiye Turkmenistan"),
    ],
)
def test_names_follow_the_alphabet_of_the_language(language: str, names: str) -> None:
    wanted = names.split()

    assert sorted(sorted(wanted), key=lambda name: order(name, language)) == wanted


def test_arabic_letters_stand_with_their_persian_twins() -> None:
    arabic, persian = "\u0643\u064a\u0641", "\u06a9\u06cc\u0641"

    assert order(arabic, "fa")[0] == order(persian, "fa")[0]


def test_a_half_space_parts_words_as_a_space_does() -> None:
    assert order("کیپ\u200cتاون", "fa")[0] == order("کیپ تاون", "fa")[0]


def test_vowel_signs_do_not_move_a_name() -> None:
    assert order("کُره", "fa")[0] == order("کره", "fa")[0]


@pytest.mark.parametrize(
    ("name", "language", "letter"),
    [
        ("آلمان", "fa", "آ"),
        ("ایران", "fa", "ا"),
        ("كوبا", "fa", "ک"),
        ("Åland", "en", "A"),
        ("«قم»", "fa", "ق"),
        ("", "en", "#"),
    ],
)
def test_an_index_keeps_a_name_under_its_first_letter(name: str, language: str, letter: str) -> None:
    assert initial(name, language) == letter
