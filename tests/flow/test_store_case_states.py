"""A case is withdrawn, restored, renamed and handed over; its former addresses lead to it."""

from dataclasses import replace

import pytest

from knowledgebase.domain.errors import AlreadyThere, NotFound
from knowledgebase.domain.record import Origin, State
from knowledgebase.store import addresses, case_lists, case_writing, cases, outbox, revisions
from knowledgebase.store.engine import Store
from tests.make import LATER, NOON, a_case, a_full_city
from tests.stored_cases import ID, found, promises, withdraw
from tests.stores import keep_case, keep_city


@pytest.fixture
def city(store: Store) -> Store:
    """Lend a store with one city."""
    keep_city(store)
    return store


def test_a_withdrawn_case_is_a_tombstone_with_its_text(city: Store) -> None:
    before = keep_case(city)

    withdraw(city)

    assert found(city) == replace(
        before,
        state=State.WITHDRAWN,
        withdrawn_at=LATER,
        updated=LATER,
        revision=2,
        index_revision=2,
    )
    assert promises(city) == {ID: 2}


def test_withdrawing_twice_changes_nothing(city: Store) -> None:
    keep_case(city)
    once = withdraw(city)

    twice = withdraw(city)

    assert once == twice == found(city)


def test_a_restored_case_is_public_again(city: Store) -> None:
    before = keep_case(city, a_case(tags=("Air", "Cars")))
    withdraw(city)

    with city.writing() as db:
        case_writing.restore(db, ID, at=LATER, by="somebody")

    assert found(city) == replace(before, updated=LATER, revision=3, index_revision=3)
    with city.reading() as db:
        assert case_lists.of_topic(db, "air", limit=9).total == 1
        assert case_lists.of_tag(db, "cars", limit=9).total == 1


def test_a_file_that_came_back_restores_its_case(city: Store) -> None:
    keep_case(city)
    withdraw(city)

    keep_case(city, what="restored")

    record = found(city)
    assert (record.state, record.withdrawn_at, record.first_published) == (State.PUBLISHED, None, NOON)


@pytest.mark.parametrize("change", ["withdraw", "restore", "hand_over"])
def test_what_is_not_there_cannot_be_changed(city: Store, change: str) -> None:
    with pytest.raises(NotFound), city.writing() as db:
        getattr(case_writing, change)(db, ID, at=LATER, by="somebody")


def test_a_renamed_case_is_found_by_its_former_address(city: Store) -> None:
    before = keep_case(city)

    with city.writing() as db:
        case_writing.rename(db, ID, "tehran/zone", at=LATER, by="import")

    moved = replace(before.case, id="tehran/zone")
    assert found(city, "tehran/zone").case == moved
    assert found(city, "tehran/zone").revision == 2
    with city.reading() as db:
        assert cases.find(db, ID) is None
        assert addresses.find(db, ID) == "tehran/zone"
        assert [card.id for card in case_lists.newest(db, limit=9)] == ["tehran/zone"]
        assert [line.number for line in revisions.of_case(db, "tehran/zone")] == [2, 1]


def test_a_rename_promises_a_tombstone_for_the_former_address(city: Store) -> None:
    keep_case(city)

    with city.writing() as db:
        case_writing.rename(db, ID, "tehran/zone", at=LATER, by="import")

    assert promises(city) == {ID: 2, "tehran/zone": 2}
    with city.reading() as db:
        assert outbox.hidden(db).ids == (ID,)


def test_former_addresses_lead_to_the_last_name(city: Store) -> None:
    keep_case(city)
    with city.writing() as db:
        case_writing.rename(db, ID, "tehran/second", at=LATER, by="import")
        case_writing.rename(db, "tehran/second", "tehran/third", at=LATER, by="import")

    with city.reading() as db:
        led = [addresses.find(db, former) for former in (ID, "tehran/second", "tehran/third")]

    assert led == ["tehran/third", "tehran/third", None]


def test_a_used_slug_is_never_given_again(city: Store) -> None:
    keep_case(city)
    keep_case(city, a_case("tehran/other"))
    with city.writing() as db:
        case_writing.rename(db, ID, "tehran/zone", at=LATER, by="import")

    with pytest.raises(AlreadyThere):
        keep_case(city, a_case(ID))
    with pytest.raises(AlreadyThere), city.writing() as db:
        case_writing.rename(db, "tehran/other", ID, at=LATER, by="import")
    with pytest.raises(AlreadyThere), city.writing() as db:
        case_writing.rename(db, "tehran/other", "tehran/zone", at=LATER, by="import")


def test_a_case_may_take_its_own_former_address_back(city: Store) -> None:
    keep_case(city)
    with city.writing() as db:
        case_writing.rename(db, ID, "tehran/zone", at=LATER, by="import")
        case_writing.rename(db, "tehran/zone", ID, at=LATER, by="import")

    assert found(city).index_revision == 3
    with city.reading() as db:
        assert addresses.find(db, "tehran/zone") == ID
        assert addresses.find(db, ID) is None
        assert outbox.hidden(db).ids == ("tehran/zone",)


def test_a_case_stays_with_its_city(city: Store) -> None:
    keep_city(city, a_full_city("seoul"))
    keep_case(city)

    with pytest.raises(ValueError, match="stays with its city"), city.writing() as db:
        case_writing.rename(db, ID, "seoul/clean-air", at=LATER, by="import")


def test_handing_over_gives_a_file_case_to_its_city(city: Store) -> None:
    keep_case(city)

    with city.writing() as db:
        case_writing.hand_over(db, ID, at=LATER, by="operator")

    with city.reading() as db:
        stamp = cases.stamp(db, ID)
        history = revisions.of_case(db, ID)
    assert stamp is not None
    assert (stamp.origin, stamp.folder, stamp.revision) == (Origin.FORM, None, 2)
    assert [(line.what, line.by) for line in history] == [
        ("handed-over", "operator"),
        ("published", "import"),
    ]


def test_touching_queues_without_a_new_revision(city: Store) -> None:
    keep_case(city)
    keep_case(city, a_case("tehran/other"))
    with city.writing() as db:
        outbox.keep(db, [(ID, 1), ("tehran/other", 1)])

    with city.writing() as db:
        case_writing.touch(db, [ID, "tehran/unknown"], at=LATER)

    assert promises(city) == {ID: 2}
    assert (found(city).revision, found(city).index_revision) == (1, 2)


def test_touching_a_withdrawn_case_keeps_it_hidden(city: Store) -> None:
    keep_case(city)
    withdraw(city)

    with city.writing() as db:
        case_writing.touch(db, [ID], at=LATER)

    with city.reading() as db:
        assert outbox.hidden(db).ids == (ID,)
