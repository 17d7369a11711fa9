"""A case as the form shows it, so that what nobody changes comes back as the very same case."""

from collections.abc import Iterator, Mapping
from typing import Any

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.draft import Typed
from knowledgebase.intake.case_form import raw_of
from knowledgebase.intake.export import raw_case
from knowledgebase.intake.form_fields import KNOWN, PARTS, SIMPLE, TOPICS, WITHIN, FormPart, Kind
from knowledgebase.intake.form_text import boxes

_JOINED = {Kind.WORDS: ", ", Kind.TICKS: ",", Kind.LINES: "\n", Kind.NUMBERS: ", "}


def fill(case: Case) -> Typed:
    """Return the fields of the form for a case; keys without a field are kept beside it.

    So is a key that would not come back the same: a tag with a comma in it, a twenty-first translation.
    """
    raw = raw_case(case)
    text, headings = boxes(case.body, case.language)
    fields = dict(_fields(raw))
    back, _ = raw_of(Typed(fields))
    passed_by = {key for key in raw if key not in KNOWN or back.get(key) != raw[key]}
    fields = {name: value for name, value in fields.items() if _key_of(name) not in passed_by}
    return Typed(fields | text, {key: raw[key] for key in raw if key in passed_by}, headings)


def _key_of(name: str) -> str:
    first = name.partition(".")[0]
    return WITHIN.get(first, first)


def _fields(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for one in SIMPLE:
        if one.name in raw:
            yield one.name, _written(one.kind, raw[one.name])
    yield from zip(TOPICS, raw["topics"], strict=False)
    for part in PARTS.values():
        yield from _part(part, raw)


def begin(city: City, language: str) -> Typed:
    """Return the fields of a new case's form: its language, and the contact of its city."""
    contact = city.contact
    known = {"language": language}
    if contact:
        given = {"office": contact.office, "url": contact.url, "email": contact.email}
        known |= {f"contact.{name}": value for name, value in given.items() if value}
    return Typed(known)


def _part(part: FormPart, raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    outer = WITHIN.get(part.key)
    held: Any = raw.get(outer, {}).get(part.key) if outer else raw.get(part.key)
    if not held:
        return
    if part.key == "translations":
        held = [{"language": language, **one} for language, one in held.items()]
    rows = enumerate(held, start=1) if part.rows else [(0, held)]
    for place, row in rows:
        start = f"{part.key}.{place}" if part.rows else part.key
        for one in part.fields:
            if (value := _inner(row, one.name)) is not None:
                yield f"{start}.{one.name}", _written(one.kind, value)


def _inner(row: Any, name: str) -> Any:
    """Return what stands below a dotted name, None where nothing does."""
    for key in name.split("."):
        if not isinstance(row, Mapping) or key not in row:
            return None
        row = row[key]
    return row


def _written(kind: Kind, value: Any) -> str:
    if isinstance(value, list):
        return _JOINED[kind].join(value)
    if isinstance(value, Mapping):
        return f"{value['low']}\u2013{value['high']}"
    return str(value)
