"""News that wait for a person's next letter, and who is told what."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection, Select, delete, insert, select

from knowledgebase.domain.letter import News
from knowledgebase.domain.person import CityRole, PersonState, PlatformRole
from knowledgebase.store.tables import cities
from knowledgebase.store.tables_letters import news, news_refusals
from knowledgebase.store.tables_people import city_members, people
from knowledgebase.store.upserts import insert_into

NEWS_MAX = 200  # lines of one letter; more are told by their number


def readers(db: Connection, numbers: Collection[int], *, but: str | None) -> tuple[int, ...]:
    """Return those of these people who want news: accounts that work, without the one of id `but`."""
    chosen = _readers(but).where(people.c.number.in_(list(numbers)))
    return tuple(db.execute(chosen).scalars())


def admins(db: Connection, city: str) -> tuple[int, ...]:
    """Return the numbers of the people who administer a city and whose accounts work."""
    chosen = (
        select(people.c.number)
        .join(city_members, city_members.c.person_number == people.c.number)
        .join(cities, cities.c.number == city_members.c.city_number)
        .where(
            cities.c.id == city,
            city_members.c.ended.is_(None),
            city_members.c.role == CityRole.ADMIN,
            people.c.state == PersonState.ACTIVE,
        )
    )
    return tuple(db.execute(chosen.order_by(people.c.number)).scalars())


def of_platform(db: Connection, roles: Iterable[PlatformRole]) -> tuple[int, ...]:
    """Return the numbers of the people with one of these roles for the exchange, whose accounts work."""
    chosen = select(people.c.number).where(
        people.c.platform_role.in_(list(roles)), people.c.state == PersonState.ACTIVE
    )
    return tuple(db.execute(chosen.order_by(people.c.number)).scalars())


def add(db: Connection, numbers: Iterable[int], told: News, *, at: datetime) -> None:
    """Keep a line for the next letter of each of these people."""
    rows = [{"person_number": number, "at": at, "told": told} for number in numbers]
    if rows:
        db.execute(insert(news), rows)


def of_person(db: Connection, person_number: int) -> tuple[int, tuple[News, ...]]:
    """Return the lines that wait for a person, oldest first, and the number of the last one (0: none)."""
    chosen = select(news.c.number, news.c.told).where(news.c.person_number == person_number)
    rows = db.execute(chosen.order_by(news.c.number).limit(NEWS_MAX)).all()
    return (rows[-1].number if rows else 0), tuple(row.told for row in rows)


def drop(db: Connection, person_number: int, *, until: int | None = None) -> None:
    """Forget a person's lines, up to the one of this number or all."""
    chosen = delete(news).where(news.c.person_number == person_number)
    db.execute(chosen.where(news.c.number <= until) if until is not None else chosen)


def wants(db: Connection, person_number: int) -> bool:
    """Say whether a person wants news by mail; everybody does who has not said no."""
    refused = select(news_refusals.c.person_number).where(news_refusals.c.person_number == person_number)
    return db.execute(refused).one_or_none() is None


def refuse(db: Connection, person_number: int, *, at: datetime) -> None:
    """Send a person no more news, those included that wait."""
    refused = insert_into(news_refusals, db.dialect.name).on_conflict_do_nothing()
    db.execute(refused, {"person_number": person_number, "since": at})
    drop(db, person_number)


def want(db: Connection, person_number: int) -> None:
    """Send a person news again."""
    db.execute(delete(news_refusals).where(news_refusals.c.person_number == person_number))


def _readers(but: str | None) -> Select[int]:
    refused = select(news_refusals.c.person_number)
    chosen = select(people.c.number).where(
        people.c.state == PersonState.ACTIVE, people.c.number.not_in(refused)
    )
    if but is not None:
        chosen = chosen.where(people.c.id != but)
    return chosen.order_by(people.c.number)
