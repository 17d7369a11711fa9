"""Accounts: found, made and changed; a transaction that changes them first takes `alone(db, Work.PEOPLE)`."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update
from sqlalchemy.exc import IntegrityError

from knowledgebase.domain.errors import AlreadyThere, NotFound
from knowledgebase.domain.person import Actor, JoinedBy, PersonState, PlatformRole, Profile
from knowledgebase.store.account_rows import PERSON, PLACE, WITH_PLACES, actors_of
from knowledgebase.store.faults import is_taken
from knowledgebase.store.tables_people import people

_ACCOUNT = select(*PERSON, *PLACE).select_from(WITH_PLACES)


def find(db: Connection, person_id: str) -> Actor | None:
    """Return a person with its memberships, suspended or not."""
    return _one(db, _ACCOUNT.where(people.c.id == person_id))


def find_by_number(db: Connection, number: int) -> Actor | None:
    """Return the person of a number, suspended or not."""
    return _one(db, _ACCOUNT.where(people.c.number == number))


def find_by_email(db: Connection, email_folded: str) -> Actor | None:
    """Return the person of a folded e-mail address, suspended or not."""
    return _one(db, _ACCOUNT.where(people.c.email_folded == email_folded))


def everyone(db: Connection) -> tuple[Actor, ...]:
    """Return all people with their memberships, by their time of joining."""
    return actors_of(db.execute(_ACCOUNT.order_by(people.c.number, PLACE[0])))


def is_anybody_there(db: Connection) -> bool:
    """Say whether there is an account."""
    return bool(db.scalar(select(select(people.c.number).exists())))


def password_of(db: Connection, person_number: int, *, is_active: bool = False) -> str | None:
    """Return the stored hash of a person's password, None when there is no such person.

    `is_active`: only of an account that works, and it stays as it is until the transaction ends.
    """
    asked = select(people.c.password).where(people.c.number == person_number)
    if is_active:
        asked = asked.where(people.c.state == PersonState.ACTIVE).with_for_update()
    found: str | None = db.scalar(asked)
    return found


def add(
    db: Connection,
    person_id: str,
    *,
    email: str,
    email_folded: str,
    profile: Profile,
    password: str,
    platform_role: PlatformRole | None,
    joined_by: JoinedBy,
    at: datetime,
) -> Actor:
    """Make an account and return it; `password` is the hash.

    Raises AlreadyThere when the address or the id is taken.
    """
    values: dict[str, Any] = {
        "id": person_id,
        "email": email,
        "email_folded": email_folded,
        "platform_role": platform_role,
        "state": PersonState.ACTIVE,
        "joined_by": joined_by,
        "created": at,
        "password": password,
    }
    try:
        db.execute(insert(people), values | _columns(profile))
    except IntegrityError as error:
        if is_taken(error):
            raise AlreadyThere(email) from error
        raise
    made = find(db, person_id)
    if made is None:
        raise NotFound(person_id)
    return made


def change_profile(db: Connection, person_number: int, profile: Profile) -> None:
    """Write what a person says of itself; names in cities are the business of members.py."""
    _change(db, person_number, _columns(profile))


def set_password(db: Connection, person_number: int, password: str) -> None:
    """Write another hash of a password."""
    _change(db, person_number, {"password": password})


def renew_password(db: Connection, person_number: int, before: str, password: str) -> None:
    """Write the same password hashed anew, unless it was changed since `before` was read."""
    renewed = update(people).where(people.c.number == person_number, people.c.password == before)
    db.execute(renewed.values(password=password))


def set_platform_role(db: Connection, person_number: int, role: PlatformRole | None) -> None:
    """Write what a person does for the whole exchange."""
    _change(db, person_number, {"platform_role": role})


def set_state(db: Connection, person_number: int, state: PersonState) -> None:
    """Suspend an account or let it work again."""
    _change(db, person_number, {"state": state})


def _change(db: Connection, person_number: int, values: dict[str, Any]) -> None:
    db.execute(update(people).where(people.c.number == person_number).values(values))


def _columns(profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "latin_name": profile.latin_name,
        "position": profile.position,
        "office": profile.office,
        "shows": profile.shows,
        "language": profile.language,
    }


def _one(db: Connection, asked: Select[Any]) -> Actor | None:
    found = actors_of(db.execute(asked.order_by(PLACE[0])))
    return found[0] if found else None
