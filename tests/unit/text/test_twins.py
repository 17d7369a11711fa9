"""Names that a reader would take for each other are one name; others are not."""

import pytest

from knowledgebase.text.twins import are_twins, folded_email, looks

TWINS = [
    ("علی کریمی", "علي كريمي"),  # Arabic yeh and kaf
    ("علی", "علی\u200c"),  # half-space at the end
    ("علی\u200cرضا", "علیرضا"),  # half-space, joined
    ("علی رضا", "علی\u200cرضا"),  # space, half-space
    ("علی", "عـلـی"),  # tatweel
    ("مسئول", "مسيول"),  # yeh with hamza
    ("مؤمنی", "مومنی"),
    ("آرش", "ارش"),
    ("أحمد", "احمد"),
    ("فاطمة", "فاطمه"),
    ("مُحَمَّد", "محمد"),  # vowel signs
    ("ھادی", "هادی"),  # heh with two eyes
    ("Sara 12", "Sara ۱۲"),  # Persian digits
    ("Sara 12", "Sara ١٢"),  # Arabic digits
    ("سارا ۲", "سارا ٢"),
    ("Sara", "SARA"),
    ("Sara", "Sаra"),  # Cyrillic a
    ("Maria", "Маria"),  # Cyrillic M and a
    ("Peter", "Реter"),  # Cyrillic R and e
    ("Boris", "Воris"),
    ("Xenia", "Хеniа"),
    ("Nina", "Νina"),  # Greek Nu
    ("Ivan", "Iνan"),  # small Greek nu
    ("Oskar", "Οskar"),  # Greek Omicron
    ("Kostas", "Κοstas"),
    ("Zoe", "Ζoe"),
    ("Ali", "AIi"),  # capital i for l
    ("Ali", "Al1"),
    ("Bob", "B0b"),
    ("José", "Jose"),
    ("Jose\u0301", "José"),
    ("Ｓａｒａ", "Sara"),  # full width
    ("Sara-Lee", "Sara Lee"),
    ("S. Ahmadi", "S Ahmadi"),
    ("Sara\u200b", "Sara"),
    ("Анна", "АННА"),
    ("ΝΙΝΑ", "Νινα"),
]
OTHERS = [
    ("Sara", "Sarah"),
    ("Sara Ahmadi", "Sara Ahmadian"),
    ("علی", "عالی"),
    ("حسن", "حسین"),
    ("رضا ۱", "رضا ۲"),
    ("Анна", "Инна"),
    ("مریم", "مرجان"),
    ("Kim", "Tim"),
    ("李明", "王明"),
]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_twins_are_one_name(one: str, other: str) -> None:
    assert are_twins(one, other)
    assert are_twins(other, one)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert not are_twins(one, other)


def test_a_name_of_signs_alone_has_a_look() -> None:
    assert all(looks("—"))


def test_an_email_address_is_folded_by_case() -> None:
    assert folded_email(" Sara@Tehran.Example ") == "sara@tehran.example"
