"""What a search page asks of the database in one look: on both databases, whatever it names."""

from datetime import timedelta

from knowledgebase.store import cases, lookups
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


def test_the_surroundings_of_a_case_count_only_where_it_mentions_others(store: Store) -> None:
    keep_city(store)
    keep_case(store, a_case("tehran/alone"))
    keep_case(store, a_case("tehran/adapted", adapted_from="london/ulez"))
    keep_case(store, a_case("tehran/partner", partners=("seoul",)))

    def surroundings() -> list[str]:
        with store.reading() as db:
            found = (cases.stamp(db, f"tehran/{slug}") for slug in ("alone", "adapted", "partner"))
            return [stamp.surroundings for stamp in found if stamp]

    before = surroundings()
    keep_case(store, a_case("tehran/new"))
    after = surroundings()

    assert before[0] == after[0] == ""
    assert all(before[1:])
    assert all(was != now for was, now in zip(before[1:], after[1:], strict=True))


def test_what_a_case_mentions_comes_in_one_statement(store: Store) -> None:
    keep_city(store)
    keep_case(store, a_case("tehran/model", title="The model"))

    with counting(store) as counted, store.reading() as db:
        around = lookups.around(db, "tehran/other", ["tehran/model", "tehran", "tehran/none", "KfW"])

    assert (counted.number, around.cover) == (1, None)
    assert {name: (label.titles, label.language) for name, label in around.cases.items()} == {
        "tehran/model": ({"en": "The model"}, "en")
    }
    assert set(around.cities) == {"tehran"}
