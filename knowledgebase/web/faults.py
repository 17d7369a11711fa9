"""What is wrong with an input, in a sentence of the reader's language; pages and terminals say the same."""

import unicodedata
from collections.abc import Callable, Mapping

from knowledgebase.domain.errors import Fault
from knowledgebase.text import lists
from knowledgebase.web import fmt
from knowledgebase.web.fault_sentences import LIMITS, LISTS, OTHERWISE, SENTENCES
from knowledgebase.web.messages import wording

GROUPED_FROM = 10_000  # below it a number may be a year and gets no separators
MISSING = "…"  # stands for a value that a fault forgot
UNSEEN = "\ufffd"  # stands for a sign that would hide or turn the rest of the sentence
_KEPT = "\u200c\u200d"  # half-space and its twin

Words = Callable[[str], str]


class _Values(dict[str, str]):
    """Placeholders of one sentence; one that was forgotten never breaks it."""

    def __missing__(self, name: str) -> str:
        return MISSING


def sentence(fault: Fault, language: str) -> str:
    """Return what is wrong and what to do, as plain text without the place; needs no request.

    A code that nobody has worded is named as it is.
    """
    words: Words = wording(language).gettext
    message = SENTENCES.get(fault.code)
    if message is None:
        return words(OTHERWISE) % {"code": fault.code}
    shown = {name: _shown(name, value, language, words) for name, value in fault.values.items()}
    return words(message) % _Values(shown)


def _shown(name: str, value: str | int, language: str, words: Words) -> str:
    """Return one placeholder as it stands in the sentence."""
    if isinstance(value, int):
        is_grouped = abs(value) >= GROUPED_FROM
        return fmt.number(value, language) if is_grouped else fmt.in_digits(value, language)
    if name == "section" and value in lists.section_keys():
        return lists.section_label(value, language)
    known: Mapping[str, str] = {"limit": LIMITS, "list": LISTS}.get(name, {})
    if value in known:
        return words(known[value])
    return fmt.in_digits(value, language) if name == "sum" else _visible(value)


def _visible(text: str) -> str:
    """Return a repeated value with every control and formatting sign replaced, so that it harms no line."""
    return "".join(
        UNSEEN if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and sign not in _KEPT else sign
        for sign in text
    )
