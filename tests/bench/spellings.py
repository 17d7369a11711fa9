"""One question in the spellings that different keyboards and hands give it, and with a slip of the hand."""

import random
from collections.abc import Callable, Mapping

from knowledgebase.text.tokens import tokens

ZWNJ = "\u200c"
TYPO_LEAST = 4  # letters of a word that gets one
_PLURALS = ("\u0647\u0627", "\u0647\u0627\u06cc", "\u0647\u0627\u06cc\u06cc")
_DIGITS = {"Persian": "\u06f0", "Arabic": "\u0660", "Latin": "0"}  # zero of each
_ARABIC = str.maketrans({"\u06cc": "\u064a", "\u06a9": "\u0643"})  # yeh and kaf of an Arabic keyboard


def _digits(zero: str) -> Callable[[str], str]:
    table = {ord(other) + digit: chr(ord(zero) + digit) for other in _DIGITS.values() for digit in range(10)}
    return lambda text: text.translate(table)


def _plurals(between: str) -> Callable[[str], str]:
    def respell(text: str) -> str:
        return " ".join(_replural(word, between) for word in text.split(" "))

    return respell


def _replural(word: str, between: str) -> str:
    stem, _, end = word.rpartition(ZWNJ)
    return f"{stem}{between}{end}" if stem and end in _PLURALS else word


# what must find the same in the same order
SAME: Mapping[str, Callable[[str], str]] = {
    "Arabic yeh and kaf": lambda text: text.translate(_ARABIC),
    **{f"{name} digits": _digits(zero) for name, zero in _DIGITS.items()},
}
# what must find nearly the same
ALIKE: Mapping[str, Callable[[str], str]] = {
    "half-spaces left out": lambda text: text.replace(ZWNJ, ""),
    "half-spaces as spaces": lambda text: text.replace(ZWNJ, " "),
    "plurals joined": _plurals(""),
    "plurals apart": _plurals(" "),
}


def with_slip(text: str, chance: random.Random) -> str | None:
    """Return a text with one letter of one word left out, added, changed or swapped with the next.

    None where no word is long enough. Words of scripts without spaces are pairs of letters, thus too short.
    """
    words = [word for word in tokens(text) if len(word.text) >= TYPO_LEAST and word.text.isalpha()]
    if not words:
        return None
    word = chance.choice(words)
    wrong = word.text
    while wrong == word.text:
        wrong = _slipped(word.text, chance)
    return text[: word.start] + wrong + text[word.end :]


def _slipped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    letter = chance.choice(word)  # of the same script
    match chance.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + letter + word[at:]
        case 2:
            return word[:at] + letter + word[at + 1 :]
        case _:
            return word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
