"""What is done to people and memberships: by whom it may be, at once, and written down."""

import pytest

from knowledgebase.domain.errors import AlreadyThere, Invalid, LinkUnusable, NotAllowed, NotFound
from knowledgebase.domain.person import (
    Actor,
    CityRole,
    Entered,
    PersonState,
    PlatformRole,
    Showing,
    rights,
)
from knowledgebase.domain.record import Origin
from knowledgebase.services import founding, joining
from knowledgebase.services import people as persons
from knowledgebase.services.site import Site
from knowledgebase.store import cities, journal
from knowledgebase.store.values import JournalLine
from tests.make import a_city
from tests.people import a_profile, actor_of, an_invitation, at_once, come_in

OPERATOR = Actor.operator()


@pytest.fixture
def admin(exchange: Site) -> Actor:
    """Come in as Tehran's admin."""
    return actor_of(exchange, come_in(exchange, "admin@tehran.example", role=CityRole.ADMIN))


@pytest.fixture
def chief(exchange: Site) -> Actor:
    """Come in as the exchange's admin."""
    entered = come_in(exchange, "chief@exchange.example", None, platform=PlatformRole.ADMIN)
    return actor_of(exchange, entered)


@pytest.fixture
def sara(exchange: Site) -> Entered:
    """Come in as a contributor of Tehran."""
    return come_in(exchange)


def last(site: Site, thing: str) -> JournalLine:
    with site.store.reading() as db:
        return journal.newest(db, 1, thing=thing)[0]


def test_a_person_changes_its_own_profile(exchange: Site, sara: Entered) -> None:
    profile = a_profile("سارا احمدی", latin_name="Sara Ahmadi", shows=Showing.POSITION_AND_OFFICE)

    persons.change_profile(exchange, profile, by=actor_of(exchange, sara))

    now = actor_of(exchange, sara).person
    assert now
    assert now.profile == profile
    line = last(exchange, f"person:{sara.person.id}")
    assert (line.action, line.by, line.detail) == ("profile-changed", sara.person.id, {})


def test_nobody_takes_the_name_of_a_colleague_later(exchange: Site) -> None:
    come_in(exchange)
    reza = come_in(exchange, "reza@tehran.example")
    before = reza.person.profile

    with pytest.raises(Invalid) as refused:
        persons.change_profile(exchange, a_profile("SARA Ahmadi"), by=actor_of(exchange, reza))

    now = actor_of(exchange, reza).person
    assert [fault.code for fault in refused.value.faults] == ["name-taken"]
    assert now
    assert now.profile == before


def test_a_name_is_free_in_another_city_and_after_leaving(exchange: Site, sara: Entered) -> None:
    come_in(exchange, "sara@seoul.example", "seoul", name="Sara Ahmadi")

    persons.leave_city(exchange, "tehran", by=actor_of(exchange, sara))

    assert come_in(exchange, "second@tehran.example", name="Sara Ahmadi").token


def test_a_citys_admin_changes_and_ends_memberships(exchange: Site, admin: Actor, sara: Entered) -> None:
    wanted = rights(CityRole.CONTRIBUTOR, may_publish=True)

    persons.change_membership(exchange, sara.person.id, "tehran", wanted, by=admin)
    changed = actor_of(exchange, sara).memberships["tehran"].rights
    line = last(exchange, "city:tehran")
    persons.end_membership(exchange, sara.person.id, "tehran", by=admin)

    assert changed == wanted
    assert (line.action, line.by) == ("membership-changed", admin.name)
    assert line.detail == {
        "person": sara.person.id,
        "role": "contributor",
        "may_publish": 1,
        "speaks_for_city": 0,
    }
    assert actor_of(exchange, sara).memberships == {}
    assert last(exchange, "city:tehran").action == "membership-ended"


def test_members_of_another_city_are_nobody_to_a_citys_admin(exchange: Site, admin: Actor) -> None:
    foreign = come_in(exchange, "x@seoul.example", "seoul").person.id
    wanted = rights(CityRole.ADMIN)

    for city in ("seoul", "tehran"):
        with pytest.raises(NotFound):
            persons.change_membership(exchange, foreign, city, wanted, by=admin)
        with pytest.raises(NotFound):
            persons.end_membership(exchange, foreign, city, by=admin)
    with pytest.raises(NotAllowed):
        persons.members_of(exchange, "seoul", by=admin)


def test_a_colleague_without_the_role_is_seen_and_not_changed(exchange: Site, sara: Entered) -> None:
    reza = come_in(exchange, "reza@tehran.example").person.id

    with pytest.raises(NotAllowed):
        persons.end_membership(exchange, reza, "tehran", by=actor_of(exchange, sara))
    with pytest.raises(NotAllowed):
        persons.change_membership(
            exchange, sara.person.id, "tehran", rights(CityRole.ADMIN), by=actor_of(exchange, sara)
        )


def test_a_person_leaves_only_where_it_is(exchange: Site, sara: Entered) -> None:
    persons.leave_city(exchange, "tehran", by=actor_of(exchange, sara))

    assert last(exchange, "city:tehran").action == "left"
    with pytest.raises(NotFound):
        persons.leave_city(exchange, "tehran", by=actor_of(exchange, sara))
    with pytest.raises(NotFound):
        persons.leave_city(exchange, "seoul", by=actor_of(exchange, sara))


def test_who_left_may_be_invited_again(exchange: Site, sara: Entered) -> None:
    persons.leave_city(exchange, "tehran", by=actor_of(exchange, sara))

    link = joining.invite(exchange, an_invitation(), by=OPERATOR)
    joining.accept_as(exchange, link.token, by=actor_of(exchange, sara))

    assert list(actor_of(exchange, sara).memberships) == ["tehran"]


def test_the_platforms_admin_suspends_and_undoes(exchange: Site, chief: Actor, sara: Entered) -> None:
    persons.suspend(exchange, sara.person.id, by=chief, reason="Spam")
    persons.suspend(exchange, sara.person.id, by=chief, reason="Again")
    line = last(exchange, f"person:{sara.person.id}")
    state = persons.find_by_email(exchange, sara.person.email, by=chief).person

    persons.unsuspend(exchange, sara.person.id, by=chief)

    assert state
    assert state.state is PersonState.SUSPENDED
    assert (line.action, line.by, line.detail) == ("suspended", chief.name, {"reason": "Spam"})
    assert last(exchange, f"person:{sara.person.id}").action == "unsuspended"
    assert actor_of(exchange, sara) == Actor.visitor()


def test_nobody_suspends_itself_and_no_citys_admin_anybody(
    exchange: Site, chief: Actor, admin: Actor, sara: Entered
) -> None:
    assert chief.person

    with pytest.raises(NotAllowed):
        persons.suspend(exchange, chief.person.id, by=chief)
    with pytest.raises(NotAllowed):
        persons.suspend(exchange, sara.person.id, by=admin)
    with pytest.raises(NotFound):
        persons.suspend(exchange, chief.person.id, by=admin)


def test_links_of_a_suspended_person_are_dead(exchange: Site, chief: Actor, admin: Actor) -> None:
    link = joining.invite(exchange, an_invitation("new@tehran.example"), by=admin)
    assert admin.person

    persons.suspend(exchange, admin.person.id, by=chief)

    with pytest.raises(LinkUnusable):
        joining.look_at(exchange, link.token)


def test_a_role_for_the_exchange_is_given_and_taken(exchange: Site, chief: Actor, sara: Entered) -> None:
    persons.change_platform_role(exchange, sara.person.id, PlatformRole.MODERATOR, by=chief)
    given = actor_of(exchange, sara).platform_role
    persons.change_platform_role(exchange, sara.person.id, None, by=chief)

    assert (given, actor_of(exchange, sara).platform_role) == (PlatformRole.MODERATOR, None)
    with pytest.raises(NotAllowed):
        persons.change_platform_role(
            exchange, sara.person.id, PlatformRole.ADMIN, by=actor_of(exchange, sara)
        )


def test_of_sixteen_who_take_one_name_at_once_one_wins(exchange: Site) -> None:
    actors = [
        actor_of(exchange, come_in(exchange, f"a{number}@tehran.example", name=f"Person {number * 7}"))
        for number in range(16)
    ]

    done, refused = at_once(
        16, lambda number: persons.change_profile(exchange, a_profile("علی کریمی"), by=actors[number])
    )

    assert (len(done), {type(error) for error in refused}) == (1, {Invalid})


def test_two_admins_who_end_each_other_at_once_do_not_wait_for_ever(exchange: Site) -> None:
    admins = [
        actor_of(exchange, come_in(exchange, f"a{number}@tehran.example", role=CityRole.ADMIN))
        for number in range(2)
    ]

    done, refused = at_once(
        2,
        lambda number: persons.end_membership(exchange, admins[1 - number].name, "tehran", by=admins[number]),
    )

    assert (len(done), {type(error) for error in refused}) == (1, {NotFound})


def test_members_are_listed_for_their_admin(exchange: Site, admin: Actor, sara: Entered) -> None:
    come_in(exchange, "x@seoul.example", "seoul")

    listed = persons.members_of(exchange, "tehran", by=admin)

    assert [one.name for one in listed] == [admin.name, sara.person.id]
    with pytest.raises(NotAllowed):
        persons.everyone(exchange, by=admin)


def test_a_city_begins_on_the_web(exchange: Site, chief: Actor, admin: Actor) -> None:
    founding.add_city(exchange, a_city("yazd", name={"en": "Yazd", "fa": "یزد"}), by=chief)

    with exchange.store.reading() as db:
        record = cities.find(db, "yazd")
    assert record
    assert record.origin is Origin.FORM
    with pytest.raises(AlreadyThere):
        founding.add_city(exchange, a_city("tehran"), by=chief)
    with pytest.raises(NotAllowed):
        founding.add_city(exchange, a_city("qom"), by=admin)
