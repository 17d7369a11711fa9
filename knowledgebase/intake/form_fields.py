"""The fields of the form for cases, as data: which part of the format each one fills, and how it is typed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledgebase.intake.keys import SOURCES_MAX
from knowledgebase.intake.result_keys import FUNDING_MAX
from knowledgebase.text.lists import section_keys

ROWS_MAX = 20
FREE = "more"  # the field of sections that the format has no name for


class Kind(StrEnum):
    """How a field is typed, and what it stands for in front matter."""

    LINE = "line"
    AREA = "area"  # several lines
    CHOICE = "choice"  # one value of a list
    TICKS = "ticks"  # several values of a list, typed with commas between them
    WORDS = "words"  # a list, with commas between
    LINES = "lines"  # a list, one a line
    NUMBERS = "numbers"  # places in the list of sources
    AMOUNT = "amount"  # a number, or two with a dash between
    FLAG = "flag"  # yes, or nothing


@dataclass(frozen=True, slots=True)
class FormField:
    """One field; its name within its part is that of the key in the format."""

    name: str
    kind: Kind = Kind.LINE
    list: str = ""  # of data/lists.tsv, or "topic", "language"


@dataclass(frozen=True, slots=True)
class FormPart:
    """One key of the format with all that stands below it."""

    key: str
    fields: tuple[FormField, ...]
    rows: int = 0  # how many rows at most; 0: the part is one map
    is_added: bool = True  # shown only where it is asked for or filled


def _choice(name: str, list_name: str = "") -> FormField:
    return FormField(name, Kind.CHOICE, list_name or name)


_SOURCES = FormField("sources", Kind.NUMBERS)
_MONEY = (
    FormField("amount", Kind.AMOUNT),
    FormField("currency"),
    FormField("year"),
    _choice("kind", "money_kind"),
    _SOURCES,
)


def _below(key: str, fields: tuple[FormField, ...]) -> tuple[FormField, ...]:
    return tuple(FormField(f"{key}.{one.name}", one.kind, one.list) for one in fields)


SIMPLE = (  # keys with one value or one plain list
    FormField("title"),
    FormField("summary", Kind.AREA),
    FormField("language", Kind.CHOICE, "language"),
    _choice("status"),
    FormField("tags", Kind.WORDS),
    FormField("started"),
    FormField("ended"),
    FormField("months_to_implement"),
    FormField("confirmed"),
    _choice("calendar"),
    _choice("scale"),
    _choice("participation"),
    FormField("partners", Kind.LINES),
    FormField("offers", Kind.TICKS, "offer"),
    FormField("adapted_from"),
)
TOPICS = tuple(f"topics.{place}" for place in (1, 2, 3))
PARTS: Mapping[str, FormPart] = {
    part.key: part
    for part in (
        FormPart("contact", (FormField("office"), FormField("url"), FormField("email")), is_added=False),
        FormPart(
            "sources",
            tuple(FormField(name) for name in ("title", "publisher", "year", "url", "checked")),
            rows=SOURCES_MAX,
            is_added=False,
        ),
        FormPart(
            "results",
            (
                FormField("indicator"),
                _choice("what", "result_kind"),
                FormField("unit"),
                _choice("better"),
                *_below("before", (FormField("value", Kind.AMOUNT), FormField("date"))),
                *_below("after", (FormField("value", Kind.AMOUNT), FormField("date"))),
                *_below(
                    "change",
                    (
                        FormField("value", Kind.AMOUNT),
                        _choice("unit", "change_unit"),
                        FormField("from"),
                        FormField("to"),
                    ),
                ),
                _choice("compared_with"),
                _choice("caused"),
                *_below("target", (FormField("value", Kind.AMOUNT), FormField("date"))),
                _choice("method"),
                _SOURCES,
            ),
            rows=ROWS_MAX,
        ),
        FormPart(
            "cost",
            (
                *_below("capital", _MONEY),
                *_below("yearly", _MONEY),
                FormField("staff"),
            ),
        ),
        FormPart("funding", (_choice("source", "funding"), FormField("share")), rows=FUNDING_MAX),
        FormPart(
            "evaluation",
            (_choice("kind", "evaluation"), FormField("by"), FormField("year"), FormField("url"), _SOURCES),
        ),
        FormPart("beneficiaries", (FormField("groups", Kind.TICKS, "beneficiary"), FormField("people"))),
        FormPart(
            "preconditions",
            (
                _choice("kind", "precondition"),
                FormField("text", Kind.AREA),
                FormField("essential", Kind.FLAG),
            ),
            rows=ROWS_MAX,
        ),
        FormPart(
            "stakeholders",
            (FormField("name"), _choice("kind", "stakeholder"), FormField("role")),
            rows=ROWS_MAX,
        ),
        FormPart(
            "translations",
            (
                FormField("language", Kind.CHOICE, "language"),
                FormField("title"),
                FormField("summary", Kind.AREA),
                _choice("by", "translator"),
            ),
            rows=ROWS_MAX,
        ),
        FormPart("led_by", (FormField("name"), _choice("kind", "leader"))),
    )
}
WITHIN: Mapping[str, str] = {"funding": "cost"}  # a part that the format keeps below another key
KNOWN = frozenset({"topics", *(one.name for one in SIMPLE), *PARTS} - {*WITHIN})  # keys of the format
BOXES = ("challenge", "solution", "results")  # of every snapshot
NOTE = "note"  # what changed: of a revision, not of the case
BODY = "body"  # the whole text, where it has not the shape of the boxes

_ROW = re.compile(r"([a-z_]+)\.([1-9][0-9]?)\.([a-z_.]+)")
_BY_NAME: Mapping[str, FormField] = {
    **{one.name: one for one in SIMPLE},
    **{name: FormField(name, Kind.CHOICE, "topic") for name in TOPICS},
    **{
        f"{part.key}.{one.name}": FormField(f"{part.key}.{one.name}", one.kind, one.list)
        for part in PARTS.values()
        if not part.rows
        for one in part.fields
    },
    **{f"section.{key}": FormField(f"section.{key}", Kind.AREA) for key in (*section_keys(), FREE)},
    BODY: FormField(BODY, Kind.AREA),
    NOTE: FormField(NOTE),
}


def field_of(name: str) -> FormField | None:
    """Return the field of a dotted name, None where the form has none of it."""
    known = _BY_NAME.get(name)
    found = None if known else _ROW.fullmatch(name)
    if found is None:
        return known
    key, place, inner = found.groups()
    part = PARTS.get(key)
    if part is None or not part.rows or int(place) > part.rows:
        return None
    one = next((field for field in part.fields if field.name == inner), None)
    return FormField(name, one.kind, one.list) if one else None


def row_names(part: FormPart, place: int) -> Iterator[str]:
    """Yield the names of the fields of one row of a part, or of the part itself."""
    start = f"{part.key}.{place}" if part.rows else part.key
    yield from (f"{start}.{one.name}" for one in part.fields)


def rows_of(fields: Mapping[str, str], key: str) -> int:
    """Return up to which row something is typed in a part."""
    places = [
        int(found[2])
        for name, value in fields.items()
        if value.strip() and (found := _ROW.fullmatch(name)) and found[1] == key
    ]
    return max(places, default=0)
