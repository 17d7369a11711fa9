"""Passwords: which ones are accepted, how they are kept, and how one is compared with what is kept."""

import unicodedata
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from knowledgebase.domain.errors import Fault
from knowledgebase.text.normalize import fold

LEAST, MOST = 12, 128  # characters, composed (NFC)
WORDS = Path(__file__).parent.parent / "data" / "common_passwords.txt"
_WORD_LEAST = 2  # letters of a word of a name or an address that counts
_SIGNS_FOR_LETTERS = str.maketrans("013457@$!|", "oieastasii")
# Compared where there is no account, so that it takes as long: the hash of a random text nobody kept.
NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$1pOniR7Wz4YJltB6YrIN6g$N8tT6H7ZB04KXB0D8A1193UhaHXvYgtRP1yqSMnkwJA"
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # argon2id, 19 MiB


def faults_of(password: str, *, about: Iterable[str] = ()) -> tuple[Fault, ...]:
    """Return what is wrong with a new password; `about` are the person's names, address and city.

    Any letters and signs are accepted and nothing is cut off. What is refused as easily guessed consists of
    nothing but well-known words, words of `about`, digits and signs.
    """
    try:
        composed = _composed(password)
    except UnicodeEncodeError:
        return (Fault("control-character", "password", values={"character": "U+D800"}),)
    if len(composed) < LEAST:
        return (Fault("password-too-short", "password", values={"least": LEAST, "length": len(composed)}),)
    if len(composed) > MOST:
        return (Fault("too-long", "password", values={"most": MOST, "length": len(composed)}),)
    own = {_letters(word) for text in about for word in _words(text)}
    if _is_guessable(composed, common_words() | {word for word in own if len(word) >= _WORD_LEAST}):
        return (Fault("password-guessable", "password"),)
    return ()


def hash_of(password: str) -> str:
    """Return how an accepted password is kept; takes some 80 ms by intention."""
    return _hasher.hash(_composed(password))


def is_right(password: str, kept: str | None) -> bool:
    """Say whether a password is the one that is kept; without one it takes as long and nothing is right."""
    try:
        composed = _composed(password)
    except UnicodeEncodeError:
        composed = ""
    if len(composed) > MOST:
        composed = ""
    try:
        _hasher.verify(kept or NOBODYS, composed)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Say whether a hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(kept)


@cache
def common_words() -> frozenset[str]:
    """Return the well-known words that no password may wholly consist of, folded."""
    lines = (line.partition("#")[0] for line in WORDS.read_text(encoding="utf-8").splitlines())
    return frozenset(_letters(word) for line in lines for word in line.split())


def _composed(password: str) -> str:
    """Return the password composed. Raises UnicodeEncodeError when it holds half a character."""
    composed = unicodedata.normalize("NFC", password)
    composed.encode()
    return composed


def _words(text: str) -> list[str]:
    """Return the words of a name or an address, and the whole of it."""
    apart = "".join(sign if sign.isalnum() else " " for sign in fold(text)).split()
    return [*apart, text]


def _letters(text: str) -> str:
    return "".join(sign for sign in fold(text) if sign.isalpha())


def _is_guessable(password: str, words: Collection[str]) -> bool:
    """Say whether a password has few different signs, or is made of these words, digits and signs alone."""
    folded = fold(password)
    if len(set(folded)) < 4:
        return True
    inner = folded.strip("".join(sign for sign in set(folded) if not sign.isalpha()))
    return any(_is_made_of(_letters(text), words) for text in (folded, inner.translate(_SIGNS_FOR_LETTERS)))


def _is_made_of(text: str, words: Collection[str]) -> bool:
    """Say whether a text is a row of these words, nothing between them; an empty one is."""
    lengths = sorted({len(word) for word in words if word})
    reached = [True] + [False] * len(text)
    for end in range(1, len(text) + 1):
        reached[end] = any(
            length <= end and reached[end - length] and text[end - length : end] in words
            for length in lengths
        )
    return reached[-1]
