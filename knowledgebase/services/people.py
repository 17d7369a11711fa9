"""What is done to people and their memberships: profile, rights, leaving, suspension."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.errors import Fault, Invalid, NotAllowed, NotFound
from knowledgebase.domain.person import Actor, CityRole, Person, PersonState, PlatformRole, Profile, Rights
from knowledgebase.services.authorizing import authorize, only_city_of, present
from knowledgebase.services.site import Site
from knowledgebase.store import case_writing, comments, journal, links, members, proposals, sessions
from knowledgebase.store import people as accounts
from knowledgebase.store.connection import Connection
from knowledgebase.text.twins import folded_email, looks


def change_profile(site: Site, profile: Profile, *, by: Actor) -> None:
    """Write what a person says of itself. Raises Invalid when a member of its city has that name."""
    with site.store.writing() as db:
        by = present(db, by)
        authorize(by, Action.MANAGE_ACCOUNT, Concern.account(by))
        person = _person_of(by)
        accounts.change_profile(db, person.number, profile)
        try:
            members.rename(
                db, person.number, looks=looks(profile.name) | looks(profile.latin_name or profile.name)
            )
        except members.NameTaken as error:
            raise Invalid([Fault("name-taken", "name", values={"city": error.city})]) from error
        at = site.now()
        if _shown(profile) != _shown(person.profile):
            case_writing.touch(db, comments.cases_with(db, writer_number=person.number), at=at)
        thing = f"person:{person.id}"
        journal.write(db, at=at, by=by.name, action="profile-changed", thing=thing)
        case_writing.touch(db, proposals.credited_cases(db, person.number), at=at)


def change_membership(site: Site, person_id: str, city: str, rights: Rights, *, by: Actor) -> None:
    """Give a member other rights in a city; they hold from its next request on.

    Raises NotFound for somebody who is no member, or whom `by` may not know.
    """
    with _writing_of(site, person_id, city, Action.CHANGE_MEMBERSHIP, by) as (db, found, actor, at):
        before = found.memberships.get(city)
        if before is None:
            raise NotFound(person_id)
        members.change(db, _person_of(found).number, city, rights)
        if before.role is CityRole.ADMIN and rights.role is not CityRole.ADMIN:
            links.drop_made_by(db, person_id, city=city)
        detail: dict[str, str | int | None] = {
            "person": person_id,
            "role": rights.role.value,
            "may_publish": int(rights.may_publish),
            "speaks_for_city": int(rights.speaks_for_city),
        }
        _tell(db, actor, "membership-changed", f"city:{city}", at, detail)


def end_membership(site: Site, person_id: str, city: str, *, by: Actor) -> None:
    """End somebody's membership of a city, at once. Raises NotFound as `change_membership` does."""
    with _writing_of(site, person_id, city, Action.END_MEMBERSHIP, by) as (db, found, actor, at):
        _end(db, _person_of(found), city, at)
        _tell(db, actor, "membership-ended", f"city:{city}", at, {"person": person_id})


def leave_city(site: Site, city: str, *, by: Actor) -> None:
    """End one's own membership of a city. Raises NotFound when there is none."""
    person_id = by.person.id if by.person else ""
    with _writing_of(site, person_id, city, Action.LEAVE_CITY, by) as (db, found, actor, at):
        _end(db, _person_of(found), city, at)
        _tell(db, actor, "left", f"city:{city}", at, {"person": person_id})


def suspend(site: Site, person_id: str, *, by: Actor, reason: str | None = None) -> None:
    """Let an account do nothing from now on: its sessions and the links it made are dead.

    A suspended one is left as it is. Raises NotAllowed for oneself, NotFound for nobody.
    """
    with _writing_of(site, person_id, None, Action.SUSPEND, by) as (db, found, actor, at):
        person = _person_of(found)
        if actor.person and actor.person.id == person_id:
            raise NotAllowed(person_id)
        if person.state is not PersonState.SUSPENDED:
            accounts.set_state(db, person.number, PersonState.SUSPENDED)
            sessions.end_all(db, person.number)
            links.drop_resets(db, person.number)
            links.drop_made_by(db, person_id)
            _tell(db, actor, "suspended", f"person:{person_id}", at, {"reason": reason}, only_city_of(found))


def unsuspend(site: Site, person_id: str, *, by: Actor, reason: str | None = None) -> None:
    """Let a suspended account work again; it logs in anew. One that works is left as it is."""
    with _writing_of(site, person_id, None, Action.SUSPEND, by) as (db, found, actor, at):
        person = _person_of(found)
        if person.state is not PersonState.ACTIVE:
            accounts.set_state(db, person.number, PersonState.ACTIVE)
            _tell(
                db, actor, "unsuspended", f"person:{person_id}", at, {"reason": reason}, only_city_of(found)
            )


def change_platform_role(site: Site, person_id: str, role: PlatformRole | None, *, by: Actor) -> None:
    """Give a person a role for the whole exchange, or take it away; links that it made are dead then."""
    with _writing_of(site, person_id, None, Action.INVITE_TO_PLATFORM, by) as (db, found, actor, at):
        person = _person_of(found)
        if person.platform_role is not role:
            accounts.set_platform_role(db, person.number, role)
            if person.platform_role is PlatformRole.ADMIN:
                links.drop_made_by(db, person_id)
            _tell(db, actor, "platform-role-changed", f"person:{person_id}", at, {"platform_role": role})


def members_of(site: Site, city: str, *, by: Actor) -> tuple[Actor, ...]:
    """Return the members of a city, each with its membership there, for whoever administers it."""
    authorize(by, Action.SEE_MEMBERS, Concern.city(city))
    with site.store.reading() as db:
        return members.of_city(db, city)


def everyone(site: Site, *, by: Actor) -> tuple[Actor, ...]:
    """Return all people with their memberships, by their time of joining."""
    authorize(by, Action.SEE_PEOPLE, Concern.exchange())
    with site.store.reading() as db:
        return accounts.everyone(db)


def find_by_email(site: Site, email: str, *, by: Actor) -> Actor:
    """Return whose e-mail address this is. Raises NotFound when it is nobody's."""
    authorize(by, Action.SEE_PEOPLE, Concern.exchange())
    with site.store.reading() as db:
        found = accounts.find_by_email(db, folded_email(email))
    if found is None:
        raise NotFound(email)
    return found


Writing = tuple[Connection, Actor, Actor, datetime]


@contextmanager
def _writing_of(site: Site, person_id: str, city: str | None, action: Action, by: Actor) -> Iterator[Writing]:
    """Lend a transaction with the person as it is, the actor as it is and may do this, and the moment."""
    with site.store.writing() as db:
        actor = present(db, by)
        found = accounts.find(db, person_id)
        concern = Concern(person=person_id)
        if found and city is None:
            concern = Concern.account(found)
        elif found and city is not None and city in found.memberships:
            concern = Concern.membership(person_id, city)
        authorize(actor, action, concern)
        if found is None:
            raise NotFound(person_id)
        yield db, found, actor, site.now()


def _shown(profile: Profile) -> tuple[str | None, ...]:
    """Return what stands beside a person's comments."""
    return (profile.name, profile.latin_name, profile.position, profile.office, profile.shows)


def _person_of(actor: Actor) -> Person:
    if actor.person is None:
        raise NotFound("")
    return actor.person


def _end(db: Connection, person: Person, city: str, at: datetime) -> None:
    members.end(db, person.number, city, at=at)
    links.drop_made_by(db, person.id, city=city)


def _tell(
    db: Connection,
    actor: Actor,
    action: str,
    thing: str,
    at: datetime,
    detail: dict[str, str | int | None],
    city: str | None = None,
) -> None:
    told = {name: value for name, value in detail.items() if value is not None}
    journal.write(db, at=at, by=actor.name, action=action, thing=thing, detail=told, city=city)
