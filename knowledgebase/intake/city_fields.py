"""The fields of the form of a city: their names, and which key of the format each one stands for.

A field is named by its key, `population.count` or `capacities.2.title`, so that faults find it; only what
one field cannot hold is named otherwise: further languages (`names.1.language`, `names.1.text`), both ends
of an amount (`amount.low`, `amount.high`), a network by id or name (`networks.1.network`), and a tick for
each hazard (`hazards.flood`). Numbers of sources stand in one field, with commas between them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from knowledgebase.intake.city_keys import CityKeys
from knowledgebase.intake.keys import Many, SourceKeys
from knowledgebase.text import lists

OWN_LANGUAGES = ("en", "fa")  # names in these have fields of their own
BY_LANGUAGE = MappingProxyType({"name": "names", "administration": "administrations"})  # key to list
HAZARDS = "hazards"
MAPS = ("location", "population", "contact")  # keys that are maps of single fields
PLAIN = (
    *(f"{key}.{language}" for key in BY_LANGUAGE for language in OWN_LANGUAGES),
    "country",
    "location.lat",
    "location.lon",
    "population.count",
    "population.year",
    "population.sources",
    "area_km2",
    "elevation_m",
    "coastal",
    "climate",
    "income_band",
    "website",
    "governance",
    "contact.office",
    "contact.url",
    "contact.email",
    "body",
)
_DATED = ("text", "as_of", "until", "sources")
LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "names": ("language", "text"),
        "administrations": ("language", "text"),
        "languages": ("language",),
        "capacities": ("title", "kind", *_DATED),
        "investments": ("title", "sector", "amount.low", "amount.high", "currency", "stage", *_DATED),
        "needs": ("title", "topic", *_DATED),
        "sisters": ("city", "kind", "status", "since", "until", "sources"),
        "networks": ("network", "role", "since", "sources"),
        "sources": tuple(SourceKeys.model_fields),
    }
)
NAMES_MOST = 40  # further languages of a name
_ALWAYS_CHOSEN = frozenset({"kind", "status"})  # of agreements: a row with nothing else is blank


def hazard_fields() -> tuple[str, ...]:
    """Return the names of the ticks, one a hazard of the list."""
    return tuple(f"{HAZARDS}.{hazard}" for hazard in lists.labels("hazard"))


def most_of(name: str) -> int:
    """Return how many rows a list of the form may have."""
    if name in BY_LANGUAGE.values():
        return NAMES_MOST
    limits = (mark.most for mark in CityKeys.model_fields[name].metadata if isinstance(mark, Many))
    return next(limits)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list as it was typed."""

    number: int  # in the form, from 1
    fields: Mapping[str, str]

    @property
    def is_blank(self) -> bool:
        """Say whether nothing is typed, apart from what every row of agreements has chosen."""
        is_agreement = "status" in self.fields
        return not any(
            text.strip()
            for name, text in self.fields.items()
            if not (is_agreement and name in _ALWAYS_CHOSEN)
        )


def rows_of(typed: Mapping[str, str], name: str) -> list[Row]:
    """Return the rows of a list that are in the form, blank ones included, by number."""
    start = f"{name}."
    numbers = {
        int(number)
        for number in (key.removeprefix(start).partition(".")[0] for key in typed if key.startswith(start))
        if number.isascii() and number.isdigit() and len(number) <= 4
    }
    return [
        Row(number, {field: typed.get(f"{name}.{number}.{field}", "") for field in LISTS[name]})
        for number in sorted(numbers)
    ]


def part_of(field: str) -> str:
    """Return the key of the format that a field belongs to, by which two texts are compared."""
    first = field.partition(".")[0]
    return next((key for key, name in BY_LANGUAGE.items() if name == first), first)
