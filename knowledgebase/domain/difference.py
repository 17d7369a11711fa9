"""What two people made of the same text: the parts that differ, and one text of the chosen ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Fields = Mapping[str, str]  # typed text by dotted name


class Side(StrEnum):
    """Whose part is taken."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that is not the same in two texts; each holds only the fields that are not empty."""

    part: str  # "title", "section.challenge", "results" ...
    before: Fields  # empty where it is not known
    mine: Fields
    theirs: Fields
    changed: Side | None  # who alone changed it; None: both did, each otherwise, or it is not known


def part_of(name: str) -> str:
    """Return the part that a field belongs to: lists and maps are one part, each section is one."""
    first, _, rest = name.partition(".")
    return f"section.{rest}" if first == "section" else first


def differences(before: Fields | None, mine: Fields, theirs: Fields) -> tuple[Difference, ...]:
    """Return the parts in which two texts differ, in the order of mine, then of theirs.

    `before` is what both began with, None where nobody knows it any more.
    """
    my, their, old = _parts(mine), _parts(theirs), _parts(before or {})
    found = []
    for part in dict.fromkeys([*my, *their]):
        one, other, first = my.get(part, {}), their.get(part, {}), old.get(part, {})
        if one != other:
            found.append(Difference(part, first, one, other, _changer(before, first, one, other)))
    return tuple(found)


def merged(before: Fields | None, mine: Fields, theirs: Fields, chosen: Mapping[str, Side]) -> dict[str, str]:
    """Return one text: what differs as chosen, else from whoever alone changed it.

    Raises KeyError for a part that both changed and nobody chose.
    """
    my, their = _parts(mine), _parts(theirs)
    kept: dict[str, Fields] = {part: fields for part, fields in my.items() if fields == their.get(part)}
    for one in differences(before, mine, theirs):
        side = chosen.get(one.part) or one.changed
        if side is None:
            raise KeyError(one.part)
        kept[one.part] = one.mine if side is Side.MINE else one.theirs
    return {name: value for part in dict.fromkeys([*my, *their]) for name, value in kept[part].items()}


def is_same(one: Fields, other: Fields) -> bool:
    """Say whether two texts hold the same; empty fields count as none."""
    return _parts(one) == _parts(other)


def _parts(fields: Fields) -> dict[str, dict[str, str]]:
    parts: dict[str, dict[str, str]] = {}
    for name, value in fields.items():
        if value.strip():
            parts.setdefault(part_of(name), {})[name] = value
    return parts


def _changer(before: Fields | None, first: Fields, mine: Fields, theirs: Fields) -> Side | None:
    if before is None:
        return None
    if theirs == first:
        return Side.MINE
    return Side.THEIRS if mine == first else None
