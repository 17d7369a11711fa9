"""Lists show public cases only, newest first, a page at a time, in one statement whatever they hold."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from knowledgebase.domain.case import Status, Writer, WriterKind
from knowledgebase.domain.city import Membership
from knowledgebase.domain.record import Listed, TagLine
from knowledgebase.domain.topic import Topic
from knowledgebase.store import case_lists, case_writing, cases, tags
from knowledgebase.store.connection import Connection
from knowledgebase.store.engine import Store
from tests.counting import counting
from tests.make import LATER, NOON, a_case, a_city, a_date
from tests.stores import keep_case, keep_city

List = Callable[[Connection], Listed]


@pytest.fixture
def seven(store: Store) -> Store:
    """Lend a store with cases c1..c6 of Tehran, a day apart, c4 withdrawn, and one of Seoul."""
    keep_city(store, a_city("tehran", networks=(Membership("c40"), Membership("metropolis"))))
    keep_city(store, a_city("seoul", country="KR", networks=(Membership("c40"),)))
    for number in range(1, 7):
        topics = (Topic.AIR,) if number % 2 else (Topic.WATER, Topic.AIR)
        case = a_case(f"tehran/c{number}", title=f"Case {number}", topics=topics, tags=("Diesel",))
        keep_case(store, case, at=NOON + timedelta(days=number))
    keep_case(store, a_case("seoul/c7", language="ko", topics=(Topic.WATER,)), at=NOON)
    with store.writing() as db:
        case_writing.withdraw(db, "tehran/c4", at=LATER, by="somebody")
    return store


def ids(listed: Listed) -> list[str]:
    return [card.id.partition("/")[2] for card in listed.cards]


def test_the_newest_come_first_and_withdrawn_ones_never(seven: Store) -> None:
    with seven.reading() as db:
        first = case_lists.newest(db, limit=3)
        rest = case_lists.newest(db, limit=9, offset=3)

    assert [card.id for card in first] == ["tehran/c6", "tehran/c5", "tehran/c3"]
    assert [card.id for card in rest] == ["tehran/c2", "tehran/c1", "seoul/c7"]


def test_cases_of_one_moment_are_listed_by_id_downwards(store: Store) -> None:
    keep_city(store)
    for slug in ("b", "ب", "a", "B"):
        keep_case(store, a_case(f"tehran/{slug}"))

    with store.reading() as db:
        cards = case_lists.newest(db, limit=9)

    assert [card.id for card in cards] == ["tehran/ب", "tehran/b", "tehran/a", "tehran/B"]


@pytest.mark.parametrize(
    ("ask", "wanted"),
    [
        (lambda db: case_lists.of_city(db, "tehran", limit=9), ["c6", "c5", "c3", "c2", "c1"]),
        (lambda db: case_lists.of_city(db, "nowhere", limit=9), []),
        (lambda db: case_lists.of_topic(db, "air", limit=9), ["c6", "c5", "c3", "c2", "c1"]),
        (lambda db: case_lists.of_topic(db, "water", limit=9), ["c6", "c2", "c7"]),
        (lambda db: case_lists.of_topic(db, "energy", limit=9), []),
        (lambda db: case_lists.of_tag(db, "diesel", limit=9), ["c6", "c5", "c3", "c2", "c1"]),
        (lambda db: case_lists.of_tag(db, "none", limit=9), []),
        (lambda db: case_lists.of_network(db, "c40", limit=9), ["c6", "c5", "c3", "c2", "c1", "c7"]),
        (lambda db: case_lists.of_network(db, "metropolis", limit=9), ["c6", "c5", "c3", "c2", "c1"]),
        (lambda db: case_lists.like(db, [], {}, limit=9), ["c6", "c5", "c3", "c2", "c1", "c7"]),
    ],
)
def test_each_list_holds_its_public_cases(seven: Store, ask: List, wanted: list[str]) -> None:
    with counting(seven) as counted, seven.reading() as db:
        listed = ask(db)

    assert (ids(listed), listed.total) == (wanted, len(wanted))
    assert counted.number == 1


PAGES: list[Callable[[Connection, int], Listed]] = [
    lambda db, offset: case_lists.of_city(db, "tehran", limit=2, offset=offset),
    lambda db, offset: case_lists.of_topic(db, "air", limit=2, offset=offset),
    lambda db, offset: case_lists.of_tag(db, "diesel", limit=2, offset=offset),
    lambda db, offset: case_lists.of_network(db, "metropolis", limit=2, offset=offset),
    lambda db, offset: case_lists.like(db, ["case"], {}, limit=2, offset=offset),
]


@pytest.mark.parametrize("page", PAGES)
def test_pages_follow_each_other_and_know_the_total(
    seven: Store, page: Callable[[Connection, int], Listed]
) -> None:
    with seven.reading() as db:
        pages = [page(db, offset) for offset in (0, 2, 4, 6)]

    assert [ids(listed) for listed in pages] == [["c6", "c5"], ["c3", "c2"], ["c1"], []]
    assert [listed.total for listed in pages] == [5, 5, 5, 5]


def test_cards_come_in_the_order_asked_without_hidden_ones(seven: Store) -> None:
    asked = ["tehran/c2", "tehran/c4", "seoul/c7", "tehran/none", "tehran/c1"]

    with seven.reading() as db:
        cards = case_lists.cards(db, asked)

    assert list(cards) == ["tehran/c2", "seoul/c7", "tehran/c1"]
    assert {case_id: card.id for case_id, card in cards.items()} == {case_id: case_id for case_id in cards}


def test_previews_hold_the_beginning_of_the_text(store: Store) -> None:
    keep_city(store)
    text = "هوای پاک\u200cتر " * 400
    keep_case(store, a_case("tehran/long"), text)
    keep_case(store, a_case("tehran/short"), "Short.")

    with store.reading() as db:
        previews = case_lists.previews(db, ["tehran/short", "tehran/long"])

    assert [preview.plain for preview in previews.values()] == ["Short.", text[: case_lists.PREVIEW_MAX]]


@pytest.mark.parametrize("number", [0, 1, 6])
def test_cards_and_previews_are_one_statement_each_and_none_for_nothing(seven: Store, number: int) -> None:
    asked = [f"tehran/c{place}" for place in range(1, number + 1)]

    with counting(seven) as counted, seven.reading() as db:
        case_lists.cards(db, asked)
        case_lists.previews(db, asked)
        case_lists.newest(db, limit=20)

    assert counted.number == (3 if number else 1)


@pytest.mark.parametrize(
    ("ask", "way"),
    [
        (lambda db: case_lists.cards(db, ["a", "b"]), "(id=?)"),
        (lambda db: case_lists.previews(db, ["a", "b"]), "(id=?)"),
        (lambda db: cases.states(db, ["a", "b"]), "(id=?)"),
        (lambda db: cases.find(db, "a"), "(id=?)"),
        (lambda db: cases.stamp(db, "a"), "(id=?)"),
        (lambda db: case_lists.newest(db, limit=20), "(state=?)"),
        (lambda db: case_lists.of_city(db, "a", limit=20), "(city_number=? AND state=?)"),
        (lambda db: case_lists.of_topic(db, "air", limit=20), "(topic=? AND newest>?)"),
        (lambda db: case_lists.of_tag(db, "a", limit=20), "(as_folded=? AND newest>?)"),
    ],
)
def test_what_pages_ask_is_found_by_an_index(
    sqlite_store: Store, ask: Callable[[Connection], object], way: str
) -> None:
    with counting(sqlite_store) as counted, sqlite_store.reading() as db:
        ask(db)

    with sqlite_store.reading() as db:
        [statement] = counted.statements
        values = ("a",) * statement.count("?")
        steps = [row[3] for row in db.exec_driver_sql(f"explain query plan {statement}", values)]

    assert any(way in step for step in steps)
    assert not any(step.startswith("SCAN cases") for step in steps)


def test_counts_are_of_public_cases(seven: Store) -> None:
    with seven.reading() as db:
        assert case_lists.count(db) == 6
        assert case_lists.topic_counts(db) == {"air": 5, "water": 3}
        assert tags.counts(db, limit=9) == {"diesel": 5}
        assert tags.find(db, "diesel") == TagLine("diesel", "Diesel", 5)
        assert tags.find(db, "none") is None
        assert tags.shown(db, ["diesel", "none"]) == {"diesel": "Diesel"}


def test_addresses_for_the_site_map_are_public_and_by_id(seven: Store) -> None:
    with seven.reading() as db:
        first = case_lists.addresses(db, limit=3)
        rest = case_lists.addresses(db, limit=9, offset=3)

    assert [case_id for case_id, _ in (*first, *rest)] == [
        "seoul/c7",
        "tehran/c1",
        "tehran/c2",
        "tehran/c3",
        "tehran/c5",
        "tehran/c6",
    ]
    assert first[1][1] == NOON + timedelta(days=1)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["clean"], ["one", "two"]),
        (["clean", "water"], ["two"]),
        (["lean"], ["one", "two"]),
        (["100%"], ["two"]),
        (["0%"], ["two"]),
        (["_"], ["one"]),
        (["%"], ["two"]),
        (["\\"], []),
        (["missing"], []),
    ],
)
def test_the_simple_list_takes_words_as_they_are(store: Store, words: list[str], wanted: list[str]) -> None:
    keep_city(store)
    keep_case(store, a_case("tehran/one"), sought="clean air_zone", at=LATER)
    keep_case(store, a_case("tehran/two"), sought="clean water 100%")

    with store.reading() as db:
        listed = case_lists.like(db, words, {}, limit=9)

    assert ids(listed) == wanted


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"topic": ("air",)}, ["one"]),
        ({"topic": ("air", "water")}, ["one", "two"]),
        ({"city": ("seoul",)}, ["two"]),
        ({"country": ("IR",)}, ["one"]),
        ({"language": ("en",)}, ["one", "two"]),
        ({"status": ("planned",)}, ["two"]),
        ({"year": ("2019",)}, ["one"]),
        ({"year": ("nonsense", "²")}, []),
        ({"tag": ("cars",)}, ["one"]),
        ({"written_by": ("editors",)}, ["two"]),
        ({"topic": ("air", "water"), "city": ("seoul",)}, ["two"]),
        ({"topic": ("air",), "city": ("seoul",)}, []),
        ({"topic": ()}, ["one", "two"]),
        ({"unknown": ("x",)}, ["one", "two"]),
    ],
)
def test_the_simple_list_filters_by_every_facet(
    store: Store, filters: dict[str, tuple[str, ...]], wanted: list[str]
) -> None:
    keep_city(store)
    keep_city(store, a_city("seoul", country="KR"))
    keep_case(store, a_case("tehran/one", started=a_date("2019"), tags=("Cars",)), at=LATER)
    writer = Writer(WriterKind.EDITORS)
    keep_case(store, a_case("seoul/two", topics=(Topic.WATER,), status=Status.PLANNED, written_by=writer))

    with store.reading() as db:
        listed = case_lists.like(db, [], filters, limit=9)

    assert (ids(listed), listed.total) == (wanted, len(wanted))
