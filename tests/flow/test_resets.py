"""A reset from end to end: handed over by whom it may be, used once, within half an hour."""

from collections.abc import Callable

import pytest

from knowledgebase.domain.errors import (
    Invalid,
    LinkUnusable,
    LogInRefused,
    NotAllowed,
    NotFound,
)
from knowledgebase.domain.person import (
    CityRole,
    LinkKind,
    PlatformRole,
)
from knowledgebase.services import entering, joining
from knowledgebase.services import people as persons
from knowledgebase.services.site import Site
from tests.people import (
    OPERATOR,
    OTHER_PASSWORD,
    PASSWORD,
    Clock,
    accepted,
    actor_of,
    an_invitation,
    at_once,
    come_in,
    enter,
    invited,
    lines_of,
)


def test_resets_die_with_the_right_to_hand_them_over(exchange: Site) -> None:
    admin = actor_of(exchange, come_in(exchange, "admin@tehran.example", role=CityRole.ADMIN))
    link = joining.reset_link(exchange, come_in(exchange).person.id, by=admin)

    persons.leave_city(exchange, "tehran", by=admin)

    with pytest.raises(LinkUnusable):
        joining.set_password(exchange, link.token, OTHER_PASSWORD)


def test_a_reset_sets_another_password_and_closes_all_sessions(exchange: Site) -> None:
    first, second = come_in(exchange), enter(exchange)
    link = joining.reset_link(exchange, first.person.id, by=OPERATOR)

    joining.set_password(exchange, link.token, OTHER_PASSWORD)

    assert [entering.who(exchange, token.token).person for token in (first, second)] == [None, None]
    with pytest.raises(LogInRefused):
        enter(exchange)
    assert enter(exchange, password=OTHER_PASSWORD).person == first.person
    assert lines_of(exchange, f"person:{first.person.id}") == [
        ("password-changed", first.person.id),
        ("reset-handed-over", "operator"),
    ]


def test_a_reset_works_once_and_for_half_an_hour(exchange: Site, clock: Clock) -> None:
    person = come_in(exchange).person
    used = joining.reset_link(exchange, person.id, by=OPERATOR)
    joining.set_password(exchange, used.token, OTHER_PASSWORD)
    late = joining.reset_link(exchange, person.id, by=OPERATOR)
    clock.go(minutes=30)

    for token in (used.token, late.token):
        with pytest.raises(LinkUnusable):
            joining.set_password(exchange, token, PASSWORD)


def test_a_newer_reset_and_a_changed_password_kill_an_older_reset(exchange: Site) -> None:
    entered = come_in(exchange)
    old = joining.reset_link(exchange, entered.person.id, by=OPERATOR)
    newer = joining.reset_link(exchange, entered.person.id, by=OPERATOR)

    entering.change_password(
        exchange, PASSWORD, OTHER_PASSWORD, by=actor_of(exchange, entered), token=entered.token
    )

    for token in (old.token, newer.token):
        with pytest.raises(LinkUnusable):
            joining.set_password(exchange, token, PASSWORD)


def test_of_sixteen_who_use_one_reset_at_once_one_wins(exchange: Site) -> None:
    person = come_in(exchange).person
    link = joining.reset_link(exchange, person.id, by=OPERATOR)

    done, refused = at_once(
        16, lambda number: joining.set_password(exchange, link.token, f"{OTHER_PASSWORD} {number}")
    )

    assert (len(done), {type(error) for error in refused}) == (1, {LinkUnusable})


def test_a_refused_password_leaves_the_reset_as_it_is(exchange: Site) -> None:
    person = come_in(exchange).person
    link = joining.reset_link(exchange, person.id, by=OPERATOR)

    with pytest.raises(Invalid):
        joining.set_password(exchange, link.token, "password1234")

    joining.set_password(exchange, link.token, OTHER_PASSWORD)


def test_an_invitation_sets_no_password_and_a_reset_makes_no_account(exchange: Site) -> None:
    person = come_in(exchange).person
    reset = joining.reset_link(exchange, person.id, by=OPERATOR)
    link = invited(exchange, "x@tehran.example")

    uses: list[Callable[[], object]] = [
        lambda: joining.set_password(exchange, link.token, OTHER_PASSWORD),
        lambda: accepted(exchange, reset.token, "X"),
        lambda: joining.accept_by_password(exchange, reset.token, PASSWORD),
    ]
    for use in uses:
        with pytest.raises((LinkUnusable, LogInRefused)):
            use()


def test_a_citys_admin_hands_over_resets_to_people_of_its_city_alone(exchange: Site) -> None:
    admin = actor_of(exchange, come_in(exchange, "admin@tehran.example", role=CityRole.ADMIN))
    own = come_in(exchange, "own@tehran.example").person
    foreign = come_in(exchange, "foreign@seoul.example", "seoul").person
    chief = come_in(exchange, "chief@tehran.example", platform=PlatformRole.ADMIN).person
    both = come_in(exchange, "both@tehran.example")
    link = joining.invite(exchange, an_invitation("both@tehran.example", "seoul"), by=OPERATOR)
    joining.accept_as(exchange, link.token, by=actor_of(exchange, both))

    assert joining.reset_link(exchange, own.id, by=admin).kind is LinkKind.RESET
    for person, error in ((foreign, NotFound), (chief, NotAllowed), (both.person, NotAllowed)):
        with pytest.raises(error):
            joining.reset_link(exchange, person.id, by=admin)
    with pytest.raises(NotFound):
        joining.reset_link(exchange, "nobody000000", by=admin)
