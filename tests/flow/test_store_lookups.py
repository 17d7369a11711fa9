"""What a search page asks of the database in one look: on both databases, whatever it names."""

from datetime import timedelta

from knowledgebase.store import lookups
from knowledgebase.store.engine import Store
from tests.counting import counting
from tests.make import NOON, a_case, a_city
from tests.stores import keep_case, keep_city


def test_names_of_cities_and_tags_are_one_statement(store: Store) -> None:
    keep_city(store, a_city("tehran"))
    keep_case(store, a_case("tehran/old", tags=("DIESEL",)), at=NOON)
    keep_case(store, a_case("tehran/new", tags=("Diesel", "سطل «هوشمند»")), at=NOON + timedelta(days=1))

    with counting(store) as counted, store.reading() as db:
        cities, tags = lookups.names(db, ["tehran", "nowhere"], ["diesel", "سطل «هوشمند»", "none"])

    assert set(cities) == {"tehran"}
    assert tags == {"diesel": "Diesel", "سطل «هوشمند»": "سطل «هوشمند»"}
    assert counted.number == 1
