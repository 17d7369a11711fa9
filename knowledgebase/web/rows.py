"""Rows of a form that works without script: fields `<list>.<n>.<field>`, and buttons that add or remove one.

How to use it, for any list (sources, capacities ...):

    SOURCES = Rows("sources", ("title", "publisher", "year", "url"), most=50)

    values |= SOURCES.read(request.form)           # only fields of the list, numbered from 1 without gaps
    step = step_of(request.form, [SOURCES])        # the pressed row button, or None: the form is sent
    if step:
        values = step.taken(values)                # then show the form again with 200, nothing is saved
        focus = step.focus(values)                 # name of the field that wants the cursor now

The template walks `for n in rows.numbers(values)` and prints fields named `sources.{{ n }}.title`, so the
keys of the faults of the gate (`sources.2.title`) are names of fields. The buttons come from
templates/forms/rows.html: `add_row("sources", label)` and `remove_row("sources", n, label)`; its
`sends_first()` stands first in the form, so that Enter in a field sends the form and presses no row button.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

BUTTON = "row"  # name of the buttons; their values are "add:<list>" and "remove:<list>.<n>"
_STEP = re.compile(r"(add|remove):([a-z_]{1,40})(?:\.([1-9][0-9]{0,3}))?")
_PLACE = re.compile(r"([1-9][0-9]{0,3})\.(.+)")


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of a form: its name, the fields of one row, and how many rows the gate accepts."""

    name: str
    fields: tuple[str, ...]  # may have dots themselves: "amount.low"
    most: int

    def read(self, typed: Mapping[str, str]) -> dict[str, str]:
        """Return the fields of the rows that were sent, numbered from 1 without gaps, in their order.

        Other fields are left out; one row more than the gate accepts is read, so that it can say so.
        A field that is missing in a row (a tick) is empty.
        """
        found = sorted({row for row, _ in self._places(typed)})[: self.most + 1]
        return {
            f"{self.name}.{number}.{field}": typed.get(f"{self.name}.{row}.{field}", "")
            for number, row in enumerate(found, start=1)
            for field in self.fields
        }

    def numbers(self, values: Mapping[str, str]) -> range:
        """Return the numbers of the rows."""
        return range(1, max((row for row, _ in self._places(values)), default=0) + 1)

    def is_blank(self, values: Mapping[str, str], number: int) -> bool:
        """Say whether nothing is typed in a row."""
        return not any(values.get(f"{self.name}.{number}.{field}", "").strip() for field in self.fields)

    def added(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return the values with an empty row at the end, unchanged when there are as many as can be."""
        number = len(self.numbers(values)) + 1
        if number > self.most:
            return dict(values)
        return dict(values) | {f"{self.name}.{number}.{field}": "" for field in self.fields}

    def removed(self, values: Mapping[str, str], number: int) -> dict[str, str]:
        """Return the values without a row; those behind it move up."""
        others = {name: text for name, text in values.items() if not name.startswith(f"{self.name}.")}
        mine = {
            f"{self.name}.{row}.{field}": values[f"{self.name}.{row}.{field}"]
            for row, field in self._places(values)
            if row != number
        }
        return others | self.read(mine)

    def _places(self, values: Mapping[str, str]) -> Iterable[tuple[int, str]]:
        start = f"{self.name}."
        known = set(self.fields)
        for name in values:
            found = _PLACE.fullmatch(name.removeprefix(start)) if name.startswith(start) else None
            if found and found.group(2) in known:
                yield int(found.group(1)), found.group(2)


@dataclass(frozen=True, slots=True)
class Step:
    """A row button that was pressed."""

    rows: Rows
    removes: int | None = None  # number of the row; None: one is added

    def taken(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return the values as they are after it."""
        if self.removes is None:
            return self.rows.added(values)
        return self.rows.removed(values, self.removes)

    def focus(self, values: Mapping[str, str]) -> str:
        """Return the name of the field of `values`, after the step, that the cursor goes to; may be none."""
        last = len(self.rows.numbers(values))
        number = min(self.removes or last, last)
        return f"{self.rows.name}.{number}.{self.rows.fields[0]}" if number else ""


def step_of(typed: Mapping[str, str], lists: Iterable[Rows]) -> Step | None:
    """Return which row button of these lists was pressed, None when none was."""
    found = _STEP.fullmatch(typed.get(BUTTON, ""))
    if not found:
        return None
    verb, name, number = found.groups()
    for rows in lists:
        if rows.name == name and (verb == "remove") == (number is not None):
            return Step(rows, int(number) if number else None)
    return None
