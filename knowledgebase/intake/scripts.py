"""Which scripts the letters of a short text belong to: one a word, so that none passes for another (U3)."""

import unicodedata

from knowledgebase.intake.refusal import refusal, shown

_TOGETHER = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "BOPOMOFO": "CJK", "IDEOGRAPHIC": "CJK"}


def scripts_of(text: str) -> set[str]:
    """Return the scripts of a text's letters, by the first word of their Unicode names.

    Raises a refusal where a word mixes two.
    """
    found: set[str] = set()
    for word in text.split():
        of_word = _scripts(word)
        if len(of_word) > 1:
            raise refusal("mixed-scripts", value=shown(word))
        found |= of_word
    return found


def _scripts(word: str) -> set[str]:
    letters = (sign for sign in unicodedata.normalize("NFKC", word) if sign.isalpha())
    found = {unicodedata.name(sign, "UNKNOWN").partition(" ")[0].partition("-")[0] for sign in letters}
    return {_TOGETHER.get(script, script) for script in found}
