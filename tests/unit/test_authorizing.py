"""Every standing against every action, on what is its own and what is not: the matrix is generated."""

from collections.abc import Iterator

import pytest

from knowledgebase.domain.errors import NotAllowed, NotFound
from knowledgebase.domain.person import (
    Action,
    Actor,
    CityRole,
    Concern,
    JoinedBy,
    Membership,
    Person,
    PersonState,
    PlatformRole,
    rights,
)
from knowledgebase.services.authorizing import TABLE, authorize, may
from tests.make import NOON
from tests.people import a_profile

HOME, ABROAD = "tehran", "seoul"


def an_actor(
    person_id: str, role: CityRole | None = None, platform: PlatformRole | None = None, city: str = HOME
) -> Actor:
    person = Person(
        1, person_id, "a@b.example", a_profile(), platform, PersonState.ACTIVE, JoinedBy.REQUEST, NOON
    )
    return Actor(person, {city: Membership(city, rights(role), NOON)} if role else {})


ACTORS = {
    "visitor": Actor.visitor(),
    "person": an_actor("me"),
    "member": an_actor("me", CityRole.MEMBER),
    "contributor": an_actor("me", CityRole.CONTRIBUTOR),
    "city-admin": an_actor("me", CityRole.ADMIN),
    "moderator": an_actor("me", platform=PlatformRole.MODERATOR),
    "platform-admin": an_actor("me", platform=PlatformRole.ADMIN),
    "operator": Actor.operator(),
}
COLLEAGUE = an_actor("colleague", CityRole.CONTRIBUTOR)
FOREIGNER = an_actor("foreigner", CityRole.CONTRIBUTOR, city=ABROAD)
CONCERNS = {
    "exchange": Concern.exchange(),
    "own-city": Concern.city(HOME),
    "foreign-city": Concern.city(ABROAD),
    "colleague": Concern.account(COLLEAGUE),
    "foreigner": Concern.account(FOREIGNER),
    "colleague-of-two-cities": Concern(frozenset({HOME, ABROAD}), "both"),
    "colleague-with-platform-role": Concern(frozenset({HOME}), "chief", PlatformRole.ADMIN),
    "own-membership": Concern.membership("me", HOME),
    "colleagues-membership": Concern.membership("colleague", HOME),
    "foreigners-membership": Concern.membership("foreigner", ABROAD),
}
EVERYWHERE = frozenset(CONCERNS)
NOWHERE: frozenset[str] = frozenset()
IN_CITY = frozenset({"own-city", "colleague", "own-membership", "colleagues-membership"})
# Who may do what to what, written here a second time by hand; "self" is the actor's own account.
ALLOWED: dict[Action, dict[str, frozenset[str]]] = {
    Action.MANAGE_ACCOUNT: {},
    Action.LEAVE_CITY: {},
    Action.INVITE_TO_CITY: {"city-admin": IN_CITY, "platform-admin": EVERYWHERE},
    Action.INVITE_TO_PLATFORM: {"platform-admin": EVERYWHERE},
    Action.SEE_MEMBERS: {"city-admin": IN_CITY, "moderator": EVERYWHERE, "platform-admin": EVERYWHERE},
    Action.CHANGE_MEMBERSHIP: {"city-admin": IN_CITY, "platform-admin": EVERYWHERE},
    Action.END_MEMBERSHIP: {"city-admin": IN_CITY, "platform-admin": EVERYWHERE},
    Action.HAND_OVER_RESET: {"city-admin": IN_CITY, "platform-admin": EVERYWHERE},
    Action.SUSPEND: {"platform-admin": EVERYWHERE},
    Action.SEE_PEOPLE: {"moderator": EVERYWHERE, "platform-admin": EVERYWHERE},
    Action.ADD_CITY: {"platform-admin": EVERYWHERE},
    Action.READ_CITY_JOURNAL: {"city-admin": IN_CITY, "moderator": EVERYWHERE, "platform-admin": EVERYWHERE},
    Action.READ_JOURNAL: {"moderator": EVERYWHERE, "platform-admin": EVERYWHERE},
}
OF_ONESELF = {Action.MANAGE_ACCOUNT, Action.LEAVE_CITY}
SEEN_BY_COLLEAGUES = {
    "colleague",
    "own-membership",
    "colleagues-membership",
    "colleague-of-two-cities",
    "colleague-with-platform-role",
}


def cells() -> Iterator[tuple[str, Action, str]]:
    for who in ACTORS:
        for action in Action:
            for what in CONCERNS:
                yield who, action, what


def is_allowed(who: str, action: Action, what: str) -> bool:
    if who == "operator" or what in ALLOWED[action].get(who, NOWHERE):
        return True
    return action in OF_ONESELF and what == "own-membership" and who != "visitor"


def is_seen(who: str, what: str) -> bool:
    if what in {"exchange", "own-city", "foreign-city"} or who in {"moderator", "platform-admin"}:
        return True
    if what == "own-membership":
        return who != "visitor"
    return who in {"member", "contributor", "city-admin"} and what in SEEN_BY_COLLEAGUES


@pytest.mark.parametrize(("who", "action", "what"), list(cells()))
def test_the_matrix(who: str, action: Action, what: str) -> None:
    actor, concern = ACTORS[who], CONCERNS[what]

    if is_allowed(who, action, what):
        authorize(actor, action, concern)
        assert may(actor, action, concern)
        return
    with pytest.raises(NotAllowed if is_seen(who, what) else NotFound):
        authorize(actor, action, concern)
    assert not may(actor, action, concern)


def test_every_action_has_its_line() -> None:
    assert set(TABLE) == set(Action) == set(ALLOWED)


@pytest.mark.parametrize("who", [name for name in ACTORS if name not in {"visitor", "operator"}])
def test_everybody_with_an_account_manages_it(who: str) -> None:
    authorize(ACTORS[who], Action.MANAGE_ACCOUNT, Concern.account(ACTORS[who]))


def test_a_visitor_has_no_account_to_manage() -> None:
    with pytest.raises(NotFound):
        authorize(Actor.visitor(), Action.MANAGE_ACCOUNT, Concern.account(Actor.visitor()))


def test_a_role_in_one_city_says_nothing_in_another() -> None:
    both = an_actor("me", CityRole.ADMIN)
    both = Actor(both.person, {**both.memberships, ABROAD: Membership(ABROAD, rights(CityRole.MEMBER), NOON)})

    authorize(both, Action.INVITE_TO_CITY, Concern.city(HOME))

    with pytest.raises(NotAllowed):
        authorize(both, Action.INVITE_TO_CITY, Concern.city(ABROAD))
