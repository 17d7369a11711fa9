"""The form for cases: what was typed becomes the raw mapping that front matter gives, for the same gate."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from knowledgebase.domain.case import SUMMARY_MAX, Case
from knowledgebase.domain.draft import Typed
from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.intake.body import body_faults, citation_faults
from knowledgebase.intake.case import accept
from knowledgebase.intake.fields import LongName
from knowledgebase.intake.form_fields import BODY, BOXES, NOTE, SIMPLE, TOPICS
from knowledgebase.intake.form_rows import field_name, put_parts, typed_value
from knowledgebase.intake.form_text import text_of
from knowledgebase.intake.keys import Keys
from knowledgebase.intake.refusal import faults_of
from knowledgebase.intake.slug import slug_of
from knowledgebase.text.summary import summary_of

_OF_TEXT = re.compile(r"section\.\w+")


class NoteKeys(Keys):
    """What a revision says of itself."""

    note: LongName | None = None


def accept_form(
    typed: Typed,
    *,
    city: str,
    slug: str | None = None,
    today: date | None = None,
    concepts: Collection[str] | None = None,
) -> Case:
    """Turn what was typed into a Case, or refuse it naming every fault at once, each by its field.

    The gate is that of files. Without `slug` the title suggests one; an empty summary is made of the
    first sentences.
    Raises Invalid.
    """
    title = typed.fields.get("title", "")
    raw, faults = raw_of(typed)
    case: Case | None = None
    try:
        case = accept(
            raw,
            body_of(typed),
            city=city,
            slug=slug or slug_of(title),
            today=today,
            concepts=concepts,
        )
    except Invalid as refused:
        faults += _by_field(refused.faults, typed, len(raw.get("sources", ())))
    faults += _note_faults(typed)
    if faults or case is None:
        raise Invalid(_once(faults, typed))
    return case


def raw_of(typed: Typed) -> tuple[dict[str, Any], list[Fault]]:
    """Return the mapping that a file would have given, and what the form alone cannot put into one.

    What is kept beside the form stands unless the form says something in its place.
    """
    fields = typed.fields
    raw: dict[str, Any] = dict(typed.kept)
    for one in SIMPLE:
        if value := typed_value(one.kind, fields.get(one.name, "")):
            raw[one.name] = value
    if topics := [fields[name].strip() for name in TOPICS if fields.get(name, "").strip()]:
        raw["topics"] = topics
    faults = put_parts(raw, fields)
    if "summary" not in raw and (proposed := proposed_summary(typed)):
        raw["summary"] = proposed
    return raw, faults


def body_of(typed: Typed) -> str:
    """Return the text of the case that the form holds."""
    return text_of(typed.fields, typed.headings, typed.fields.get("language", "").strip())


def fullest_of(typed: Typed) -> str:
    """Return the field of the text that what is too much in the whole is most likely in."""
    boxes = {name: len(text) for name, text in typed.fields.items() if name.startswith("section.")}
    return BODY if BODY in typed.fields else max(boxes, key=boxes.__getitem__, default=f"section.{BOXES[0]}")


def proposed_summary(typed: Typed) -> str:
    """Return a summary of the first sentences of what was typed, empty where nothing is."""
    fields = typed.fields
    texts = [fields[BODY]] if BODY in fields else [fields.get(f"section.{key}", "") for key in BOXES]
    return summary_of(texts, SUMMARY_MAX)


def note_of(typed: Typed) -> str | None:
    """Return what the writer says has changed."""
    return " ".join(typed.fields.get(NOTE, "").split()) or None


def _note_faults(typed: Typed) -> list[Fault]:
    try:
        NoteKeys.model_validate({NOTE: note_of(typed)})
    except ValidationError as error:
        return faults_of(error, {})
    return []


def _by_field(faults: Iterable[Fault], typed: Typed, sources: int) -> Iterator[Fault]:
    """Yield faults of the gate with the names of the fields that have to be changed."""
    for fault in faults:
        if fault.key != BODY or BODY in typed.fields:
            yield replace(fault, key=field_name(fault.key, typed.fields))
        elif fault.code in ("missing-section", "empty-section"):
            yield Fault("required", f"section.{fault.values['section']}")
        elif fault.code not in ("control-character", "no-such-source"):
            yield replace(fault, key=fullest_of(typed))
    if BODY not in typed.fields:
        for name, text in typed.fields.items():
            if _OF_TEXT.fullmatch(name):
                for fault in (*body_faults(text, None), *citation_faults(text, sources, None)):
                    if fault.code != "too-large":
                        yield replace(fault, key=name)


def _once(faults: Iterable[Fault], typed: Typed) -> list[Fault]:
    """Return each fault once; of a summary that nobody typed the boxes are to blame."""
    is_made = not typed.fields.get("summary", "").strip()
    first: dict[tuple[str, str], Fault] = {}
    for fault in faults:
        if not (is_made and fault.key == "summary"):
            first.setdefault((fault.key, fault.code), fault)
    return list(first.values())
