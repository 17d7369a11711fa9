"""Which characters a text may hold, so that nothing invisible or broken reaches a page or a database."""

import re
import unicodedata
from collections.abc import Iterator

# C0 and C1 controls but tab and line feed, surrogates, and the 66 noncharacters of Unicode.
_PLANE_ENDS = "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_UNFIT = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANE_ENDS}]")

# Marks that turn or hide text: bidi embeddings, overrides, isolates, zero-width space, word joiner, BOM.
_HIDING = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]")

_BREAKS = re.compile("[ \t\n\r\f\v\u0085\u2028\u2029]+")  # no-break spaces are the writer's wish and stay
_JOINERS = re.compile("[\u200c\u200d\u200e\u200f]+")

_DIGITS = {
    **{ord("\u06f0") + digit: str(digit) for digit in range(10)},  # Persian
    **{ord("\u0660") + digit: str(digit) for digit in range(10)},  # Arabic
    ord("\u066b"): ".",  # Arabic decimal separator
    ord("\u2212"): "-",  # minus sign
}


def unfit(text: str) -> Iterator[tuple[int, str]]:
    """Yield position and name ("U+0007") of every character that no text may hold."""
    for found in _UNFIT.finditer(text):
        yield found.start(), code_point(found.group())


def first_unfit(text: str) -> str | None:
    """Return the name of the first character that no text may hold."""
    found = _UNFIT.search(text)
    return code_point(found.group()) if found else None


def first_hiding(text: str) -> str | None:
    """Return the name of the first character that may not stand in a title, name, tag or slug.

    The half-space (ZWNJ) and its twin ZWJ are letters' business and pass.
    """
    found = _HIDING.search(text)
    return code_point(found.group()) if found else None


def without_unfit(text: str) -> str:
    """Return the text without the characters that no text may hold."""
    return _UNFIT.sub("", text)


def one_line(text: str) -> str:
    """Return the text composed (NFC), on one line, with single spaces and none at its ends."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _BREAKS.sub(" ", text).strip()


def is_blank(text: str) -> bool:
    """Return whether nothing of the text would be seen."""
    return not text or not _JOINERS.sub("", text).strip()


def ascii_digits(text: str) -> str:
    """Return the text with Persian and Arabic digits, decimal separator and minus as in ASCII."""
    return text if text.isascii() else text.translate(_DIGITS)


def code_point(character: str) -> str:
    """Return the name of a character as charts give it, e.g. "U+202E"."""
    return f"U+{ord(character):04X}"
