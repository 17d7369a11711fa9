"""People: who they are, what they may do in which city, and what a request knows of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self


class Showing(StrEnum):
    """How a person is shown beside what it wrote."""

    NAME_AND_POSITION = "name-and-position"
    POSITION_AND_OFFICE = "position-and-office"


class PlatformRole(StrEnum):
    """What a person does for the whole exchange."""

    MODERATOR = "moderator"
    ADMIN = "admin"


class CityRole(StrEnum):
    """What a person does for one city."""

    MEMBER = "member"
    CONTRIBUTOR = "contributor"
    ADMIN = "admin"


class PersonState(StrEnum):
    """Whether an account works."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


class JoinedBy(StrEnum):
    """How a person came in."""

    INVITATION = "invitation"
    REQUEST = "request"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person says of itself. Building one is the proof that intake accepted it."""

    name: str  # in own script
    position: str
    office: str
    language: str  # of the interface
    latin_name: str | None = None
    shows: Showing = Showing.NAME_AND_POSITION


@dataclass(frozen=True, slots=True)
class Person:
    """An account as it stands, without its password."""

    number: int  # inside the store only
    id: str  # 12 of [a-z0-9], random: the only name of a person in addresses and journal
    email: str  # as typed
    profile: Profile
    platform_role: PlatformRole | None
    state: PersonState
    joined_by: JoinedBy
    created: datetime  # aware UTC


@dataclass(frozen=True, slots=True)
class Rights:
    """What a membership allows; made by `rights`, which keeps the rules between the three."""

    role: CityRole
    may_publish: bool  # without asking the city's admin
    speaks_for_city: bool  # may comment as the city


def rights(role: CityRole, *, may_publish: bool = False, speaks_for_city: bool = False) -> Rights:
    """Return the rights of a role: an admin has both, a member neither, a contributor those given."""
    if role is CityRole.CONTRIBUTOR:
        return Rights(role, may_publish, speaks_for_city)
    return Rights(role, role is CityRole.ADMIN, role is CityRole.ADMIN)


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's place in a city, not ended."""

    city: str  # id
    rights: Rights
    since: datetime  # aware UTC

    @property
    def role(self) -> CityRole:
        """Return the role alone."""
        return self.rights.role


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks for something: a visitor, a person with its memberships as they are now, or the operator."""

    person: Person | None = None
    memberships: Mapping[str, Membership] = field(default_factory=dict)  # by city id
    session: str | None = None  # id of the session, where the actor came by one
    is_operator: bool = False  # at the terminal of the machine; no request may make one

    @classmethod
    def visitor(cls) -> Self:
        """Return somebody without account."""
        return cls()

    @classmethod
    def operator(cls) -> Self:
        """Return the one at the terminal, who may do everything."""
        return cls(is_operator=True)

    @property
    def platform_role(self) -> PlatformRole | None:
        """Return the role for the whole exchange."""
        return self.person.platform_role if self.person else None

    @property
    def name(self) -> str:
        """Return how journal and revisions name this actor: the person's id, "operator" or "visitor"."""
        if self.person:
            return self.person.id
        return "operator" if self.is_operator else "visitor"


class LinkKind(StrEnum):
    """What a one-time link is for."""

    INVITATION = "invitation"
    RESET = "reset"
    FIRST_ADMIN = "first-admin"


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who is invited to what: to a city with rights, or to a role for the whole exchange."""

    email: str
    city: str | None = None  # id
    rights: Rights | None = None  # in that city
    platform_role: PlatformRole | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """A one-time link just made; the token is nowhere else, only its hash is kept."""

    kind: LinkKind
    token: str  # 43 characters of base64url
    expires: datetime  # aware UTC


@dataclass(frozen=True, slots=True)
class OpenLink:
    """What a one-time link is for, while it can be used."""

    kind: LinkKind
    email: str | None  # None: whoever is first says it
    city: str | None
    rights: Rights | None
    platform_role: PlatformRole | None
    person: str | None  # id, of a reset
    made_by: str  # person's id or "operator"
    expires: datetime  # aware UTC
    is_by_request: bool = False  # of somebody who asked to join


@dataclass(frozen=True, slots=True)
class Session:
    """One log-in of a person, as its list of sessions shows it."""

    id: str  # hash of the token, not the token
    created: datetime  # aware UTC
    seen: datetime  # aware UTC, within five minutes
    expires: datetime  # aware UTC, at the latest
    is_remembered: bool
    agent: str  # what the browser said of itself


@dataclass(frozen=True, slots=True)
class Entered:
    """A session just opened; the token goes into the cookie and is nowhere else."""

    token: str  # 43 characters of base64url
    person: Person
    is_remembered: bool = False
