"""A summary to begin with, taken from the first sentences of a text."""

import re
from collections.abc import Iterable

_SKIPPED = re.compile(r"\s*(?:#{1,6}\s|\||```|~~~)")
_MARKER = re.compile(r"\s*(?:[-*+>]|\d{1,3}[.)])\s+")  # of an entry of a list, or a quotation
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_CITATION = re.compile(r"\s?\[\d{1,3}(?:\s?[,\u060c]\s?\d{1,3})*\]")
_MARKS = re.compile(r"[*`]+|(?<!\w)_+|_+(?!\w)")
_END = re.compile(r"(?<=[.!?\u061f\u06d4\u3002\u2026])\s+")


def summary_of(texts: Iterable[str], most: int) -> str:
    """Return the first sentence of each text on one line, as many as fit into `most` characters.

    Marks of Markdown and citations go; of a first sentence that is too long the beginning stays.
    """
    found = ""
    for sentence in filter(None, map(_first_sentence, texts)):
        longer = f"{found} {sentence}".strip()
        if len(longer) <= most:
            found = longer
        elif not found:
            found = sentence[: most - 1].rsplit(" ", 1)[0] + "…"
    return found


def _first_sentence(text: str) -> str:
    lines: list[str] = []
    for line in text.splitlines():
        marker = _MARKER.match(line)
        if not line.strip() or _SKIPPED.match(line) or (marker and lines):
            if lines:
                break
            continue
        lines.append(line[marker.end() :] if marker else line)
    plain = _MARKS.sub("", _CITATION.sub("", _LINK.sub(r"\1", " ".join(lines))))
    return _END.split(" ".join(plain.split()), maxsplit=1)[0]
