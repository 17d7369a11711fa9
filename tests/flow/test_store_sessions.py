"""Sessions, one-time links and tries are kept whole, and each rule of theirs holds in SQL."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from knowledgebase.domain.person import (
    Actor,
    Invitation,
    LinkKind,
    Membership,
    PersonState,
    PlatformRole,
)
from knowledgebase.store import attempts, links, people, sessions
from knowledgebase.store.engine import Store
from knowledgebase.store.tables_people import one_time_links
from knowledgebase.store.tables_people import sessions as session_rows
from tests.counting import counting
from tests.make import NOON, a_city
from tests.people import CONTRIBUTOR, join, keep_person, number_of, rows
from tests.stores import keep_city

DAY = timedelta(days=1)
LATER = NOON + timedelta(hours=1)


def begin(store: Store, actor: Actor, digest: str = "d1", *, is_remembered: bool = False) -> None:
    with store.writing() as db:
        sessions.begin(
            db,
            digest,
            number_of(actor),
            at=NOON,
            expires=NOON + 14 * DAY,
            is_remembered=is_remembered,
            agent="Browser",
        )


def test_a_session_tells_its_person_and_memberships_in_one_statement(store: Store) -> None:
    keep_city(store)
    actor = keep_person(store)
    join(store, actor)
    begin(store, actor)

    with counting(store) as counted, store.reading() as db:
        known = sessions.who(db, "d1", LATER)

    assert counted.number == 1
    assert known
    assert known.actor.session == "d1"
    assert known.actor.person == actor.person
    assert known.actor.memberships == {"tehran": Membership("tehran", CONTRIBUTOR, NOON)}


@pytest.mark.parametrize(
    ("is_remembered", "after", "expected"),
    [
        (False, timedelta(hours=12) - timedelta(seconds=1), True),
        (False, timedelta(hours=12), False),
        (True, timedelta(hours=13), True),
        (True, 14 * DAY - timedelta(seconds=1), True),
        (True, 14 * DAY, False),
    ],
)
def test_a_session_ends_when_it_was_idle_or_is_old(
    store: Store, is_remembered: bool, after: timedelta, expected: bool
) -> None:
    actor = keep_person(store)
    begin(store, actor, is_remembered=is_remembered)

    with store.reading() as db:
        assert (sessions.who(db, "d1", NOON + after) is not None) is expected
        assert len(sessions.of_person(db, number_of(actor), NOON + after)) == expected


def test_a_suspended_persons_session_opens_nothing(store: Store) -> None:
    actor = keep_person(store)
    begin(store, actor)
    with store.writing() as db:
        people.set_state(db, number_of(actor), PersonState.SUSPENDED)

    with store.reading() as db:
        assert sessions.who(db, "d1", NOON) is None


def test_sessions_are_closed_one_by_one_or_all_but_one(store: Store) -> None:
    actor, other = keep_person(store), keep_person(store, "other0000000")
    for digest in ("d1", "d2", "d3"):
        begin(store, actor, digest)
    begin(store, other, "d4")

    with store.writing() as db:
        foreign = sessions.end(db, "d4", of=number_of(actor))
        own = sessions.end(db, "d1", of=number_of(actor))
        sessions.end_all(db, number_of(actor), but="d3")

    with store.reading() as db:
        left = db.scalars(select(session_rows.c.digest).order_by(session_rows.c.digest)).all()
    assert (foreign, own, left) == (False, True, ["d3", "d4"])


def test_a_new_session_sweeps_those_that_are_over(store: Store) -> None:
    actor = keep_person(store)
    begin(store, actor)
    with store.writing() as db:
        db.execute(update(session_rows).values(expires=NOON))

    begin(store, actor, "d2")

    assert rows(store, session_rows) == 1


def invite(store: Store, digest: str, city: str | None = "tehran", by: str = "operator") -> None:
    invitation = Invitation(
        "Sara@water.example",
        city,
        CONTRIBUTOR if city else None,
        None if city else PlatformRole.MODERATOR,
    )
    with store.writing() as db:
        links.invite(
            db, digest, invitation, email_folded="sara@water.example", by=by, at=NOON, expires=NOON + DAY
        )


def is_open(store: Store, digest: str) -> bool:
    with store.reading() as db:
        return links.find(db, digest, NOON) is not None


def test_an_invitation_comes_back_whole_and_is_used_once(store: Store) -> None:
    keep_city(store)
    invite(store, "d1")

    with store.writing() as db:
        first, second = links.use(db, "d1", LATER), links.use(db, "d1", LATER)

    assert first
    assert (first.kind, first.email, first.city) == (LinkKind.INVITATION, "Sara@water.example", "tehran")
    assert (first.rights, first.made_by, first.expires) == (CONTRIBUTOR, "operator", NOON + DAY)
    assert second is None
    assert not is_open(store, "d1")


def test_a_link_ends(store: Store) -> None:
    invite(store, "d1", None)

    with store.writing() as db:
        assert links.find(db, "d1", NOON + DAY) is None
        assert links.use(db, "d1", NOON + DAY) is None


def test_a_second_invitation_to_the_same_replaces_the_first(store: Store) -> None:
    keep_city(store)
    keep_city(store, a_city("seoul"))
    for digest, city in (("d1", "tehran"), ("d2", "seoul"), ("d3", None), ("d4", "tehran"), ("d5", None)):
        invite(store, digest, city)

    assert [is_open(store, f"d{number}") for number in range(1, 6)] == [False, True, False, True, True]


def test_links_of_somebody_who_may_no_longer_are_dead(store: Store) -> None:
    keep_city(store)
    keep_city(store, a_city("seoul"))
    invite(store, "d1", "tehran", by="x")
    invite(store, "d2", "seoul", by="x")

    with store.writing() as db:
        links.drop_made_by(db, "x", city="tehran")
    after_one = is_open(store, "d1"), is_open(store, "d2")
    with store.writing() as db:
        links.drop_made_by(db, "x")

    assert (after_one, is_open(store, "d2")) == ((False, True), False)


def test_old_links_are_forgotten(store: Store) -> None:
    invite(store, "d1", None)
    later = NOON + DAY + links.KEPT + DAY
    with store.writing() as db:
        links.offer_first_admin(db, "d2", at=later, expires=later + DAY)

    assert rows(store, one_time_links) == 1


def test_a_link_without_a_purpose_is_refused_by_the_database(store: Store) -> None:
    plain = {"digest": "d", "made_by": "x", "made": NOON, "expires": LATER}
    for wrong in (
        {"kind": "wish"},
        {"kind": "reset"},
        {"kind": "invitation", "email": "a@b.example"},
        {"kind": "first-admin", "platform_role": "admin", "email": "a@b.example"},
        {"kind": "invitation", "email": "a@b.example", "role": "member"},
    ):
        with pytest.raises(IntegrityError), store.writing() as db:
            db.execute(insert(one_time_links), plain | wrong)


def test_tries_are_admitted_up_to_the_limit_of_each_key(store: Store) -> None:
    limits = {"account:a": 2, "all": 3}

    with store.writing() as db:
        admitted = [bool(attempts.admit(db, limits, since=NOON - DAY, at=NOON)) for _ in range(3)]
        other = [
            bool(attempts.admit(db, {"account:b": 2, "all": 3}, since=NOON - DAY, at=NOON)) for _ in range(2)
        ]

    assert (admitted, other) == ([True, True, False], [True, False])


def test_old_tries_and_those_taken_back_do_not_count(store: Store) -> None:
    limits = {"account:a": 1}
    with store.writing() as db:
        attempts.admit(db, limits, since=NOON - DAY, at=NOON)
        later = attempts.admit(db, limits, since=NOON, at=LATER)
        attempts.take_back(db, later)
        again = attempts.admit(db, limits, since=NOON, at=LATER)

    with store.reading() as db:
        assert (bool(later), bool(again), attempts.count(db, "account:a")) == (True, True, 1)
