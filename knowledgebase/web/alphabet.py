"""Names in the order in which a reader of the language looks for them, and the letters they begin with."""

import unicodedata
from functools import lru_cache

# The letters of Persian in their order; code points would put pe, che, zhe, gaf and ye at the end.
_PERSIAN = (
    "\u0621\u0622\u0627\u0628\u067e\u062a\u062b\u062c\u0686\u062d\u062e\u062f\u0630\u0631\u0632\u0698\u0633\u0634"
    "\u0635\u0636\u0637\u0638\u0639\u063a\u0641\u0642\u06a9\u06af\u0644\u0645\u0646\u0648\u0647\u06cc"
)
_AS_PERSIAN = str.maketrans(
    {
        "\u0623": "\u0627",  # alef with hamza above and below, alef wasla
        "\u0625": "\u0627",
        "\u0671": "\u0627",
        "\u0624": "\u0648",  # waw and ye with hamza
        "\u0626": "\u06cc",
        "\u064a": "\u06cc",  # Arabic ye, alef maksura and kaf
        "\u0649": "\u06cc",
        "\u0643": "\u06a9",
        "\u0629": "\u0647",  # te marbuta
        "\u06c0": "\u0647",  # he with hamza
        "\u200c": " ",  # the half-space parts words as a space does
    }
)
_RANK = {letter: chr(0xE000 + at) for at, letter in enumerate(_PERSIAN)}  # behind Latin letters, in order
_LAST = "\uf8ff"  # before a letter of another script it puts that one behind all of these


def _bare(text: str) -> str:
    """Return the text in small letters without accents and vowel signs."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _letters(text: str, language: str) -> str:
    whole = unicodedata.normalize("NFC", text.casefold()).translate(_AS_PERSIAN)
    if language != "fa":
        return _bare(whole)
    return "".join(sign if sign in _RANK else _bare(sign) for sign in whole)


@lru_cache(maxsize=4096)
def order(name: str, language: str) -> tuple[str, str]:
    """Return the key by which a list of names in a language is sorted; equal ones go by spelling.

    Persian letters go by the Persian alphabet in every language: before all others in Persian, else behind.
    """
    letters = _letters(name, language)
    other = _LAST if language == "fa" else ""
    ranks = (_rank(letter, other) for letter in letters if letter.isalnum() or letter == " ")
    return "".join(ranks), name


def _rank(letter: str, other: str) -> str:
    return _RANK.get(letter) or (other + letter if letter.isalpha() else letter)


@lru_cache(maxsize=4096)
def initial(name: str, language: str) -> str:
    """Return the letter under which an index keeps a name, in capitals where the script has them."""
    letters = _letters(name, language)
    return next((letter.upper() for letter in letters if letter.isalnum()), "#")
