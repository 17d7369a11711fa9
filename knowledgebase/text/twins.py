"""Names that look alike: what a reader would take for the same name has the same look.

`fold` of normalize.py knows letters that are the same in Persian and Arabic spelling; this adds letters
of other scripts that are drawn alike. Capital and small letters are alike to different ones (Greek Nu is
drawn as N when capital and as v when small), so each name has a capital and a small look.
"""

import unicodedata

from knowledgebase.text.normalize import fold

_ALWAYS = {  # drawn alike in both cases, after folding: Cyrillic, Greek, other Latin, digits
    "a": "\u0430\u03b1\u0251",
    "c": "\u0441\u03f2",
    "d": "\u0501",
    "e": "\u0435\u0454\u212e",
    "g": "\u0261\u050d",
    "h": "\u04bb\u0570",
    "i": "\u0131\u0456\u03b9l1|\u04cf\u01c0",  # i, l and 1 pass for one another
    "j": "\u0458\u03f3",
    "k": "\u043a\u03ba",
    "o": "\u043e\u03bf0\u0585",
    "p": "\u0440\u03c1",
    "q": "\u051b",
    "s": "\u0455",
    "w": "\u051d",
    "x": "\u0445\u03c7",
    "y": "\u0443\u04af",
    "\u0647": "\u06be",  # heh with two eyes
}
_SMALL = {
    "b": "\u044c",
    "n": "\u03b7\u043f",
    "r": "\u0433",
    "t": "\u03c4\u0442",
    "u": "\u03c5",
    "v": "\u03bd",
}
_CAPITAL = {
    "b": "\u0432\u03b2",
    "e": "\u03b5",
    "h": "\u043d\u03b7",
    "m": "\u043c\u03bc",
    "n": "\u03bd",
    "t": "\u0442\u03c4",
    "y": "\u03c5\u0443",
    "z": "\u03b6",
}


def _table(*drawn: dict[str, str]) -> dict[int, str]:
    return {ord(twin): letter for look in drawn for letter, twins in look.items() for twin in twins}


_LOOKS = (_table(_ALWAYS, _SMALL), _table(_ALWAYS, _CAPITAL))


def looks(name: str) -> frozenset[str]:
    """Return the looks of a name; two names that share one would be taken for each other.

    Case, spaces, half-spaces, marks and signs between letters do not tell names apart. A name without any
    letter or digit has its folded form as its look.
    """
    folded = fold(name)
    bare = "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LN" or sign == "|")
    return frozenset((bare or folded).translate(table) for table in _LOOKS)


def are_twins(one: str, other: str) -> bool:
    """Say whether two names would be taken for each other."""
    return not looks(one).isdisjoint(looks(other))


def folded_email(address: str) -> str:
    """Return the key of an e-mail address: two spellings of it that differ in case are one account."""
    return unicodedata.normalize("NFKC", address.strip()).casefold()
