"""People as pages name them: many at once, with the cities that they belong to, in one statement."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from knowledgebase.domain.proposal import Face
from knowledgebase.store.account_rows import PERSON, WITH_PLACES, person_of
from knowledgebase.store.listed import each_of, packed
from knowledgebase.store.tables import cities
from knowledgebase.store.tables_people import city_members, people


def of_people(db: Connection, ids: Iterable[str]) -> dict[str, Face]:
    """Return those of these ids that are people's, suspended ones included, with their cities."""
    asked = (
        select(*PERSON, cities.c.id.label("city"), cities.c.names)
        .select_from(WITH_PLACES)
        .where(people.c.id.in_(select(each_of("ids", db.dialect.name).c.value)))
        .order_by(people.c.number, city_members.c.number)
    )
    wanted = sorted(set(ids))
    found: dict[str, Face] = {}
    for row in db.execute(asked, {"ids": packed(wanted)}) if wanted else ():
        face = found.get(row.id)
        cities_so_far = face.cities if face else {}
        places = {**cities_so_far, row.city: row.names} if row.city is not None else cities_so_far
        found[row.id] = Face(person_of(row).profile, places)
    return found
