"""How a person with its memberships is read from rows, for every question that returns one."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from knowledgebase.domain.person import (
    Actor,
    CityRole,
    JoinedBy,
    Membership,
    Person,
    PersonState,
    PlatformRole,
    Profile,
    Rights,
    Showing,
)
from knowledgebase.store.tables import cities
from knowledgebase.store.tables_people import city_members, people

PERSON = (
    people.c.number,
    people.c.id,
    people.c.email,
    people.c.name,
    people.c.latin_name,
    people.c.position,
    people.c.office,
    people.c.shows,
    people.c.language,
    people.c.platform_role,
    people.c.state,
    people.c.joined_by,
    people.c.created,
)
PLACE = (
    cities.c.id.label("city"),
    city_members.c.role,
    city_members.c.may_publish,
    city_members.c.speaks_for_city,
    city_members.c.since,
)
WITH_PLACES = people.outerjoin(
    city_members, (city_members.c.person_number == people.c.number) & city_members.c.ended.is_(None)
).outerjoin(cities, cities.c.number == city_members.c.city_number)

Rows = Iterable[Row[*tuple[Any, ...]]]


def person_of(row: Row[*tuple[Any, ...]]) -> Person:
    """Return the person of a row of PERSON."""
    profile = Profile(
        name=row.name,
        position=row.position,
        office=row.office,
        language=row.language,
        latin_name=row.latin_name,
        shows=Showing(row.shows),
    )
    return Person(
        number=row.number,
        id=row.id,
        email=row.email,
        profile=profile,
        platform_role=PlatformRole(row.platform_role) if row.platform_role else None,
        state=PersonState(row.state),
        joined_by=JoinedBy(row.joined_by),
        created=row.created,
    )


def membership_of(row: Row[*tuple[Any, ...]]) -> Membership:
    """Return the membership of a row of PLACE."""
    return Membership(row.city, rights_of(row), row.since)


def rights_of(row: Row[*tuple[Any, ...]]) -> Rights:
    """Return the rights of a row that has a role."""
    return Rights(CityRole(row.role), bool(row.may_publish), bool(row.speaks_for_city))


def actors_of(rows: Rows) -> tuple[Actor, ...]:
    """Return the people of rows of PERSON and PLACE, in their order, each once with all its memberships."""
    found: dict[int, Person] = {}
    places: dict[int, dict[str, Membership]] = {}
    for row in rows:
        if row.number not in found:
            found[row.number], places[row.number] = person_of(row), {}
        if row.city is not None:
            places[row.number][row.city] = membership_of(row)
    return tuple(Actor(person, places[number]) for number, person in found.items())
