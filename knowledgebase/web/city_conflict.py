"""Two people saved the same city: each part that differs stands beside itself, to be chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from flask import request

from knowledgebase.domain.difference import Difference, Fields, Side, differences
from knowledgebase.domain.query import Piece
from knowledgebase.intake.city_fields import HAZARDS
from knowledgebase.text.differing import differing
from knowledgebase.web.city_form_fields import PARTS
from knowledgebase.web.city_form_parts import labels_of, offered
from knowledgebase.web.messages import wording
from knowledgebase.web.problems import later

CHOICE = "take"  # prefix of the fields that say whose part is taken
# The form has these keys in several fields, so that none of its labels is the name of the whole.
_WHOLE = {
    "name": later("Names"),
    "administration": later("Administration"),
    "location": later("Location"),
    "population": later("Residents"),
    "contact": later("Contact"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One part that differs."""

    field: str  # name of the radio buttons
    title: str
    mine: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    chosen: str  # "mine", "theirs", or "" where both changed it


def choices(before: Fields | None, mine: Fields, theirs: Fields, language: str) -> tuple[Choice, ...]:
    """Return every part in which what is typed differs from what was saved meanwhile."""
    found = differences(before, mine, theirs)
    return tuple(_choice(one, language) for one in found)


def chosen() -> dict[str, Side]:
    """Return whose parts the request takes."""
    start = f"{CHOICE}."
    return {
        name.removeprefix(start): Side(value)
        for name, value in request.form.items()
        if name.startswith(start) and value in set(Side)
    }


def _choice(one: Difference, language: str) -> Choice:
    title = _title(one, language)
    mine, theirs = differing(_told(one.mine, title, language), _told(one.theirs, title, language))
    return Choice(f"{CHOICE}.{one.part}", title, mine, theirs, one.changed or "")


def _title(one: Difference, language: str) -> str:
    words = wording(language).gettext
    if one.part in _WHOLE:
        return words(_WHOLE[one.part])
    first = next(iter(one.mine or one.theirs))
    _, alone = labels_of({first: ""}, language)
    return alone.get(one.part) or alone.get(first, one.part)


def _told(fields: Mapping[str, str], title: str, language: str) -> str:
    """Return the fields of a part as lines of a text; one field alone is its own text."""
    _, alone = labels_of(fields, language)
    kinds = _kinds()
    lines = []
    for name, text in fields.items():
        first, _, last = name.partition(".")
        kind = kinds.get(name) or kinds.get(f"{first}.{last.partition('.')[2]}")
        said = dict(offered(kind, language, text)).get(text, text) if kind else text
        label = alone.get(name, name).removeprefix(f"{title}, ")
        lines.append(label if first == HAZARDS else said if len(fields) == 1 else f"{label}: {said}")
    return "\n".join(lines)


@cache
def _kinds() -> Mapping[str, str]:
    """Return the kind of choices of every field that has some; of a row by its list and last part."""
    plain = {one.name: one.of for part in PARTS for one in part.fields}
    listed = ((listing, one) for part in PARTS for listing in part.lists for one in listing.fields)
    rows = {f"{listing.name}.{one.name}": one.of for listing, one in listed}
    return {name: of for name, of in (plain | rows).items() if of}
