"""The words of a text with the form in which they are shown, for the word list."""

from collections.abc import Iterable

from knowledgebase.text.analysis import words_of


def forms(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return every token of these texts, given as text and language, with a shown form.

    A stem that no text spells is there too, with an empty form: it is known, but never suggested.
    """
    shown: dict[str, str] = {}
    for text, language in texts:
        for word, spelled in {spelled.word: spelled for spelled in words_of(text, language)}.items():
            for token in spelled.stems:
                shown.setdefault(token, "")
            shown[spelled.exact] = word
    shown.pop("", None)
    return shown
