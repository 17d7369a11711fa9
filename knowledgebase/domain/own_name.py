"""Whether a name written in a case is the city's own: that of the city or of its administration."""

import re
import unicodedata
from collections.abc import Iterable

_LETTERS = str.maketrans(
    {"\u064a": "\u06cc", "\u0649": "\u06cc", "\u0643": "\u06a9", "\u0629": "\u0647", "\u200c": " "}
)
_WORD = re.compile(r"[^\W_]+")
_SEAM = re.compile(r"[,;:/|()\[\]\u060c\u061b\u2013\u2014]")  # between the parts of a name
_GLUED = ("市", "市政府", "市役所", "都", "府", "시", "시청")  # say "city" or "city hall" at a name's end


def is_own_name(text: str, *, names: Iterable[str], administrations: Iterable[str]) -> bool:
    """Return whether a text surely names the city; `names` and `administrations` are those of all languages.

    It does when the words of an official name of the administration stand in it, or when beside a name
    of the city there is nothing but words that every administration bears («شهرداری», "Municipality of").
    Everything else is somebody else's name: "University of Tehran", "The Tehran Times".
    """
    words = _words(text)
    if any(_place(words, _words(name)) is not None for name in administrations):
        return True
    called = [_words(form) for name in names for form in (name, *(name + end for end in _GLUED))]
    if _is_called(words, called, _ADMINISTRATION | _CITY, may_be_bare=True):
        return True
    parts = [_words(part) for part in _SEAM.split(text)]
    return any(_is_called(part, called, _ADMINISTRATION, may_be_bare=False) for part in parts)


def _is_called(
    words: list[str], names: Iterable[list[str]], telling: frozenset[str], *, may_be_bare: bool
) -> bool:
    """Return whether the words are a name of the city and words of an administration, one of them telling."""
    for name in names:
        at = _place(words, name)
        if at is None:
            continue
        beside = {*words[:at], *words[at + len(name) :]}
        if beside <= _ADMINISTRATION | _CITY | _BESIDE and (beside & telling or (may_be_bare and not beside)):
            return True
    return False


def _words(text: str) -> list[str]:
    """Return the words of a text without case, accents and vowel signs."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold())
    bare = "".join(sign for sign in decomposed if unicodedata.category(sign) != "Mn")
    return _WORD.findall(bare.translate(_LETTERS))


def _place(words: list[str], sought: list[str]) -> int | None:
    """Return where the sought words stand in a row, None where they do not."""
    if not sought:
        return None
    ends = range(len(words) - len(sought) + 1)
    return next((at for at in ends if words[at : at + len(sought)] == sought), None)


def _all(words: str) -> frozenset[str]:
    return frozenset(_words(words))


_ADMINISTRATION = _all(  # fa, en, ar, fr, es, and neighbours that many cities write
    "شهرداری شورای شورا دهیاری "
    "municipality municipal municipalities council corporation mayor mayoralty "
    "بلدية أمانة مجلس "
    "mairie municipalité commune municipale "
    "ayuntamiento municipalidad alcaldía alcaldia municipio intendencia "
    "prefeitura câmara belediyesi belediye gemeente kommune stadtverwaltung magistrat comune ajuntament "
    "concello hokimligi khokimiyat"
)
_CITY = _all("شهر کلان\u200cشهر city town ville مدينة ciudad cidade stadt città ciutat")
_BESIDE = _all(
    "بزرگ اسلامی دولت اداره "
    "the of s greater metropolitan government administration authority hall office "
    "الكبرى "
    "la le les de du des d l métropole métropolitaine "
    "el los las del metropolitana metropolitano mayor gobierno büyükşehir der do da di"
)
