"""Addresses of cases and cities: what may stand in one, and the address a title suggests."""

import re
import unicodedata

from knowledgebase.domain.errors import NotFound

SLUG_MAX = 60  # characters
CITY_LEAST, CITY_MOST = 2, 40  # characters
CASE_OF_SCRIPTLESS = "case"  # slug of a title without any letter or digit

_CITY_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PERSIAN = str.maketrans({"\u064a": "\u06cc", "\u0649": "\u06cc", "\u0643": "\u06a9", "\u0640": None})
_SILENT = str.maketrans(dict.fromkeys("'\u2019\u02bc`"))
_MARKS_OF_ARABIC = re.compile("[\u064b-\u0652\u0670]")


def is_city_id(text: str) -> bool:
    """Return whether the text is the id of a city: 2..40 of a-z, 0-9 and inner hyphens."""
    return CITY_LEAST <= len(text) <= CITY_MOST and bool(_CITY_ID.fullmatch(text))


def city_id_of(name: str) -> str:
    """Return the id that a city's name in English suggests; empty when it has no Latin letter."""
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", latin.translate(_SILENT)).strip("-")[:CITY_MOST].strip("-")


def is_slug(text: str) -> bool:
    """Return whether the text is a slug.

    Letters with their marks and digits of any script, composed (NFC), with single hyphens between them,
    at most 60 characters. Capitals stay as they are written.
    """
    if not 0 < len(text) <= SLUG_MAX or not unicodedata.is_normalized("NFC", text):
        return False
    words = text.split("-")
    return all(word and not _is_mark(word[0]) and all(_belongs(sign) for sign in word) for word in words)


def case_id_of(city: str, slug: str) -> str:
    """Return the id that the two parts of an address mean. Raises NotFound for what cannot be an id."""
    if not (is_city_id(city) and is_slug(slug)):
        raise NotFound(f"{city}/{slug}")
    return f"{city}/{slug}"


def slug_of(title: str) -> str:
    """Return the slug that a title suggests, in small letters of the title's own script, never empty.

    Persian spelling of yeh and kaf, no vowel signs, no tatweel; cut at a word's end where there is one.
    """
    text = unicodedata.normalize("NFC", title).translate(_PERSIAN).translate(_SILENT)
    text = unicodedata.normalize("NFC", _MARKS_OF_ARABIC.sub("", text).lower())
    words = "".join(sign if _belongs(sign) else " " for sign in text).split()
    slug = ""
    for word in (word.lstrip("".join(sign for sign in word if _is_mark(sign))) for word in words):
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > SLUG_MAX:
            break
        slug = longer
    slug = slug or "".join(words)[:SLUG_MAX]
    return slug if is_slug(slug) else CASE_OF_SCRIPTLESS


def _belongs(sign: str) -> bool:
    return unicodedata.category(sign) in _KEPT and sign != "\u0640"


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")


_KEPT = frozenset({"Ll", "Lu", "Lt", "Lo", "Lm", "Mn", "Mc", "Nd"})
