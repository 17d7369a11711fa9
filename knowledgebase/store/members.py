"""People's places in cities: begun, changed and ended, and whose names a city's members have."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Select, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from knowledgebase.domain.errors import AlreadyThere, NotFound
from knowledgebase.domain.person import Actor, Rights
from knowledgebase.domain.record import State
from knowledgebase.store.account_rows import PERSON, PLACE, WITH_PLACES, actors_of
from knowledgebase.store.faults import is_taken
from knowledgebase.store.tables import cities
from knowledgebase.store.tables_people import city_members, member_names, people


class NameTaken(AlreadyThere):
    """Another active member of the city has a name that looks the same."""

    def __init__(self, city: str) -> None:
        """Remember in which city."""
        super().__init__(city)
        self.city = city


def begin(
    db: Connection, person_number: int, city: str, rights: Rights, *, looks: Iterable[str], at: datetime
) -> None:
    """Make a person a member of a city; `looks` are those of its names.

    Raises NotFound without such a city, AlreadyThere when it is a member, NameTaken when a member's name
    looks the same.
    """
    city_number = _number_of(db, city)
    values = {"city_number": city_number, "person_number": person_number, "since": at, **_columns(rights)}
    try:
        made = db.execute(insert(city_members).returning(city_members.c.number), values)
    except IntegrityError as error:
        if is_taken(error):
            raise AlreadyThere(city) from error
        raise
    _name(db, city, city_number, int(made.scalar_one()), looks)


def change(db: Connection, person_number: int, city: str, rights: Rights) -> None:
    """Give a membership other rights. Raises NotFound when there is none."""
    changed = update(city_members).where(
        city_members.c.number == _active(person_number, city).scalar_subquery()
    )
    if not db.execute(changed.values(_columns(rights))).rowcount:
        raise NotFound(city)


def end(db: Connection, person_number: int, city: str, *, at: datetime) -> None:
    """End a membership; its name is free from now on. Raises NotFound when there is none."""
    number = db.scalar(_active(person_number, city))
    if number is None:
        raise NotFound(city)
    db.execute(update(city_members).where(city_members.c.number == number).values(ended=at))
    db.execute(delete(member_names).where(member_names.c.member_number == number))


def rename(db: Connection, person_number: int, *, looks: Iterable[str]) -> None:
    """Give a person other names in all its cities. Raises NameTaken when a member's name looks the same."""
    asked = (
        select(city_members.c.number, city_members.c.city_number, cities.c.id)
        .join(cities, cities.c.number == city_members.c.city_number)
        .where(city_members.c.person_number == person_number, city_members.c.ended.is_(None))
        .order_by(city_members.c.city_number)
    )
    for row in db.execute(asked).all():
        db.execute(delete(member_names).where(member_names.c.member_number == row.number))
        _name(db, row.id, row.city_number, row.number, looks)


def of_city(db: Connection, city: str) -> tuple[Actor, ...]:
    """Return the active members of a city, suspended people included, each with this membership alone."""
    asked = select(*PERSON, *PLACE).select_from(WITH_PLACES).where(cities.c.id == city)
    return actors_of(db.execute(asked.order_by(people.c.number)))


def _number_of(db: Connection, city: str) -> int:
    found = db.scalar(select(cities.c.number).where(cities.c.id == city, cities.c.state == State.PUBLISHED))
    if found is None:
        raise NotFound(city)
    return int(found)


def _active(person_number: int, city: str) -> Select[int]:
    return (
        select(city_members.c.number)
        .join(cities, cities.c.number == city_members.c.city_number)
        .where(
            city_members.c.person_number == person_number,
            cities.c.id == city,
            city_members.c.ended.is_(None),
        )
    )


def _name(db: Connection, city: str, city_number: int, member_number: int, looks: Iterable[str]) -> None:
    rows = [
        {"city_number": city_number, "skeleton": look, "member_number": member_number}
        for look in sorted(set(looks))
    ]
    try:
        db.execute(insert(member_names), rows)
    except IntegrityError as error:
        if is_taken(error):
            raise NameTaken(city) from error
        raise


def _columns(rights: Rights) -> dict[str, object]:
    return {
        "role": rights.role,
        "may_publish": rights.may_publish,
        "speaks_for_city": rights.speaks_for_city,
    }
