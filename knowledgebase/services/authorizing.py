"""Who may do what: one table of roles and actions, and the one function that reads it."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.errors import NotAllowed, NotFound
from knowledgebase.domain.person import Actor, CityRole, PersonState, PlatformRole, Rights
from knowledgebase.store import people as accounts
from knowledgebase.store.alone import Work, alone
from knowledgebase.store.connection import Connection


class Standing(StrEnum):
    """What an actor is; somebody is several things at once, in several cities."""

    PERSON = "person"
    MEMBER = "member"
    CONTRIBUTOR = "contributor"
    PUBLISHER = "publisher"  # whoever may publish in a city without asking
    VOICE = "voice"  # whoever may speak for a city
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
_OWN_CITY = {Standing.CITY_ADMIN: Reach.OWN, Standing.PLATFORM_ADMIN: Reach.ANY}
_MODERATED = {Standing.MODERATOR: Reach.ANY, Standing.PLATFORM_ADMIN: Reach.ANY}
_MEMBERS = {
    Standing.MEMBER: Reach.ANY,
    Standing.CONTRIBUTOR: Reach.ANY,
    Standing.CITY_ADMIN: Reach.ANY,
    **_MODERATED,
}
_PLATFORM = {Standing.PLATFORM_ADMIN: Reach.ANY}
_SELF = {Standing.PERSON: Reach.OWN}
TABLE: Mapping[Action, Mapping[Standing, Reach]] = {
    Action.MANAGE_ACCOUNT: _SELF,
    Action.LEAVE_CITY: _SELF,
    Action.INVITE_TO_CITY: _OWN_CITY,
    Action.INVITE_TO_PLATFORM: _PLATFORM,
    Action.SEE_MEMBERS: _OWN_CITY | _MODERATED,
    Action.CHANGE_MEMBERSHIP: _OWN_CITY,
    Action.END_MEMBERSHIP: _OWN_CITY,
    Action.HAND_OVER_RESET: _OWN_CITY,
    Action.DECIDE_JOINING: _OWN_CITY,
    Action.SUSPEND: _PLATFORM,
    Action.SEE_PEOPLE: _MODERATED,
    Action.ADD_CITY: _PLATFORM,
    Action.VERIFY_CITY: _PLATFORM,
    Action.EDIT_CITY: _OWN_CITY,
    Action.TAKE_OVER: _OWN_CITY,
    Action.WRITE_CASE: {Standing.CONTRIBUTOR: Reach.OWN, **_OWN_CITY},
    Action.PUBLISH_CASE: {Standing.PUBLISHER: Reach.OWN, **_PLATFORM},
    Action.DECIDE_CASE: _OWN_CITY,
    Action.TAG_CASE: {Standing.CONTRIBUTOR: Reach.OWN, **_OWN_CITY},
    Action.DECIDE_PROPOSAL: {Standing.PUBLISHER: Reach.OWN, **_MODERATED},
    Action.PROPOSE: _MEMBERS,
    Action.MANAGE_TAGS: _PLATFORM,
    Action.COMMENT: _MEMBERS,
    Action.SPEAK_FOR_CITY: {Standing.VOICE: Reach.OWN},
    Action.EDIT_COMMENT: _SELF,
    Action.DELETE_COMMENT: {Standing.PERSON: Reach.OWN, Standing.CITY_ADMIN: Reach.OWN},
    Action.REPORT: _MEMBERS,
    Action.HIDE_COMMENT: _OWN_CITY | _MODERATED,
    Action.REVERSE_HIDING: _MODERATED,
    Action.RELEASE_COMMENT: _OWN_CITY | _MODERATED,
    Action.MARK_COMMENT: {Standing.VOICE: Reach.OWN},
    Action.SEE_SPEAKER: _OWN_CITY | _MODERATED,
    Action.MODERATE: _MODERATED,
    Action.READ_CITY_JOURNAL: _OWN_CITY | _MODERATED,
    Action.READ_JOURNAL: _MODERATED,
}
_IN_CITY: Mapping[Standing, Callable[[Rights], bool]] = {
    Standing.MEMBER: lambda held: held.role is CityRole.MEMBER,
    Standing.CONTRIBUTOR: lambda held: held.role is CityRole.CONTRIBUTOR,
    Standing.CITY_ADMIN: lambda held: held.role is CityRole.ADMIN,
    Standing.PUBLISHER: lambda held: held.may_publish,
    Standing.VOICE: lambda held: held.speaks_for_city,
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


def only_city_of(actor: Actor) -> str | None:
    """Return the city whose admins read what is done to somebody: its only one; None with several."""
    return next(iter(actor.memberships)) if len(actor.memberships) == 1 else None


def _standings(actor: Actor, concern: Concern) -> Iterator[tuple[Standing, bool]]:
    """Yield what an actor is, each with whether the thing is its own in that respect."""
    if actor.person is None:
        return
    yield Standing.PERSON, concern.person == actor.person.id
    if actor.person.platform_role:
        yield _ON_PLATFORM[actor.person.platform_role], False
    for standing, holds in _IN_CITY.items():
        mine = {city for city, place in actor.memberships.items() if holds(place.rights)}
        if mine:
            is_inside = bool(concern.cities) and concern.cities <= mine
            yield standing, is_inside and concern.platform_role is None


def _is_visible(actor: Actor, concern: Concern) -> bool:
    """Say whether an actor may know of a thing: the exchange and its cities are public, accounts are not."""
    if concern.person is None or concern.is_public:
        return True
    if actor.person is None:
        return False
    is_self = concern.person == actor.person.id
    return is_self or actor.platform_role is not None or not concern.cities.isdisjoint(actor.memberships)
