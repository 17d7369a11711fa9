"""Where words begin and end, in any script."""

import re
import unicodedata
from dataclasses import dataclass

_BIGRAM_RANGES = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Myanmar, Khmer
    "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f"  # Hangul letters, kana
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"  # Han, Hangul
)


def _marks() -> str:
    """Return the combining marks as ranges of a character class that a pattern for letters leaves out."""
    points = [point for point in range(0x300, 0xAC00) if unicodedata.category(chr(point)) in {"Mn", "Mc"}]
    ranges: list[list[int]] = []
    for point in points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_JOINERS = "\u200c\u200d\u00ad\u0640"  # ZWNJ, ZWJ, soft hyphen, tatweel: inside words only
_LETTER = rf"[^\W_{_BIGRAM_RANGES}]"
_INSIDE = rf"[{_marks()}{_JOINERS}]"
_SPACELESS = rf"[{_BIGRAM_RANGES}]+"
# Letters with marks behind them, by whole runs and without a way back: half the time of one letter at a time.
_LETTERS = rf"{_LETTER}++(?:{_INSIDE}++{_LETTER}*+)*+"
# a word, with the decimal point of "PM2.5" kept inside
WORD = re.compile(rf"{_LETTERS}(?:(?<=\d)[.,\u066b\u066c](?=\d){_LETTERS})*+|{_SPACELESS}")
_ASCII_WORD = re.compile(
    r"[0-9A-Za-z]++(?:(?<=[0-9])[.,](?=[0-9])[0-9A-Za-z]++)*+"
)  # the same where it is all
SPACELESS = re.compile(_SPACELESS)
FIRST_SPACELESS = _BIGRAM_RANGES[0]  # no script without spaces has a letter before it


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text as it is spelled there."""

    text: str
    start: int  # index of its first character
    end: int  # index after its last character


def _bigrams(run: str, start: int) -> list[Token]:
    if len(run) == 1:
        return [Token(run, start, start + 1)]
    return [Token(run[at : at + 2], start + at, start + at + 2) for at in range(len(run) - 1)]


def tokens(text: str) -> list[Token]:
    """Return the words of a text in order; scripts without spaces give overlapping pairs of letters."""
    found: list[Token] = []
    for match in WORD.finditer(text):
        word = match.group()
        if SPACELESS.match(word):
            found.extend(_bigrams(word, match.start()))
        else:
            found.append(Token(word, match.start(), match.end()))
    return found


def spellings(text: str) -> list[str]:
    """Return the words of a text in order without their places; faster than `tokens`."""
    if text.isascii():
        return _ASCII_WORD.findall(text)
    words: list[str] = WORD.findall(text)
    if max(words, default="") < FIRST_SPACELESS or SPACELESS.search(text) is None:
        return words
    return [token.text for token in tokens(text)]
