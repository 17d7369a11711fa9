"""One measured figure beside the bound it has to keep, and the table of all of them."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

LABELS = {None: "", True: "ok", False: "over"}


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured; without `most` and `least` it is told for information only."""

    name: str
    value: float
    unit: str = ""  # "x": times the yardstick
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def is_kept(self) -> bool | None:
        """Whether the bound is kept, None where there is none."""
        if self.most is not None:
            return self.value <= self.most
        if self.least is not None:
            return self.value >= self.least
        return None

    @property
    def shown(self) -> str:
        """The value with its unit."""
        return _with_unit(self.value, self.unit)

    @property
    def bound(self) -> str:
        """The bound with its unit, empty where there is none."""
        if self.most is not None:
            return "<= " + _with_unit(self.most, self.unit)
        return "" if self.least is None else ">= " + _with_unit(self.least, self.unit)


def _with_unit(value: float, unit: str) -> str:
    number = f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
    return f"{number} {unit}".strip()


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def show_table(figures: Sequence[Figure]) -> None:
    """Print the figures, one a line."""
    rows = [("figure", "value", "bound", "", "how")]
    rows += [(one.name, one.shown, one.bound, LABELS[one.is_kept], one.note) for one in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for name, value, bound, verdict, note in rows:
        cells = (
            name.ljust(widths[0]),
            value.rjust(widths[1]),
            bound.rjust(widths[2]),
            verdict.ljust(widths[3]),
        )
        say("  ".join((*cells, note)).rstrip())


def write_json(path: Path, figures: Sequence[Figure], about: dict[str, object]) -> None:
    """Write the figures with what they were measured on."""
    told = [asdict(one) | {"is_kept": one.is_kept} for one in figures]
    path.write_text(json.dumps({"about": about, "figures": told}, indent=1) + "\n", "utf-8")
