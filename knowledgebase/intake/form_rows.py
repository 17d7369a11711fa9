"""Parts of the form as the maps and lists of the format, and the fields that a fault of these belongs to."""

import re
from collections.abc import Mapping
from typing import Any

from knowledgebase.domain.errors import Fault
from knowledgebase.intake.form_fields import PARTS, TOPICS, WITHIN, FormPart, Kind, row_names, rows_of
from knowledgebase.intake.refusal import shown

Fields = Mapping[str, str]

_BETWEEN_WORDS = re.compile("[,\u060c;\u061b\n]")
_DIGIT = "[0-9\u06f0-\u06f9\u0660-\u0669]"
_NUMBER = rf"[+-]?{_DIGIT}+(?:[.\u066b\u066c]{_DIGIT}+)*"
_RANGE = re.compile(rf"\s*({_NUMBER})\s*(?:-|\u2013|\u2014|\.\.|to|\u062a\u0627)\s*({_NUMBER})\s*")


def typed_value(kind: Kind, text: str) -> Any:
    """Return what a field stands for in front matter, None for an empty one."""
    if not text.strip():
        return None
    if kind in (Kind.WORDS, Kind.TICKS):
        return [word for word in map(str.strip, _BETWEEN_WORDS.split(text)) if word]
    if kind is Kind.LINES:
        return [line for line in map(str.strip, text.splitlines()) if line]
    if kind is Kind.NUMBERS:
        return re.sub("[\\[\\],\u060c;]", " ", text).split()
    if kind is Kind.AMOUNT and (ends := _RANGE.fullmatch(text)):
        return {"low": ends[1], "high": ends[2]}
    return text


def rows_in(part: FormPart, fields: Fields) -> list[tuple[int, dict[str, Any]]]:
    """Return the rows of a part with their places; empty rows are left out.

    Of the sources only those behind the last full one are: the text cites them by their places.
    """
    last = rows_of(fields, part.key)
    rows = [(place, _row(part, place, fields)) for place in range(1, last + 1)]
    return [(place, row) for place, row in rows if row or part.key == "sources"]


def put_parts(raw: dict[str, Any], fields: Fields) -> list[Fault]:
    """Write all parts into a raw mapping; return what the form alone cannot put into one."""
    faults: list[Fault] = []
    for part in PARTS.values():
        if not part.rows:
            value: Any = _row(part, 0, fields)
        elif part.key == "translations":
            value, faults = _translations(rows_in(part, fields))
        else:
            value = [row for _, row in rows_in(part, fields)]
        if value and (outer := WITHIN.get(part.key)):
            raw[outer] = {**raw.get(outer, {}), part.key: value}
        elif value:
            raw[part.key] = value
    return faults


def _row(part: FormPart, place: int, fields: Fields) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for one, name in zip(part.fields, row_names(part, place), strict=True):
        value = typed_value(one.kind, fields.get(name, ""))
        if value is not None:
            *outer, last = one.name.split(".")
            inner = row
            for key in outer:
                inner = inner.setdefault(key, {})
            inner[last] = value
    return row


def _translations(rows: list[tuple[int, dict[str, Any]]]) -> tuple[dict[str, Any], list[Fault]]:
    """Return rows by their language; a row without one, or with one that was there, is a fault."""
    by_language: dict[str, Any] = {}
    faults = []
    for place, row in rows:
        language = str(row.pop("language", "")).strip()
        if not language:
            faults.append(Fault("required", f"translations.{place}.language"))
        elif language in by_language:
            values = {"value": shown(language)}
            faults.append(Fault("twice", f"translations.{place}.language", values=values))
        else:
            by_language[language] = row
    return by_language, faults


def field_name(key: str, fields: Fields) -> str:
    """Return the field that a key of the gate stands for; the gate's lists have no empty rows."""
    first, _, rest = key.partition(".")
    if first == "topics":
        filled = [name for name in TOPICS if fields.get(name, "").strip()]
        return filled[int(rest) - 1] if rest.isdigit() and 0 < int(rest) <= len(filled) else TOPICS[0]
    inner = next((one for one, outer in WITHIN.items() if key.startswith(f"{outer}.{one}")), None)
    if inner:
        first, rest = inner, rest[len(inner) + 1 :]
    part = PARTS.get(first)
    if part is None:
        return first
    if not part.rows:
        return f"{first}.{_known(part, rest)}"
    place, _, rest = rest.partition(".")
    return f"{first}.{_place(part, place, fields)}.{_known(part, rest)}"


def _known(part: FormPart, rest: str) -> str:
    """Return the field of a part that a key below it names, or the first one."""
    names = {one.name for one in part.fields}
    while rest and rest not in names:
        nearer = rest.rpartition(".")[0]
        rest = nearer or next((name for name in names if name.startswith(f"{rest}.")), "")
    return rest or part.fields[0].name


def _place(part: FormPart, named: str, fields: Fields) -> int:
    rows = rows_in(part, fields)
    if part.key == "translations":
        return next((place for place, row in rows if str(row.get("language", "")).strip() == named), 1)
    if named.isdigit() and 0 < int(named) <= len(rows):
        return rows[int(named) - 1][0]
    return 1
