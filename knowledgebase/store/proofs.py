"""How it was made sure that a city is a city: one line for each verified one."""

from sqlalchemy import Connection, delete, select

from knowledgebase.domain.errors import NotFound
from knowledgebase.domain.joining import Proof, Verified
from knowledgebase.domain.record import State
from knowledgebase.store.tables import cities
from knowledgebase.store.tables_joining import city_proofs as proofs
from knowledgebase.store.upserts import insert_into


def find(db: Connection, city: str) -> Verified | None:
    """Return when and how a city was verified, None when it was not."""
    asked = select(proofs.c.at, proofs.c.how, proofs.c.by, proofs.c.note)
    asked = asked.join(cities, cities.c.number == proofs.c.city_number).where(cities.c.id == city)
    row = db.execute(asked).one_or_none()
    return Verified(row.at, Proof(row.how), row.by, row.note) if row else None


def put(db: Connection, city: str, verified: Verified) -> None:
    """Write that a city is verified, in the place of what stood there. Raises NotFound without the city."""
    number = db.scalar(select(cities.c.number).where(cities.c.id == city, cities.c.state == State.PUBLISHED))
    if number is None:
        raise NotFound(city)
    values = {"at": verified.at, "how": verified.how, "by": verified.by, "note": verified.note}
    added = insert_into(proofs, db.dialect.name)
    db.execute(
        added.on_conflict_do_update(index_elements=["city_number"], set_=values),
        {"city_number": number, **values},
    )


def drop(db: Connection, city: str) -> bool:
    """Take a city's verification back; say whether there was one."""
    number = select(cities.c.number).where(cities.c.id == city).scalar_subquery()
    return bool(db.execute(delete(proofs).where(proofs.c.city_number == number)).rowcount)
