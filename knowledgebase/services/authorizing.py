"""Who may do what: one table of roles and actions, and the one function that reads it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from knowledgebase.domain.errors import NotAllowed, NotFound
from knowledgebase.domain.person import Action, Actor, CityRole, Concern, PersonState, PlatformRole
from knowledgebase.store import people as accounts
from knowledgebase.store.alone import Work, alone
from knowledgebase.store.connection import Connection


class Standing(StrEnum):
    """What an actor is; somebody is several things at once, in several cities."""

    PERSON = "person"
    MEMBER = "member"
    CONTRIBUTOR = "contributor"
    CITY_ADMIN = "city-admin"
    MODERATOR = "moderator"
    PLATFORM_ADMIN = "platform-admin"


class Reach(StrEnum):
    """How far a standing goes: of a person, "own" is itself; of a role in a city, that city."""

    NONE = "none"
    OWN = "own"
    ANY = "any"


# An action that is not named for a standing is not allowed to it; a visitor has no standing at all.
# In a city "own" covers a person only when all its memberships are there and it has no role for the whole
# exchange: no city's admin opens an account that reaches further.
TABLE: Mapping[Action, Mapping[Standing, Reach]] = {
    Action.MANAGE_ACCOUNT: {Standing.PERSON: Reach.OWN},
    Action.LEAVE_CITY: {Standing.PERSON: Reach.OWN},
    Action.INVITE_TO_CITY: {Standing.CITY_ADMIN: Reach.OWN, Standing.PLATFORM_ADMIN: Reach.ANY},
    Action.INVITE_TO_PLATFORM: {Standing.PLATFORM_ADMIN: Reach.ANY},
    Action.SEE_MEMBERS: {
        Standing.CITY_ADMIN: Reach.OWN,
        Standing.MODERATOR: Reach.ANY,
        Standing.PLATFORM_ADMIN: Reach.ANY,
    },
    Action.CHANGE_MEMBERSHIP: {Standing.CITY_ADMIN: Reach.OWN, Standing.PLATFORM_ADMIN: Reach.ANY},
    Action.END_MEMBERSHIP: {Standing.CITY_ADMIN: Reach.OWN, Standing.PLATFORM_ADMIN: Reach.ANY},
    Action.HAND_OVER_RESET: {Standing.CITY_ADMIN: Reach.OWN, Standing.PLATFORM_ADMIN: Reach.ANY},
    Action.SUSPEND: {Standing.PLATFORM_ADMIN: Reach.ANY},
    Action.SEE_PEOPLE: {Standing.MODERATOR: Reach.ANY, Standing.PLATFORM_ADMIN: Reach.ANY},
    Action.ADD_CITY: {Standing.PLATFORM_ADMIN: Reach.ANY},
    Action.READ_CITY_JOURNAL: {
        Standing.CITY_ADMIN: Reach.OWN,
        Standing.MODERATOR: Reach.ANY,
        Standing.PLATFORM_ADMIN: Reach.ANY,
    },
    Action.READ_JOURNAL: {Standing.MODERATOR: Reach.ANY, Standing.PLATFORM_ADMIN: Reach.ANY},
}
_IN_CITY = {
    CityRole.MEMBER: Standing.MEMBER,
    CityRole.CONTRIBUTOR: Standing.CONTRIBUTOR,
    CityRole.ADMIN: Standing.CITY_ADMIN,
}
_ON_PLATFORM = {
    PlatformRole.MODERATOR: Standing.MODERATOR,
    PlatformRole.ADMIN: Standing.PLATFORM_ADMIN,
}


def may(actor: Actor, action: Action, concern: Concern) -> bool:
    """Say whether an actor may do this, as a page asks before it shows a button."""
    if actor.is_operator:
        return True
    reach = TABLE[action]
    return any(
        reach.get(standing) is Reach.ANY or (reach.get(standing) is Reach.OWN and is_own)
        for standing, is_own in _standings(actor, concern)
    )


def authorize(actor: Actor, action: Action, concern: Concern) -> None:
    """Let an actor do this, or raise.

    Inside a write transaction the actor is one that `present` has read there.
    Raises NotFound when the actor may not even know of the thing, NotAllowed when it may.
    """
    if may(actor, action, concern):
        return
    if not _is_visible(actor, concern):
        raise NotFound(concern.person or "")
    raise NotAllowed(action)


def present(db: Connection, actor: Actor) -> Actor:
    """Return the actor as it is at this moment; until the transaction ends nobody changes it.

    Raises NotAllowed when the account is gone or suspended since the request began.
    """
    alone(db, Work.PEOPLE)
    if actor.person is None:
        return actor
    now = accounts.find(db, actor.person.id)
    if now is None or now.person is None or now.person.state is PersonState.SUSPENDED:
        raise NotAllowed(actor.person.id)
    return Actor(now.person, now.memberships, actor.session)


def _standings(actor: Actor, concern: Concern) -> Iterator[tuple[Standing, bool]]:
    """Yield what an actor is, each with whether the thing is its own in that respect."""
    if actor.person is None:
        return
    yield Standing.PERSON, concern.person == actor.person.id
    if actor.person.platform_role:
        yield _ON_PLATFORM[actor.person.platform_role], False
    for role, standing in _IN_CITY.items():
        mine = {city for city, membership in actor.memberships.items() if membership.role is role}
        if mine:
            is_inside = bool(concern.cities) and concern.cities <= mine
            yield standing, is_inside and concern.platform_role is None


def _is_visible(actor: Actor, concern: Concern) -> bool:
    """Say whether an actor may know of a thing: the exchange and its cities are public, accounts are not."""
    if concern.person is None:
        return True
    if actor.person is None:
        return False
    is_self = concern.person == actor.person.id
    return is_self or actor.platform_role is not None or not concern.cities.isdisjoint(actor.memberships)
