"""Accounts and memberships are kept whole, and each rule of theirs holds in SQL."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from knowledgebase.domain.errors import AlreadyThere, NotFound
from knowledgebase.domain.person import (
    Actor,
    JoinedBy,
    Membership,
    PersonState,
    PlatformRole,
    Showing,
)
from knowledgebase.store import members, people
from knowledgebase.store.engine import Store
from knowledgebase.store.tables_people import city_members, member_names
from knowledgebase.store.tables_people import people as people_rows
from tests.make import NOON, a_city
from tests.people import CONTRIBUTOR, a_profile, join, keep_person, number_of, rows
from tests.stores import keep_city

LATER = NOON + timedelta(hours=1)


def find(store: Store, person_id: str = "sara00000000") -> Actor | None:
    with store.reading() as db:
        return people.find(db, person_id)


def test_a_person_comes_back_whole(store: Store) -> None:
    profile = a_profile("سارا", latin_name="Sara", shows=Showing.POSITION_AND_OFFICE)

    kept = keep_person(store, profile=profile, platform_role=PlatformRole.MODERATOR)

    assert kept.person
    assert kept.person.profile == profile
    assert kept.person.email == "Sara00000000@Water.Example"
    assert (kept.person.platform_role, kept.person.state) == (PlatformRole.MODERATOR, PersonState.ACTIVE)
    assert (kept.person.joined_by, kept.person.created) == (JoinedBy.INVITATION, NOON)
    assert find(store) == kept


def test_a_person_is_found_by_its_folded_address(store: Store) -> None:
    kept = keep_person(store)

    with store.reading() as db:
        assert people.find_by_email(db, "sara00000000@water.example") == kept
        assert people.find_by_email(db, "nobody@water.example") is None


def test_an_address_has_one_account(store: Store) -> None:
    keep_person(store)

    with pytest.raises(AlreadyThere):
        keep_person(store, "reza00000000", email_folded="sara00000000@water.example")


def test_somebody_is_there_as_soon_as_one_is(store: Store) -> None:
    with store.reading() as db:
        before = people.is_anybody_there(db)
    keep_person(store)

    with store.reading() as db:
        assert (before, people.is_anybody_there(db)) == (False, True)


def test_a_person_comes_with_all_its_memberships(store: Store) -> None:
    for city in ("seoul", "tehran"):
        keep_city(store, a_city(city))
        keep_person(store, f"{city}-person")
    actor = keep_person(store)
    join(store, actor)
    join(store, actor, "seoul")

    found = find(store)

    assert found
    assert found.memberships == {city: Membership(city, CONTRIBUTOR, NOON) for city in ("seoul", "tehran")}
    with store.reading() as db:
        everyone = people.everyone(db)
    assert [(one.person.id, len(one.memberships)) for one in everyone if one.person] == [
        ("seoul-person", 0),
        ("tehran-person", 0),
        ("sara00000000", 2),
    ]


def test_nobody_joins_a_city_twice_or_one_that_is_not_there(store: Store) -> None:
    keep_city(store)
    actor = keep_person(store)
    join(store, actor)

    with pytest.raises(AlreadyThere):
        join(store, actor, looks=("other",))
    with pytest.raises(NotFound):
        join(store, actor, "nowhere")


def test_a_look_belongs_to_one_active_member_of_a_city(store: Store) -> None:
    keep_city(store)
    keep_city(store, a_city("seoul"))
    sara, twin = keep_person(store), keep_person(store, "twin00000000")
    join(store, sara, looks=("sara", "sala"))

    with pytest.raises(members.NameTaken):
        join(store, twin, looks=("zara", "sala"))
    join(store, twin, "seoul", looks=("zara", "sala"))

    found = find(store, "twin00000000")
    assert found
    assert list(found.memberships) == ["seoul"]


def test_an_ended_membership_frees_the_name_and_may_begin_anew(store: Store) -> None:
    keep_city(store)
    sara, twin = keep_person(store), keep_person(store, "twin00000000")
    join(store, sara)
    with store.writing() as db:
        members.end(db, number_of(sara), "tehran", at=LATER)

    join(store, twin)
    join(store, sara, looks=("zara",))

    assert rows(store, city_members) == 3
    assert rows(store, member_names) == 2
    with store.reading() as db:
        assert len(members.of_city(db, "tehran")) == 2


def test_a_renamed_person_keeps_no_earlier_look(store: Store) -> None:
    keep_city(store)
    sara, twin = keep_person(store), keep_person(store, "twin00000000")
    join(store, sara)

    with store.writing() as db:
        members.rename(db, number_of(sara), looks=("zara",))
    join(store, twin)

    with pytest.raises(members.NameTaken), store.writing() as db:
        members.rename(db, number_of(sara), looks=("sara",))


def test_a_membership_that_is_none_is_neither_changed_nor_ended(store: Store) -> None:
    keep_city(store)
    actor = keep_person(store)

    with store.writing() as db:
        with pytest.raises(NotFound):
            members.change(db, number_of(actor), "tehran", CONTRIBUTOR)
        with pytest.raises(NotFound):
            members.end(db, number_of(actor), "tehran", at=NOON)


@pytest.mark.parametrize(
    ("column", "value"),
    [("state", "asleep"), ("platform_role", "king"), ("shows", "everything"), ("joined_by", "magic")],
)
def test_closed_lists_hold_in_the_database(store: Store, column: str, value: str) -> None:
    keep_person(store)

    with pytest.raises(IntegrityError), store.writing() as db:
        db.execute(update(people_rows).values({column: value}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "king"},
        {"role": "member", "may_publish": True, "speaks_for_city": False},
        {"role": "admin", "may_publish": False, "speaks_for_city": True},
    ],
)
def test_rights_follow_the_role_in_the_database(store: Store, wrong: dict[str, Any]) -> None:
    keep_city(store)
    join(store, keep_person(store))

    with pytest.raises(IntegrityError), store.writing() as db:
        db.execute(update(city_members).values(wrong))
