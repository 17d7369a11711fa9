"""Log in and out: what a token opens, and when it stops."""

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from sqlalchemy import update

from knowledgebase.domain.errors import Invalid, LogInRefused, NotAllowed, NotFound
from knowledgebase.domain.person import Actor, CityRole, Entered, rights
from knowledgebase.services import entering, joining, passwords
from knowledgebase.services import people as persons
from knowledgebase.services.site import Site
from knowledgebase.store import people as accounts
from knowledgebase.store.tables_people import people
from tests.counting import counting
from tests.people import (
    OPERATOR,
    OTHER_PASSWORD,
    PASSWORD,
    Clock,
    a_profile,
    actor_of,
    come_in,
    enter,
    is_in,
)


def change(site: Site, entered: Entered) -> Entered:
    return entering.change_password(
        site, PASSWORD, OTHER_PASSWORD, by=actor_of(site, entered), token=entered.token
    )


def test_address_and_password_open_a_session(exchange: Site) -> None:
    person = come_in(exchange).person

    entered = enter(exchange, " SARA@Tehran.example ", agent="Browser\n1")

    actor = actor_of(exchange, entered)
    assert actor.person == person
    assert list(actor.memberships) == ["tehran"]
    assert {one.agent for one in entering.sessions_of(exchange, by=actor)} == {"Browser1", ""}


@pytest.mark.parametrize("who", ["unknown", "wrong-password", "suspended", "too-long"])
def test_every_refusal_is_the_same(exchange: Site, who: str) -> None:
    person = come_in(exchange).person
    email, password = "sara@tehran.example", PASSWORD
    if who == "unknown":
        email = "nobody@tehran.example"
    elif who == "suspended":
        persons.suspend(exchange, person.id, by=OPERATOR)
    else:
        password = OTHER_PASSWORD if who == "wrong-password" else PASSWORD * 100

    with pytest.raises(LogInRefused) as refused:
        enter(exchange, email, password)

    assert (str(refused.value), refused.value.http_status) == ("", 422)


def test_who_is_here_takes_one_statement_and_writes_nothing(exchange: Site, clock: Clock) -> None:
    entered = enter(exchange, come_in(exchange).person.email)
    clock.go(minutes=5)

    with counting(exchange.store) as counted:
        assert is_in(exchange, entered.token)

    assert counted.number == 1


def test_that_a_session_was_used_is_noted_every_five_minutes_at_most(exchange: Site, clock: Clock) -> None:
    entered = come_in(exchange)
    began = clock.at
    clock.go(minutes=6)
    with counting(exchange.store) as counted:
        is_in(exchange, entered.token)
        is_in(exchange, entered.token)

    seen = entering.sessions_of(exchange, by=actor_of(exchange, entered))[0].seen

    assert counted.number == 3  # two reads and one note
    assert (seen - began).total_seconds() == 360


def test_noting_waits_for_no_writer(sqlite_exchange: Site, clock: Clock) -> None:
    entered = come_in(sqlite_exchange)
    clock.go(minutes=6)

    with sqlite_exchange.store.writing():
        assert is_in(sqlite_exchange, entered.token)


def test_a_session_that_is_used_lives_on_and_ends_after_two_weeks(exchange: Site, clock: Clock) -> None:
    entered = come_in(exchange)
    alive = 0
    while is_in(exchange, entered.token):
        clock.go(hours=11)
        alive += 11

    assert alive == 341  # the first multiple of 11 hours past 14 days


def test_an_idle_session_ends_after_twelve_hours_and_a_remembered_one_after_a_month(
    exchange: Site, clock: Clock
) -> None:
    plain, remembered = come_in(exchange), enter(exchange, is_remembered=True)

    clock.go(hours=12)
    after_a_night = is_in(exchange, plain.token), is_in(exchange, remembered.token)
    clock.go(days=30)

    assert after_a_night == (False, True)
    assert not is_in(exchange, remembered.token)


def log_out(site: Site, entered: Entered) -> None:
    entering.log_out(site, entered.token)


def revoke(site: Site, entered: Entered) -> None:
    actor = actor_of(site, entered)
    entering.revoke(site, actor.session or "", by=actor)


def suspend(site: Site, entered: Entered) -> None:
    persons.suspend(site, entered.person.id, by=OPERATOR)


def suspend_and_undo(site: Site, entered: Entered) -> None:
    suspend(site, entered)
    persons.unsuspend(site, entered.person.id, by=OPERATOR)


def reset(site: Site, entered: Entered) -> None:
    link = joining.reset_link(site, entered.person.id, by=OPERATOR)
    joining.set_password(site, link.token, OTHER_PASSWORD)


@pytest.mark.parametrize("end", [log_out, change, revoke, suspend, suspend_and_undo, reset])
@pytest.mark.parametrize("is_remembered", [False, True])
def test_a_token_of_a_closed_session_is_refused_every_time(
    exchange: Site, end: Callable[[Site, Entered], object], is_remembered: bool
) -> None:
    come_in(exchange)
    entered = enter(exchange, is_remembered=is_remembered)
    assert is_in(exchange, entered.token)

    end(exchange, entered)

    assert [entering.who(exchange, entered.token) for _ in range(20)] == [Actor.visitor()] * 20


def test_a_changed_password_renews_the_own_session_and_closes_the_others(exchange: Site) -> None:
    other = come_in(exchange)
    mine = enter(exchange, is_remembered=True, agent="Mine")

    renewed = change(exchange, mine)

    actor = actor_of(exchange, renewed)
    assert [(one.agent, one.is_remembered) for one in entering.sessions_of(exchange, by=actor)] == [
        ("Mine", True)
    ]
    assert not is_in(exchange, other.token)
    with pytest.raises(LogInRefused):
        enter(exchange)
    assert is_in(exchange, enter(exchange, password=OTHER_PASSWORD).token)


def test_a_password_is_changed_by_who_knows_it_and_to_a_good_one(exchange: Site) -> None:
    entered = come_in(exchange)
    actor = actor_of(exchange, entered)

    with pytest.raises(LogInRefused):
        entering.change_password(exchange, OTHER_PASSWORD, OTHER_PASSWORD, by=actor, token=entered.token)
    with pytest.raises(Invalid):
        entering.change_password(exchange, PASSWORD, "Sara Ahmadi 1365", by=actor, token=entered.token)

    assert is_in(exchange, entered.token)


def test_a_log_in_that_a_changed_password_overtakes_opens_nothing(
    exchange: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = come_in(exchange)
    is_outdated = passwords.is_outdated

    def change_meanwhile(kept: str) -> bool:
        monkeypatch.setattr(passwords, "is_outdated", is_outdated)
        reset(exchange, first)
        return is_outdated(kept)

    monkeypatch.setattr(passwords, "is_outdated", change_meanwhile)  # asked between comparing and writing

    with pytest.raises(LogInRefused):
        enter(exchange)
    with pytest.raises(LogInRefused):
        enter(exchange)


def test_a_session_is_revoked_by_its_own_person_alone(exchange: Site) -> None:
    sara, reza = come_in(exchange), come_in(exchange, "reza@tehran.example")
    session = actor_of(exchange, sara).session or ""

    with pytest.raises(NotFound):
        entering.revoke(exchange, session, by=actor_of(exchange, reza))

    assert is_in(exchange, sara.token)


def test_all_other_sessions_are_closed_together(exchange: Site) -> None:
    first, mine = come_in(exchange), enter(exchange)

    entering.revoke_others(exchange, by=actor_of(exchange, mine))

    assert (is_in(exchange, first.token), is_in(exchange, mine.token)) == (False, True)


def test_an_ended_membership_and_other_rights_hold_from_the_next_request_on(exchange: Site) -> None:
    entered = come_in(exchange)
    speaking = rights(CityRole.CONTRIBUTOR, speaks_for_city=True)

    persons.change_membership(exchange, entered.person.id, "tehran", speaking, by=OPERATOR)
    changed = actor_of(exchange, entered).memberships["tehran"].rights
    persons.end_membership(exchange, entered.person.id, "tehran", by=OPERATOR)

    assert changed == speaking
    assert actor_of(exchange, entered).memberships == {}


def test_a_visitor_has_no_sessions(exchange: Site) -> None:
    with pytest.raises(NotFound):
        entering.sessions_of(exchange, by=Actor.visitor())


def test_a_suspended_actor_does_nothing_with_what_the_request_knew(exchange: Site) -> None:
    actor = actor_of(exchange, come_in(exchange))
    assert actor.person
    persons.suspend(exchange, actor.person.id, by=OPERATOR)

    with pytest.raises(NotAllowed):
        persons.change_profile(exchange, a_profile("Other"), by=actor)


@pytest.mark.real_hashes
def test_an_outdated_hash_is_renewed_at_log_in(exchange: Site) -> None:
    person = come_in(exchange).person
    weak = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    with exchange.store.writing() as db:
        accounts.set_password(db, person.number, weak)

    enter(exchange)

    with exchange.store.reading() as db:
        kept = accounts.password_of(db, person.number)
    assert kept
    assert passwords.is_outdated(weak)
    assert not passwords.is_outdated(kept)
    assert passwords.is_right(PASSWORD, kept)


def test_a_corrupted_hash_lets_nobody_in(exchange: Site) -> None:
    come_in(exchange)
    with exchange.store.writing() as db:
        db.execute(update(people).values({"password": "nothing"}))

    with pytest.raises(LogInRefused):
        enter(exchange)
