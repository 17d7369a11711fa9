"""No two cities are taken for each other by their names (row U3 of the contract)."""

from collections.abc import Iterator, Mapping

from knowledgebase.domain.city import City
from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.domain.record import CityLabel
from knowledgebase.store import cities
from knowledgebase.store.connection import Connection
from knowledgebase.text.normalize import skeleton
from knowledgebase.text.twins import are_twins


def refuse_twins(db: Connection, city: City) -> None:
    """Let a city be named so, or raise; only names that it does not have yet are judged.

    Two cities of different countries may have the very same name (Tripoli), never one that only looks so.
    The transaction has the lock of `present`, so that of two new twins the second one is refused.
    Raises Invalid with a fault for each such name.
    """
    others = cities.all_labels(db)
    before = others.pop(city.id, None)
    faults = list(_faults(city, dict(before.names) if before else {}, others))
    if faults:
        raise Invalid(faults)


def _faults(city: City, before: Mapping[str, str], others: Mapping[str, CityLabel]) -> Iterator[Fault]:
    for language, name in city.name.items():
        if before.get(language) == name:
            continue
        for other_id, other in others.items():
            is_abroad = other.country != city.country
            if any(_is_twin(name, known, is_abroad=is_abroad) for known in other.names.values()):
                yield Fault("city-name-taken", f"name.{language}", values={"city": other_id})
                break


def _is_twin(name: str, known: str, *, is_abroad: bool) -> bool:
    return are_twins(name, known) and not (is_abroad and skeleton(name) == skeleton(known))
