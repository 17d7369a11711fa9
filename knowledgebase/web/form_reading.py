"""What a browser sends of the form for cases: its fields as they were typed, and what the button asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from knowledgebase.intake.form_fields import PARTS, FormPart, Kind, field_of
from knowledgebase.web.form_words import GROUPS
from knowledgebase.web.forms import typed, typed_many, typed_number

_ACT = re.compile(r"([a-z-]+)(?::([a-z_]+(?:\.[a-z0-9_]+)?))?")
_PLACE_MAX = 3  # digits of the number of a row
_GROUPS = {group.key: group for group in GROUPS}


@dataclass(frozen=True, slots=True)
class Act:
    """What the pressed button says: "save", or with what it is about, "remove" of "sources.2"."""

    verb: str
    about: str = ""


def typed_fields() -> dict[str, str]:
    """Return the text of every field that the form knows; several ticks of one field are one list.

    Fields of other names are not read; empty ones are left out.
    """
    found: dict[str, str] = {}
    for name in request.form:
        one = field_of(name)
        if one is None:
            continue
        text = ",".join(typed_many(name)) if one.kind is Kind.TICKS else typed(name)[name]
        if text.strip():
            found[name] = text
        elif name == "body":  # the whole text stays one field, though nothing is in it
            found[name] = " "
    return found


def the_act() -> Act:
    """Return what the pressed button asks for; without one it is "save"."""
    found = _ACT.fullmatch(typed("do")["do"])
    return Act(found[1], found[2] or "") if found else Act("save")


def opened() -> tuple[str, ...]:
    """Return the groups that the page showed open, known ones only."""
    asked = [*request.args.getlist("open"), *typed_many("open")]
    return tuple(dict.fromkeys(key for key in asked if key in _GROUPS))


def expected() -> int:
    """Return the revision that the page was made from, 0 where it says none."""
    return typed_number("revision") or 0


def without(fields: Mapping[str, str], about: str) -> dict[str, str]:
    """Return the fields without a row, whose followers move up, or without a group."""
    key, _, place = about.partition(".")
    part = PARTS.get(key)
    if place.isdecimal() and len(place) <= _PLACE_MAX and part is not None and part.rows:
        return dict(_moved_up(fields, part, int(place)))
    group = _GROUPS.get(about)
    if group is None:
        return dict(fields)
    return {
        name: text
        for name, text in fields.items()
        if name not in group.names and name.partition(".")[0] not in group.parts
    }


def _moved_up(fields: Mapping[str, str], part: FormPart, gone: int) -> dict[str, str]:
    kept = {}
    for name, text in fields.items():
        first, _, rest = name.partition(".")
        place, _, inner = rest.partition(".")
        if first != part.key:
            kept[name] = text
        elif int(place) != gone:
            kept[f"{first}.{int(place) - (int(place) > gone)}.{inner}"] = text
    return kept
