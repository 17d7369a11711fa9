"""One-time links: invitations and how they are accepted, the first platform admin, another password."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.errors import Fault, Invalid, LinkUnusable, NotAllowed, NotFound
from knowledgebase.domain.language import INTERFACE
from knowledgebase.domain.letter import Letter, LetterKind
from knowledgebase.domain.person import (
    Actor,
    Entered,
    Handed,
    Invitation,
    JoinedBy,
    LinkKind,
    OpenLink,
    Person,
    PlatformRole,
    Profile,
)
from knowledgebase.services import limiting, mailing, passwords
from knowledgebase.services.authorizing import authorize, only_city_of, present
from knowledgebase.services.entering import check_unchanged, open_session, put_password, verified, words_about
from knowledgebase.services.inviting import offer
from knowledgebase.services.site import Site
from knowledgebase.services.tokens import (
    FIRST_ADMIN_LASTS,
    RESET_LASTS,
    digest_of,
    new_id,
    new_token,
)
from knowledgebase.store import attempts, cities, journal, links, members
from knowledgebase.store import people as accounts
from knowledgebase.store.alone import Work, alone
from knowledgebase.store.connection import Connection
from knowledgebase.text.twins import folded_email, looks


@dataclass(frozen=True, slots=True)
class Look:
    """What the holder of a link is shown before it is used."""

    link: OpenLink
    city_names: Mapping[str, str] = field(default_factory=dict)  # by language
    has_account: bool = False  # accept by password or logged in, not with a new profile


def invite(site: Site, invitation: Invitation, *, by: Actor, language: str = INTERFACE[0]) -> Handed:
    """Make a link by which somebody joins a city, or gets a role for the whole exchange.

    Where letters are sent one goes to the address, in `language`; its link and the returned one are used up
    together. An earlier invitation of the same address to the same is dead. The link is nowhere else: only
    its hash is kept.
    Raises NotFound without such a city, AlreadyThere when the address is a member's already.
    """
    with site.store.writing() as db:
        by = present(db, by)
        if invitation.platform_role is not None:
            authorize(by, Action.INVITE_TO_PLATFORM, Concern.exchange())
        if invitation.city is not None or invitation.platform_role is None:
            authorize(by, Action.INVITE_TO_CITY, Concern.city(invitation.city or ""))
        handed = offer(site, db, invitation, by=by, language=language)
        thing = f"city:{invitation.city}" if invitation.city else "exchange"
        detail = _told(invitation.platform_role, invitation.rights.role if invitation.rights else None)
        journal.write(db, at=site.now(), by=by.name, action="invited", thing=thing, detail=detail)
    return handed


def first_admin_link(site: Site) -> Handed | None:
    """Make the link of the first platform admin, None once somebody is there; an earlier link is dead."""
    at, token = site.now(), new_token()
    with site.store.writing() as db:
        alone(db, Work.PEOPLE)
        if accounts.is_anybody_there(db):
            return None
        links.offer_first_admin(db, digest_of(token), at=at, expires=at + FIRST_ADMIN_LASTS)
    return Handed(LinkKind.FIRST_ADMIN, token, at + FIRST_ADMIN_LASTS)


def look_at(site: Site, token: str, *, kinds: Collection[LinkKind] = tuple(LinkKind)) -> Look:
    """Return what a link of these kinds is for, without using it. Raises LinkUnusable."""
    with site.store.reading() as db:
        link = links.find(db, digest_of(token), site.now())
        if link is None or link.kind not in kinds:
            raise LinkUnusable
        if link.kind is LinkKind.FIRST_ADMIN and accounts.is_anybody_there(db):
            raise LinkUnusable
        named = cities.labels(db, [link.city]) if link.city else {}
        known = accounts.find_by_email(db, folded_email(link.email)) if link.email else None
    return Look(link, named[link.city].names if link.city else {}, known is not None)


def accept(
    site: Site,
    token: str,
    profile: Profile,
    password: str,
    *,
    has_accepted: bool,
    email: str | None = None,
    agent: str = "",
) -> Entered:
    """Make an account by an invitation, use the link up, and open a session: all of it or nothing.

    `email` is for the first admin's link alone, which names none; of an invitation its own counts.
    Raises LinkUnusable, Invalid with every fault of password and consent (and of a name that an active
    member of the city has), AlreadyThere when the address has an account: then `accept_as`.
    """
    look = look_at(site, token)
    if look.link.kind is LinkKind.RESET:
        raise LinkUnusable
    address = look.link.email or email
    faults = new_account_faults(look, profile, password, has_accepted=has_accepted, email=email)
    if faults or address is None:
        raise Invalid(faults)
    kept, at = passwords.hash_of(password), site.now()
    with site.store.writing() as db:
        link = _use(db, token, at)
        made = accounts.add(
            db,
            new_id(),
            email=address,
            email_folded=folded_email(address),
            profile=profile,
            password=kept,
            platform_role=None,
            joined_by=_way_of(link),
            at=at,
        )
        person = _join(db, made, link, at)
        return open_session(db, person, at=at, agent=agent, is_remembered=False)


def new_account_faults(
    look: Look, profile: Profile | None, password: str, *, has_accepted: bool, email: str | None = None
) -> tuple[Fault, ...]:
    """Return what `accept` would refuse of these, so that a form names it together with a faulty profile."""
    address = look.link.email or email
    about = [address or "", look.link.city or "", *look.city_names.values()]
    if profile:
        about += [profile.name, profile.latin_name or "", profile.position, profile.office]
    faults = list(passwords.faults_of(password, about=about))
    if address is None:
        faults.insert(0, Fault("required", "email"))
    if not has_accepted:
        faults.append(Fault("not-accepted", "has_accepted"))
    return tuple(faults)


def accept_as(site: Site, token: str, *, by: Actor) -> None:
    """Let somebody who is logged in take up an invitation to its own address.

    Raises LinkUnusable, NotAllowed when the invitation is to another address, AlreadyThere for a member.
    """
    at = site.now()
    with site.store.writing() as db:
        by = present(db, by)
        link = _use(db, token, at)
        if by.person is None or not link.email or folded_email(link.email) != folded_email(by.person.email):
            raise NotAllowed(link.kind)
        _join(db, by, link, at)


def accept_by_password(
    site: Site, token: str, password: str, *, agent: str = "", address: str = ""
) -> Entered:
    """Let somebody with an account take up an invitation by its password, and open a session.

    Raises LinkUnusable, LogInRefused, TooManyTries, AlreadyThere for a member.
    """
    look = look_at(site, token)
    account = folded_email(look.link.email or "")
    counted = limiting.admit(site, account=account, address=address)
    found, kept = verified(site, account, password)
    at = site.now()
    with site.store.writing() as db:
        attempts.take_back(db, counted)
        now = present(db, found)
        if now.person is None:
            raise LinkUnusable
        check_unchanged(db, now.person, kept)
        person = _join(db, now, _use(db, token, at), at)
        return open_session(db, person, at=at, agent=agent, is_remembered=False)


def reset_link(site: Site, person_id: str, *, by: Actor) -> Handed:
    """Make a link by which a person sets another password within 30 minutes; an earlier one is dead.

    Raises NotFound for somebody whom `by` may not know, NotAllowed where it reaches too far: a city's
    admin serves those whose memberships are all in its cities.
    """
    at, token = site.now(), new_token()
    with site.store.writing() as db:
        by = present(db, by)
        found = accounts.find(db, person_id)
        authorize(by, Action.HAND_OVER_RESET, Concern.account(found) if found else Concern(person=person_id))
        if found is None or found.person is None:
            raise NotFound(person_id)
        expires = at + RESET_LASTS
        links.offer_reset(db, digest_of(token), found.person.number, by=by.name, at=at, expires=expires)
        thing = f"person:{person_id}"
        journal.write(
            db, at=at, by=by.name, action="reset-handed-over", thing=thing, city=only_city_of(found)
        )
    return Handed(LinkKind.RESET, token, expires)


def set_password(site: Site, token: str, password: str) -> None:
    """Set another password by a link, use it up, and close all sessions; opens none.

    Raises LinkUnusable, Invalid when the password is refused (the link can be used again then).
    """
    look = look_at(site, token)
    with site.store.reading() as db:
        found = accounts.find(db, look.link.person or "")
    if found is None or found.person is None:
        raise LinkUnusable
    faults = passwords.faults_of(password, about=[*words_about(found.person), *found.memberships])
    if faults:
        raise Invalid(faults)
    kept, at = passwords.hash_of(password), site.now()
    with site.store.writing() as db:
        link = _use(db, token, at)
        if link.person != found.person.id:
            raise LinkUnusable
        put_password(db, found.person, kept, at=at)
        mailing.write(site, db, Letter(LetterKind.PASSWORD_CHANGED, person=found.person.number))


def _way_of(link: OpenLink) -> JoinedBy:
    if link.kind is LinkKind.FIRST_ADMIN:
        return JoinedBy.OPERATOR
    return JoinedBy.REQUEST if link.is_by_request else JoinedBy.INVITATION


def _use(db: Connection, token: str, at: datetime) -> OpenLink:
    """Use a link up, one caller at a time. Raises LinkUnusable for all others."""
    alone(db, Work.PEOPLE)
    link = links.use(db, digest_of(token), at)
    if link is None or (link.kind is LinkKind.FIRST_ADMIN and accounts.is_anybody_there(db)):
        raise LinkUnusable
    return link


def _join(db: Connection, actor: Actor, link: OpenLink, at: datetime) -> Person:
    """Give a person what its link says, and write it down."""
    person = actor.person
    if person is None or link.kind is LinkKind.RESET:
        raise LinkUnusable
    if link.city and link.rights:
        name_it = looks(person.profile.name) | looks(person.profile.latin_name or person.profile.name)
        try:
            members.begin(db, person.number, link.city, link.rights, looks=name_it, at=at)
        except members.NameTaken as error:
            raise Invalid([Fault("name-taken", "name", values={"city": error.city})]) from error
    if link.platform_role and person.platform_role is not PlatformRole.ADMIN:
        accounts.set_platform_role(db, person.number, link.platform_role)
    detail = _told(link.platform_role, link.rights.role if link.rights else None)
    thing = f"city:{link.city}" if link.city else "exchange"
    journal.write(
        db, at=at, by=person.id, action="joined", thing=thing, detail=detail | {"invited_by": link.made_by}
    )
    now = accounts.find(db, person.id)
    return now.person if now and now.person else person


def _told(platform_role: PlatformRole | None, role: str | None) -> dict[str, str | int | None]:
    """Return what the journal tells of a role that was given or offered."""
    told = {"role": role, "platform_role": platform_role}
    return {name: str(value) for name, value in told.items() if value is not None}
