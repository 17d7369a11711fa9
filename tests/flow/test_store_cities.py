"""A city is kept whole; its name and country reach the cards of its cases at once."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from knowledgebase.domain.city import Membership
from knowledgebase.domain.errors import AlreadyThere, NotFound, StaleRevision
from knowledgebase.domain.evidence import Evaluation, EvaluationKind
from knowledgebase.domain.record import CityLine, CityRecord, Origin, Revision, State
from knowledgebase.store import (
    case_lists,
    case_writing,
    cases,
    cities,
    city_writing,
    journal,
    outbox,
    revisions,
    tables,
)
from knowledgebase.store.engine import Store
from tests.counting import counting
from tests.make import LATER, NOON, a_case, a_city, a_full_city, a_rendered, an_outcome
from tests.stores import keep_case, keep_city

ISFAHAN = {"en": "Isfahan", "fa": "اصفهان"}


def found(store: Store, city_id: str = "tehran") -> CityRecord | None:
    with store.reading() as db:
        return cities.find(db, city_id)


def test_every_key_of_a_city_comes_back(store: Store) -> None:
    city = a_full_city()

    put = keep_city(store, city)

    assert found(store) == put == CityRecord(city, a_rendered("A city."), 1, Origin.FILE, NOON)


def test_an_unknown_city_is_none(store: Store) -> None:
    with store.reading() as db:
        assert cities.find(db, "nowhere") is None
        assert cities.stamp(db, "nowhere") is None
        assert cities.find_many(db, ["nowhere"]) == {}


def test_a_city_counts_its_public_cases(store: Store) -> None:
    keep_city(store)
    keep_case(store)
    keep_case(store, a_case("tehran/gone"))
    with store.writing() as db:
        case_writing.withdraw(db, "tehran/gone", at=LATER, by="somebody")

    record = found(store)

    assert record is not None
    assert record.cases == 1


def test_revisions_of_a_city_are_kept_whole(store: Store) -> None:
    first, second = a_city(body="Old.\n"), a_city(body="New.\n", climate="BSk")
    keep_city(store, first)
    keep_city(store, second, at=LATER, by="editor", what="revised", note="climate")

    with store.reading() as db:
        history = revisions.of_city(db, "tehran")
        kept = [revisions.find_city(db, "tehran", number) for number in (1, 2, 3)]
        told = journal.newest(db, 1, thing="city:tehran")

    assert history == (
        Revision(2, LATER, "editor", "revised", "climate"),
        Revision(1, NOON, "import", "published"),
    )
    assert [entry.city if entry else None for entry in kept] == [first, second, None]
    assert told[0].detail == {"revision": 2, "note": "climate"}


def test_another_name_reaches_the_cards_and_the_index(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(city_writing, "CHUNK", 2)
    keep_city(store)
    keep_city(store, a_city("seoul"))
    for number in range(5):
        keep_case(store, a_case(f"tehran/c{number}"))
    keep_case(store, a_case("seoul/c9"))
    with store.writing() as db:
        outbox.keep(db, [(case_id, 1) for case_id in outbox.ids(db)])

    keep_city(store, a_city(name=ISFAHAN, country="XX"), at=LATER, what="revised")

    with store.reading() as db:
        cards = case_lists.newest(db, limit=9)
        queued = {promise.case_id: promise.revision for promise in outbox.due(db, 9, LATER)}
        record = cases.find(db, "tehran/c0")
    mine = [card for card in cards if card.city == "tehran"]
    assert {(card.city_names["fa"], card.country) for card in mine} == {("اصفهان", "XX")}
    assert queued == {f"tehran/c{number}": 2 for number in range(5)}
    assert record is not None
    assert (record.revision, record.city_revision) == (1, 2)


def test_another_administration_decides_again_whose_evaluation_it_is(store: Store) -> None:
    evaluation = Evaluation(EvaluationKind.INDEPENDENT, "Bureau of Works")
    keep_city(store)
    keep_case(store, a_case(results=(an_outcome(),), evaluation=evaluation))

    keep_city(store, a_city(administration={"en": "Bureau of Works"}), at=LATER, what="revised")

    with store.reading() as db:
        card = case_lists.cards(db, ["tehran/clean-air"])["tehran/clean-air"]
        column = db.scalar(select(tables.cases.c.evidence))
    assert (card.evidence, column) == (3, 3)


def test_other_facts_of_a_city_do_not_disturb_its_cases(store: Store) -> None:
    keep_city(store)
    keep_case(store)
    with store.writing() as db:
        outbox.keep(db, [("tehran/clean-air", 1)])

    keep_city(store, a_city(climate="BSk"), what="revised")

    with store.reading() as db:
        stamp = cases.stamp(db, "tehran/clean-air")
        assert outbox.ids(db) == frozenset()
    assert stamp is not None
    assert (stamp.index_revision, stamp.city_revision) == (1, 2)


def test_a_withdrawn_city_leaves_every_list_of_cities(store: Store) -> None:
    keep_city(store, a_full_city())
    with store.writing() as db:
        city_writing.withdraw(db, "tehran", at=LATER, by="somebody")

    with store.reading() as db:
        stamp = cities.stamp(db, "tehran")
        assert cities.find(db, "tehran") is None
        assert cities.lines(db) == ()
        assert cities.members(db, "c40") == ()
        assert cities.network_counts(db) == {}
        assert cities.ids(db) == ()
        assert cities.count(db) == 0
    assert stamp is not None
    assert (stamp.state, stamp.revision) == (State.WITHDRAWN, 2)


@pytest.mark.parametrize("way", ["restore", "put"])
def test_a_withdrawn_city_can_come_back(store: Store, way: str) -> None:
    put = keep_city(store)
    with store.writing() as db:
        city_writing.withdraw(db, "tehran", at=LATER, by="somebody")
        city_writing.withdraw(db, "tehran", at=LATER, by="somebody")

    if way == "restore":
        with store.writing() as db:
            city_writing.restore(db, "tehran", at=LATER, by="somebody")
    else:
        keep_city(store, at=LATER, what="restored")

    assert found(store) == replace(put, revision=3, updated=LATER)


def test_handing_over_gives_a_file_city_to_its_people(store: Store) -> None:
    keep_city(store)
    with store.writing() as db:
        city_writing.hand_over(db, "tehran", at=LATER, by="operator")

    with store.reading() as db:
        stamp = cities.stamp(db, "tehran")
    assert stamp is not None
    assert (stamp.origin, stamp.folder, stamp.revision) == (Origin.FORM, None, 2)
    with pytest.raises(AlreadyThere):
        keep_city(store)


@pytest.mark.parametrize("change", ["withdraw", "restore", "hand_over"])
def test_a_city_that_is_not_there_cannot_be_changed(store: Store, change: str) -> None:
    with pytest.raises(NotFound), store.writing() as db:
        getattr(city_writing, change)(db, "nowhere", at=LATER, by="somebody")


def test_nobody_overwrites_a_newer_city(store: Store) -> None:
    keep_city(store, expected=0)
    keep_city(store, a_city(climate="BSk"), expected=1)

    with pytest.raises(StaleRevision):
        keep_city(store, expected=1)
    with pytest.raises(AlreadyThere):
        keep_city(store, expected=0)
    with pytest.raises(StaleRevision):
        keep_city(store, a_city("nowhere"), expected=1)


def test_networks_follow_the_city(store: Store) -> None:
    keep_city(store, a_city(networks=(Membership("c40"), Membership("c40"), Membership("iclei"))))
    keep_city(store, a_city("seoul", networks=(Membership("c40"),)))

    keep_city(store, a_city(networks=(Membership("c40"), Membership("uclg"))), what="revised")

    with store.reading() as db:
        assert cities.network_counts(db) == {"c40": 2, "uclg": 1}
        assert [line.id for line in cities.members(db, "c40")] == ["seoul", "tehran"]


def test_lists_of_cities_are_by_id_and_one_statement(store: Store) -> None:
    for city_id in ("tehran", "seoul", "cape-town"):
        keep_city(store, a_city(city_id, country="ZZ"))
    keep_case(store)

    with counting(store) as counted, store.reading() as db:
        lines = cities.lines(db)
        many = cities.find_many(db, ["tehran", "nowhere", "seoul"])
        labels = cities.labels(db, ["seoul", "nowhere"])

    assert lines[0] == CityLine("cape-town", {"en": "Cape-Town", "fa": "تهران"}, "ZZ", 0)
    assert [(line.id, line.cases) for line in lines] == [("cape-town", 0), ("seoul", 0), ("tehran", 1)]
    assert list(many) == ["tehran", "seoul"]
    assert labels.keys() == {"seoul"}
    assert counted.number == 3
