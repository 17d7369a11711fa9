"""Invitations from end to end: made by whom it may be, used once, by one, all of it or nothing."""

import pytest
from sqlalchemy import select

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.errors import (
    AlreadyThere,
    Invalid,
    LinkUnusable,
    LogInRefused,
    NotAllowed,
    NotFound,
)
from knowledgebase.domain.person import Actor, CityRole, JoinedBy, LinkKind, PlatformRole, rights
from knowledgebase.services import entering, joining
from knowledgebase.services import people as persons
from knowledgebase.services.authorizing import authorize, present
from knowledgebase.services.site import Site
from knowledgebase.store import people as accounts
from knowledgebase.store.tables_people import one_time_links, sessions
from tests.people import (
    OPERATOR,
    OTHER_PASSWORD,
    PASSWORD,
    Clock,
    a_profile,
    accepted,
    actor_of,
    an_invitation,
    at_once,
    come_in,
    id_of,
    invited,
    lines_of,
)


def everybody(site: Site) -> tuple[Actor, ...]:
    return persons.everyone(site, by=OPERATOR)


def test_an_invitation_leads_into_the_city_and_opens_a_session(exchange: Site) -> None:
    link = invited(exchange)

    actor = accepted(exchange, link.token)

    assert actor.person
    assert actor.person.email == "sara@tehran.example"
    assert actor.person.joined_by is JoinedBy.INVITATION
    assert actor.memberships["tehran"].rights == rights(CityRole.CONTRIBUTOR)
    assert lines_of(exchange, "city:tehran")[:2] == [("joined", id_of(actor)), ("invited", "operator")]


def test_a_token_is_43_signs_and_only_its_hash_is_kept(exchange: Site) -> None:
    link = invited(exchange)
    entered = joining.accept(exchange, link.token, a_profile(), PASSWORD, has_accepted=True)

    with exchange.store.reading() as db:
        kept = [*db.scalars(select(one_time_links.c.digest)), *db.scalars(select(sessions.c.digest))]

    assert (len(link.token), len(entered.token)) == (43, 43)
    assert not {link.token, entered.token} & set(kept)
    assert [len(digest) for digest in kept] == [64, 64]


def test_looking_at_an_invitation_uses_nothing_up(exchange: Site) -> None:
    link = invited(exchange)

    first, second = joining.look_at(exchange, link.token), joining.look_at(exchange, link.token)

    assert first == second
    assert (first.link.kind, first.link.city, first.has_account) == (LinkKind.INVITATION, "tehran", False)
    assert first.city_names["en"] == "Tehran"


def test_a_link_works_once(exchange: Site) -> None:
    link = invited(exchange)
    accepted(exchange, link.token)

    for use in (
        lambda: joining.look_at(exchange, link.token),
        lambda: accepted(exchange, link.token),
        lambda: joining.accept_by_password(exchange, link.token, PASSWORD),
    ):
        with pytest.raises(LinkUnusable):
            use()


@pytest.mark.parametrize("token", ["", "x", "\ud800", "é" * 43])
def test_a_token_that_nobody_made_opens_nothing(exchange: Site, token: str) -> None:
    with pytest.raises(LinkUnusable):
        joining.look_at(exchange, token)
    assert entering.who(exchange, token) == Actor.visitor()


def test_an_invitation_ends_after_two_weeks(exchange: Site, clock: Clock) -> None:
    link = invited(exchange)
    clock.go(days=14)

    with pytest.raises(LinkUnusable):
        accepted(exchange, link.token)


def test_every_fault_of_an_acceptance_is_named_and_the_link_stays(exchange: Site) -> None:
    link = invited(exchange)

    with pytest.raises(Invalid) as refused:
        joining.accept(exchange, link.token, a_profile(), "tehran tehran", has_accepted=False)

    assert [fault.code for fault in refused.value.faults] == ["password-guessable", "not-accepted"]
    assert accepted(exchange, link.token).person


def test_a_twin_name_in_the_city_is_refused_and_the_link_stays(exchange: Site) -> None:
    accepted(exchange, invited(exchange).token, "علی کریمی")
    link = invited(exchange, "other@tehran.example")

    with pytest.raises(Invalid) as refused:
        accepted(exchange, link.token, "علي\u200cكريمي")

    assert [(fault.code, fault.key) for fault in refused.value.faults] == [("name-taken", "name")]
    assert len(everybody(exchange)) == 1
    assert accepted(exchange, link.token, "علی رضا کریمی").person


def test_a_latin_name_is_a_name_too(exchange: Site) -> None:
    accepted(exchange, invited(exchange).token, "Sara Ahmadi")
    link = invited(exchange, "other@tehran.example")
    twin = a_profile("سارا احمدی", latin_name="Sara Ahmadi")

    with pytest.raises(Invalid):
        joining.accept(exchange, link.token, twin, PASSWORD, has_accepted=True)


def test_sixteen_who_accept_one_link_at_once_make_one_account(exchange: Site) -> None:
    link = invited(exchange)

    done, refused = at_once(16, lambda number: accepted(exchange, link.token, f"Sara {number} Ahmadi"))

    assert (len(done), {type(error) for error in refused}) == (1, {LinkUnusable})
    assert len(everybody(exchange)) == 1


def test_of_sixteen_twins_who_register_at_once_one_wins(exchange: Site) -> None:
    names = ("علی کریمی", "علي كريمي", "علی\u200cکریمی", "عـلی کریمی")
    tokens = [invited(exchange, f"a{number}@tehran.example").token for number in range(16)]

    done, refused = at_once(16, lambda number: accepted(exchange, tokens[number], names[number % 4]))

    assert (len(done), len(refused), {type(error) for error in refused}) == (1, 15, {Invalid})
    assert len(everybody(exchange)) == 1


def test_of_two_with_one_address_one_registers(exchange: Site) -> None:
    spelled = ("Sara@tehran.example", "sara@TEHRAN.example")
    tokens = [
        joining.invite(exchange, an_invitation(spelled[number % 2], city), by=OPERATOR).token
        for number, city in enumerate(("tehran", "seoul"))
    ]

    done, refused = at_once(2, lambda number: accepted(exchange, tokens[number], f"Sara {number}"))

    assert (len(done), [type(error) for error in refused]) == (1, [AlreadyThere])


def test_who_has_an_account_takes_an_invitation_up_while_logged_in(exchange: Site) -> None:
    entered = come_in(exchange)
    link = joining.invite(exchange, an_invitation("SARA@tehran.example", "seoul"), by=OPERATOR)

    look = joining.look_at(exchange, link.token)
    joining.accept_as(exchange, link.token, by=actor_of(exchange, entered))

    assert look.has_account
    assert sorted(actor_of(exchange, entered).memberships) == ["seoul", "tehran"]


def test_or_by_its_password(exchange: Site) -> None:
    come_in(exchange)
    link = joining.invite(exchange, an_invitation(city="seoul"), by=OPERATOR)

    with pytest.raises(LogInRefused):
        joining.accept_by_password(exchange, link.token, OTHER_PASSWORD)
    entered = joining.accept_by_password(exchange, link.token, PASSWORD)

    assert sorted(actor_of(exchange, entered).memberships) == ["seoul", "tehran"]


def test_an_invitation_to_another_address_is_not_ones_own(exchange: Site) -> None:
    entered = come_in(exchange, "reza@tehran.example")
    link = invited(exchange)

    with pytest.raises(NotAllowed):
        joining.accept_as(exchange, link.token, by=actor_of(exchange, entered))

    assert accepted(exchange, link.token, "Sara").person


def test_a_member_is_not_invited_again(exchange: Site) -> None:
    come_in(exchange)

    with pytest.raises(AlreadyThere):
        invited(exchange)


def test_nobody_is_invited_to_a_city_that_is_not_there(exchange: Site) -> None:
    with pytest.raises(NotFound):
        joining.invite(exchange, an_invitation(city="nowhere"), by=OPERATOR)


def test_a_citys_admin_invites_to_its_own_city_only(exchange: Site) -> None:
    admin = actor_of(exchange, come_in(exchange, "admin@tehran.example", role=CityRole.ADMIN))

    link = joining.invite(exchange, an_invitation(role=CityRole.ADMIN), by=admin)

    assert joining.look_at(exchange, link.token).link.made_by == id_of(admin)
    for foreign in (an_invitation(city="seoul"), an_invitation(city=None, platform=PlatformRole.MODERATOR)):
        with pytest.raises(NotAllowed):
            joining.invite(exchange, foreign, by=admin)


@pytest.mark.parametrize("role", [CityRole.MEMBER, CityRole.CONTRIBUTOR])
def test_who_is_no_admin_invites_nobody(exchange: Site, role: CityRole) -> None:
    actor = actor_of(exchange, come_in(exchange, role=role))

    with pytest.raises(NotAllowed):
        joining.invite(exchange, an_invitation("x@tehran.example"), by=actor)
    with pytest.raises(NotAllowed):
        joining.invite(exchange, an_invitation("x@tehran.example"), by=Actor.visitor())


def test_an_invitation_to_both_needs_both_rights(exchange: Site) -> None:
    admin = actor_of(exchange, come_in(exchange, "admin@tehran.example", role=CityRole.ADMIN))

    with pytest.raises(NotAllowed):
        joining.invite(exchange, an_invitation(platform=PlatformRole.ADMIN), by=admin)


def test_invitations_die_with_the_right_to_make_them(exchange: Site) -> None:
    admin = actor_of(exchange, come_in(exchange, "admin@tehran.example", role=CityRole.ADMIN))
    link = joining.invite(exchange, an_invitation(), by=admin)

    persons.change_membership(exchange, id_of(admin), "tehran", rights(CityRole.MEMBER), by=OPERATOR)

    with pytest.raises(LinkUnusable):
        accepted(exchange, link.token)


def test_an_invitation_to_the_exchange_never_takes_a_role_away(exchange: Site) -> None:
    entered = come_in(exchange, city=None, platform=PlatformRole.ADMIN)
    link = joining.invite(exchange, an_invitation(city=None, platform=PlatformRole.MODERATOR), by=OPERATOR)

    joining.accept_as(exchange, link.token, by=actor_of(exchange, entered))

    assert actor_of(exchange, entered).platform_role is PlatformRole.ADMIN


def test_who_may_do_something_is_read_again_inside_the_transaction(exchange: Site) -> None:
    admin = actor_of(exchange, come_in(exchange, "admin@tehran.example", role=CityRole.ADMIN))
    persons.change_membership(exchange, id_of(admin), "tehran", rights(CityRole.MEMBER), by=OPERATOR)

    authorize(admin, Action.INVITE_TO_CITY, Concern.city("tehran"))  # what the request knew
    with exchange.store.writing() as db:
        now = present(db, admin)
        found = accounts.find(db, id_of(admin))

    assert found
    assert now.memberships == found.memberships
    with pytest.raises(NotAllowed):
        joining.invite(exchange, an_invitation(), by=admin)
