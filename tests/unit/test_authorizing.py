"""Every standing against every action, on what is its own and what is not: the matrix is generated."""

from collections.abc import Iterator

import pytest

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.errors import NotAllowed, NotFound
from knowledgebase.domain.person import (
    Actor,
    CityRole,
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
    person_id: str,
    role: CityRole | None = None,
    platform: PlatformRole | None = None,
    city: str = HOME,
    *,
    may_publish: bool = False,
    speaks: bool = False,
) -> Actor:
    person = Person(
        1, person_id, "a@b.example", a_profile(), platform, PersonState.ACTIVE, JoinedBy.REQUEST, NOON
    )
    held = rights(role, may_publish=may_publish, speaks_for_city=speaks) if role else None
    return Actor(person, {city: Membership(city, held, NOON)} if held else {})


ACTORS = {
    "visitor": Actor.visitor(),
    "person": an_actor("me"),
    "member": an_actor("me", CityRole.MEMBER),
    "contributor": an_actor("me", CityRole.CONTRIBUTOR),
    "publisher": an_actor("me", CityRole.CONTRIBUTOR, may_publish=True),
    "voice": an_actor("me", CityRole.CONTRIBUTOR, speaks=True),
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
    "own-text": Concern.text("me"),
    "own-text-as-the-city": Concern.text("me", HOME),
    "text-as-the-own-city": Concern.text("colleague", HOME),
    "text-as-a-foreign-city": Concern.text("foreigner", ABROAD),
    "foreigners-text": Concern.text("foreigner"),
}
EVERYWHERE = frozenset(CONCERNS)
NOWHERE: frozenset[str] = frozenset()
IN_CITY = frozenset(
    {
        "own-city",
        "colleague",
        "own-membership",
        "colleagues-membership",
        "own-text-as-the-city",
        "text-as-the-own-city",
    }
)
OWN_TEXTS = frozenset({"own-text", "own-text-as-the-city"})
OWN = OWN_TEXTS | {"own-membership"}
CONTRIBUTORS = ("contributor", "publisher", "voice")
# Who may do what to what, written here a second time by hand, for those with a place and a role.
CITY_ADMINS = {"city-admin": IN_CITY, "platform-admin": EVERYWHERE}
MODERATORS = {"moderator": EVERYWHERE, "platform-admin": EVERYWHERE}
WRITERS = dict.fromkeys(CONTRIBUTORS, IN_CITY) | CITY_ADMINS
VOICES = {"voice": IN_CITY, "city-admin": IN_CITY}
EVERY_MEMBER = dict.fromkeys(("member", *CONTRIBUTORS, "city-admin"), EVERYWHERE) | MODERATORS
ALLOWED: dict[Action, dict[str, frozenset[str]]] = {
    Action.MANAGE_ACCOUNT: dict.fromkeys(ACTORS, OWN),
    Action.LEAVE_CITY: dict.fromkeys(ACTORS, OWN),
    Action.INVITE_TO_CITY: CITY_ADMINS,
    Action.INVITE_TO_PLATFORM: {"platform-admin": EVERYWHERE},
    Action.SEE_MEMBERS: CITY_ADMINS | MODERATORS,
    Action.CHANGE_MEMBERSHIP: CITY_ADMINS,
    Action.END_MEMBERSHIP: CITY_ADMINS,
    Action.HAND_OVER_RESET: CITY_ADMINS,
    Action.DECIDE_JOINING: CITY_ADMINS,
    Action.SUSPEND: {"platform-admin": EVERYWHERE},
    Action.SEE_PEOPLE: MODERATORS,
    Action.ADD_CITY: {"platform-admin": EVERYWHERE},
    Action.VERIFY_CITY: {"platform-admin": EVERYWHERE},
    Action.EDIT_CITY: CITY_ADMINS,
    Action.TAKE_OVER: CITY_ADMINS,
    Action.WRITE_CASE: WRITERS,
    Action.PUBLISH_CASE: {"publisher": IN_CITY} | CITY_ADMINS,
    Action.DECIDE_CASE: CITY_ADMINS,
    Action.TAG_CASE: WRITERS,
    Action.DECIDE_PROPOSAL: {"publisher": IN_CITY, "city-admin": IN_CITY} | MODERATORS,
    Action.PROPOSE: EVERY_MEMBER,
    Action.MANAGE_TAGS: {"platform-admin": EVERYWHERE},
    Action.COMMENT: EVERY_MEMBER,
    Action.SPEAK_FOR_CITY: VOICES,
    Action.EDIT_COMMENT: dict.fromkeys(ACTORS, OWN),
    Action.DELETE_COMMENT: dict.fromkeys(ACTORS, OWN) | {"city-admin": OWN | IN_CITY},
    Action.REPORT: EVERY_MEMBER,
    Action.HIDE_COMMENT: CITY_ADMINS | MODERATORS,
    Action.REVERSE_HIDING: MODERATORS,
    Action.RELEASE_COMMENT: CITY_ADMINS | MODERATORS,
    Action.MARK_COMMENT: VOICES,
    Action.SEE_SPEAKER: CITY_ADMINS | MODERATORS,
    Action.MODERATE: MODERATORS,
    Action.READ_CITY_JOURNAL: CITY_ADMINS | MODERATORS,
    Action.READ_JOURNAL: MODERATORS,
}
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
    return who == "operator" or (who != "visitor" and what in ALLOWED[action].get(who, NOWHERE))


def is_seen(who: str, what: str) -> bool:
    if (
        what in {"exchange", "own-city", "foreign-city"}
        or "text" in what
        or who in {"moderator", "platform-admin"}
    ):
        return True
    if what == "own-membership":
        return who != "visitor"
    return who in {"member", *CONTRIBUTORS, "city-admin"} and what in SEEN_BY_COLLEAGUES


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
