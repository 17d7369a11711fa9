"""Which passwords are accepted, and that nothing of one is lost on the way."""

import unicodedata

import pytest

from knowledgebase.services import passwords
from tests.people import PASSWORD

pytestmark = pytest.mark.real_hashes

ABOUT = ["sara.ahmadi@water.example", "سارا احمدی", "Sara Ahmadi", "tehran"]


def codes(password: str) -> list[str]:
    return [fault.code for fault in passwords.faults_of(password, about=ABOUT)]


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "x9$kvT2#pLq8",  # twelve characters
        "نارنج کتری پنجره بلند",
        "orchid " * 18,  # 126 characters
        "🦔 hedgehogs ski",
        "Sara likes hedgehogs",  # a name is no fault where more stands beside it
        "  spaces count too ",
    ],
)
def test_an_unusual_password_is_accepted(password: str) -> None:
    assert codes(password) == []


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "P@ssw0rd2024!",
        "Qwertyuiop123",
        "123456789012",
        "aaaaaaaaaaaa",
        "ababababababab",
        "letmeinletmein",
        "correct horse battery staple",
        "iloveyou2025!",
        "Tehran-1403-Tehran",
        "Knowledge Exchange",
        "SaraAhmadi1365",
        "ahmadi.sara.1990",
        "سارا احمدی ۱۳۶۵",
        "سارا احمدي 1365",
        "رمز عبور ۱۲۳۴",
        "ضصثقفغعهخحجچ",
        "sara.ahmadi@water.example",
        "september2026",
    ],
)
def test_a_password_of_well_known_words_is_refused(password: str) -> None:
    assert codes(password) == ["password-guessable"]


@pytest.mark.parametrize(("length", "expected"), [(11, "password-too-short"), (129, "too-long")])
def test_the_length_is_that_of_the_composed_text(length: int, expected: str) -> None:
    text = ("xq" * 65)[: length - 1] + "é"

    assert codes(unicodedata.normalize("NFD", text)) == [expected]
    assert codes(unicodedata.normalize("NFC", text)) == [expected]


def test_half_a_character_is_refused() -> None:
    assert codes("orchid lantern \ud800") == ["control-character"]
    assert not passwords.is_right("orchid lantern \ud800", passwords.hash_of(PASSWORD))


def test_a_password_is_kept_by_argon2id_with_nineteen_mebibytes() -> None:
    assert passwords.hash_of(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_password_is_right_however_it_is_composed() -> None:
    kept = passwords.hash_of(unicodedata.normalize("NFD", "résumé of a hedgehog"))

    assert passwords.is_right(unicodedata.normalize("NFC", "résumé of a hedgehog"), kept)


def test_nothing_is_cut_off() -> None:
    long = "orchid lantern " * 8

    kept = passwords.hash_of(long)

    assert passwords.is_right(long, kept)
    assert not passwords.is_right(long[:-1], kept)
    assert not passwords.is_right(long + "x" * 100, kept)


@pytest.mark.parametrize("password", ["", PASSWORD, "x" * 1_000])
def test_where_there_is_no_account_nothing_is_right(password: str) -> None:
    assert not passwords.is_right(password, None)


def test_the_dummy_costs_what_a_password_costs() -> None:
    assert not passwords.is_outdated(passwords.NOBODYS)


def test_a_weaker_hash_is_outdated() -> None:
    weaker = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0$" + "A" * 43

    assert passwords.is_outdated(weaker)


def test_something_else_than_a_hash_is_never_right() -> None:
    assert not passwords.is_right(PASSWORD, "no hash")


def test_the_list_of_well_known_words_is_folded_and_has_some_hundred() -> None:
    words = passwords.common_words()

    assert len(words) > 200
    assert {"password", "qwertyuiop", "ضصثقفغعهخحجچ"} <= words
