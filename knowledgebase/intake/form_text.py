"""A case's text as boxes, one a section, and the boxes as one text again."""

import re
from collections.abc import Mapping, Sequence

from knowledgebase.intake.body import headings
from knowledgebase.intake.form_fields import BODY, FREE
from knowledgebase.text.lists import section_key, section_keys, section_label

Headings = Sequence[tuple[str, str]]  # section and its heading as it is written, in order

_EMPTY_LINES = re.compile(r"\A(?:[ \t]*\n)+")


def boxes(body: str, language: str) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Return a text by fields, and the headings of its sections as they are written, in their order.

    Sections of the format come first, each once; from the first other one on everything is one free
    field. A text of another shape, or one that would not come back letter by letter, is one field.
    """
    lines = body.split("\n")
    found = [one for one in headings(body) if one[1] <= 2]
    fields: dict[str, str] = {}
    order: list[tuple[str, str]] = []
    for at, (line, level, text, first) in enumerate(found):
        key = section_key(text, language) if level == 2 else None
        if key is None or f"section.{key}" in fields:
            fields[f"section.{FREE}"] = "\n".join(lines[line:])
            break
        end = found[at + 1][0] if at + 1 < len(found) else len(lines)
        begin = next((place for place in range(first, end) if lines[place].strip()), end)
        fields[f"section.{key}"] = _trimmed("\n".join(lines[begin:end]))
        order.append((key, "\n".join([*lines[line:begin], ""])))
    written = tuple(order)
    if text_of(fields, written, language) == body:
        return {name: text for name, text in fields.items() if text}, written
    return {BODY: body}, ()


def text_of(fields: Mapping[str, str], known: Headings, language: str) -> str:
    """Return the text that the boxes make: a heading and what was typed below it, empty ones left out.

    `known` are headings that the text had before; a new section comes where the format has it.
    """
    if BODY in fields:
        return fields[BODY]
    written = dict(known)
    parts = []
    for key in _order(fields, [key for key, _ in known]):
        heading = written.get(key) or f"## {section_label(key, language)}\n\n"
        parts.append(heading + _trimmed(fields[f"section.{key}"]))
    free = _trimmed(fields.get(f"section.{FREE}", ""))
    return "\n\n".join([*parts, free] if free else parts)


def _order(fields: Mapping[str, str], known: list[str]) -> list[str]:
    """Return the sections with a text, those of before in their order, new ones at their place."""
    order = list(known)
    every = section_keys()
    for at, key in enumerate(every):
        if key not in order:
            before = [order.index(one) for one in every[:at] if one in order]
            order.insert(max(before, default=-1) + 1, key)
    return [key for key in order if fields.get(f"section.{key}", "").strip()]


def _trimmed(text: str) -> str:
    return _EMPTY_LINES.sub("", text.replace("\r\n", "\n") + "\n").rstrip(" \t\n")
