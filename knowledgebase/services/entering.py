"""Log in and out, and who a token belongs to."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.errors import Invalid, LogInRefused, NotFound, StoreUnavailable
from knowledgebase.domain.letter import Letter, LetterKind
from knowledgebase.domain.person import Actor, Entered, Person, PersonState, Session
from knowledgebase.services import limiting, mailing, passwords
from knowledgebase.services.authorizing import authorize, present
from knowledgebase.services.site import Site
from knowledgebase.services.tokens import digest_of, new_token
from knowledgebase.store import attempts, journal, links, sessions
from knowledgebase.store import people as accounts
from knowledgebase.store.connection import Connection
from knowledgebase.text.twins import folded_email

ABSOLUTE = timedelta(days=14)  # then a session is over, used or not
ABSOLUTE_REMEMBERED = timedelta(days=180)
NOTED_EVERY = timedelta(minutes=5)  # how exactly it is known when a session was used
_NOTE_WAIT = 0.2  # seconds that a page gives for noting it
_AGENT_MOST = 200  # characters kept of what a browser says of itself


def log_in(
    site: Site,
    email: str,
    password: str,
    *,
    agent: str = "",
    address: str = "",
    is_remembered: bool = False,
) -> Entered:
    """Open a session for whoever knows address and password, and return its token.

    A failed try counts for the account and for the address; an address that no account has takes as long
    and is counted as well.
    Raises LogInRefused without saying why, TooManyTries when too many failed.
    """
    account = folded_email(email)
    counted = limiting.admit(site, account=account, address=address)
    found, kept = verified(site, account, password)
    person = found.person
    if person is None:
        raise LogInRefused
    renewed = passwords.hash_of(password) if passwords.is_outdated(kept) else None
    with site.store.writing() as db:
        attempts.take_back(db, counted)
        check_unchanged(db, person, kept)
        if renewed:
            accounts.renew_password(db, person.number, kept, renewed)
        return open_session(db, person, at=site.now(), agent=agent, is_remembered=is_remembered)


def verified(site: Site, email_folded: str, password: str) -> tuple[Actor, str]:
    """Return who has this address and password, and the hash it was compared with.

    Raises LogInRefused; suspended people are refused after the comparison, like everybody else.
    """
    with site.store.reading() as db:
        found = accounts.find_by_email(db, email_folded)
        kept = accounts.password_of(db, found.person.number if found and found.person else 0)
    is_right = passwords.is_right(password, kept)
    if not is_right or not found or not found.person or kept is None:
        raise LogInRefused
    if found.person.state is PersonState.SUSPENDED:
        raise LogInRefused
    return found, kept


def check_unchanged(db: Connection, person: Person, kept: str) -> None:
    """Let nobody in whose password or state was changed after it was compared. Raises LogInRefused."""
    if accounts.password_of(db, person.number, is_active=True) != kept:
        raise LogInRefused


def open_session(db: Connection, person: Person, *, at: datetime, agent: str, is_remembered: bool) -> Entered:
    """Write a session into the caller's transaction and return its token."""
    token = new_token()
    sessions.begin(
        db,
        digest_of(token),
        person.number,
        at=at,
        expires=at + (ABSOLUTE_REMEMBERED if is_remembered else ABSOLUTE),
        is_remembered=is_remembered,
        agent="".join(sign for sign in agent if sign.isprintable())[:_AGENT_MOST],
    )
    return Entered(token, person, is_remembered)


def who(site: Site, token: str | None) -> Actor:
    """Return whom a token belongs to, with its memberships as they are now, else a visitor.

    One statement. That the session was used is noted at most every five minutes, in a transaction of its
    own that a page does not wait for long.
    """
    if not token:
        return Actor.visitor()
    digest, now = digest_of(token), site.now()
    with site.store.reading() as db:
        known = sessions.who(db, digest, now)
    if known is None:
        return Actor.visitor()
    if known.seen < now - NOTED_EVERY:
        _note(site, digest, now)
    return known.actor


def _note(site: Site, digest: str, now: datetime) -> None:
    try:
        with site.store.writing(wait=_NOTE_WAIT) as db:
            sessions.note(db, digest, at=now, unless_since=now - NOTED_EVERY)
    except StoreUnavailable:
        return  # the next request tries again


def log_out(site: Site, token: str | None) -> None:
    """Close the session of a token; from now on it opens nothing. A dead one changes nothing."""
    if token:
        with site.store.writing() as db:
            sessions.end(db, digest_of(token))


def change_password(
    site: Site,
    old: str,
    new: str,
    *,
    by: Actor,
    token: str,
    address: str = "",
    about: Sequence[str] = (),
) -> Entered:
    """Set another password, close all sessions of the person and open one anew in place of this one.

    `about`: further words that the password may not consist of, such as the names of the person's cities.
    Raises LogInRefused when the old password is wrong, TooManyTries after too many, Invalid when the new
    one is refused.
    """
    authorize(by, Action.MANAGE_ACCOUNT, Concern.account(by))
    person = by.person
    if person is None:
        raise LogInRefused
    account = folded_email(person.email)
    counted = limiting.admit(site, account=account, address=address)
    _, kept = verified(site, account, old)
    faults = passwords.faults_of(new, about=[*words_about(person), *by.memberships, *about])
    if faults:
        raise Invalid(faults)
    renewed, at = passwords.hash_of(new), site.now()
    with site.store.writing() as db:
        attempts.take_back(db, counted)
        authorize(present(db, by), Action.MANAGE_ACCOUNT, Concern.account(by))
        check_unchanged(db, person, kept)
        known = sessions.who(db, digest_of(token), at)
        if known is None:
            raise LogInRefused
        put_password(db, person, renewed, at=at)
        mailing.write(site, db, Letter(LetterKind.PASSWORD_CHANGED, person=person.number))
        return open_session(db, person, at=at, agent=known.agent, is_remembered=known.is_remembered)


def put_password(db: Connection, person: Person, kept: str, *, at: datetime) -> None:
    """Write another password's hash; every session and every unused link for another one is dead."""
    accounts.set_password(db, person.number, kept)
    sessions.end_all(db, person.number)
    links.drop_resets(db, person.number)
    journal.write(db, at=at, by=person.id, action="password-changed", thing=f"person:{person.id}")


def words_about(person: Person) -> list[str]:
    """Return what anybody knows of a person and would try as a password."""
    profile = person.profile
    return [person.email, profile.name, profile.latin_name or "", profile.position, profile.office]


def sessions_of(site: Site, *, by: Actor) -> tuple[Session, ...]:
    """Return the sessions of the person itself, the one last used first; its own is `by.session`."""
    authorize(by, Action.MANAGE_ACCOUNT, Concern.account(by))
    with site.store.reading() as db:
        return sessions.of_person(db, by.person.number if by.person else 0, site.now())


def revoke(site: Site, session_id: str, *, by: Actor) -> None:
    """Close one of the person's own sessions. Raises NotFound when it has no such session."""
    authorize(by, Action.MANAGE_ACCOUNT, Concern.account(by))
    with site.store.writing() as db:
        if by.person is None or not sessions.end(db, session_id, of=by.person.number):
            raise NotFound(session_id)


def revoke_others(site: Site, *, by: Actor) -> None:
    """Close all sessions of the person but the one that it came by."""
    authorize(by, Action.MANAGE_ACCOUNT, Concern.account(by))
    if by.person:
        with site.store.writing() as db:
            sessions.end_all(db, by.person.number, but=by.session)
