"""Requests to join: asked once while they are open, found by whoever may decide, decided once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, func, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from knowledgebase.domain.errors import NotFound
from knowledgebase.domain.joining import AskedToJoin, Request, RequestState, UnknownCity
from knowledgebase.domain.person import CityRole, PersonState
from knowledgebase.domain.record import State
from knowledgebase.store.tables import cities
from knowledgebase.store.tables_joining import join_requests as requests
from knowledgebase.store.tables_people import city_members, people
from knowledgebase.store.upserts import insert_into

_IS_OPEN = requests.c.state == RequestState.OPEN
_WHOLE = select(requests, cities.c.id.label("city")).outerjoin_from(
    requests, cities, cities.c.number == requests.c.city_number
)
_HAS_ADMIN = exists().where(
    city_members.c.city_number == requests.c.city_number,
    city_members.c.ended.is_(None),
    city_members.c.role == CityRole.ADMIN,
    people.c.number == city_members.c.person_number,
    people.c.state == PersonState.ACTIVE,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which open requests somebody decides."""

    cities: Collection[str] = ()  # ids of those it administers
    is_platform: bool = False  # also those that no city's admin decides, or has decided since `ignored`
    since: datetime | None = None  # older ones have expired
    ignored: datetime | None = None


def add(
    db: Connection, request_id: str, request: Request, *, open_key: str, at: datetime, asked_from: str
) -> bool:
    """Keep a request and say whether it is new: while one with the same key is open it stays alone.

    Raises NotFound when there is no such city.
    """
    city = request.city
    values: dict[str, Any] = {
        "id": request_id,
        "state": RequestState.OPEN,
        "open_key": open_key,
        "asked_at": at,
        "asked_from": asked_from,
        "city_number": None if isinstance(city, UnknownCity) else _number_of(db, city),
        "city_name": city.name if isinstance(city, UnknownCity) else None,
        "country": city.country if isinstance(city, UnknownCity) else None,
        "name": request.name,
        "position": request.position,
        "office": request.office,
        "email": request.email,
        "language": request.language,
        "website": request.website,
        "letter": request.letter,
    }
    added = insert_into(requests, db.dialect.name).on_conflict_do_nothing(index_elements=["open_key"])
    return bool(db.execute(added, values).rowcount)


def count_from(db: Connection, asked_from: str, *, since: datetime) -> int:
    """Return how many requests came from a network address since then."""
    asked = select(func.count()).where(requests.c.asked_from == asked_from, requests.c.asked_at > since)
    return int(db.scalar(asked) or 0)


def count_open(db: Connection) -> int:
    """Return how many requests are open in all."""
    return int(db.scalar(select(func.count()).select_from(requests).where(_IS_OPEN)) or 0)


def find(db: Connection, request_id: str) -> AskedToJoin | None:
    """Return a request, decided or not; it stays as it is until the transaction ends."""
    row = db.execute(_WHOLE.where(requests.c.id == request_id)).one_or_none()
    return _asked_of(row) if row else None


def waiting(db: Connection, scope: Scope, *, limit: int, offset: int) -> tuple[AskedToJoin, ...]:
    """Return open requests of a scope, the oldest first."""
    chosen = _of_scope(_WHOLE, scope).order_by(requests.c.number).limit(limit).offset(offset)
    return tuple(_asked_of(row) for row in db.execute(chosen))


def count_waiting(db: Connection, scope: Scope) -> int:
    """Return the number of open requests of a scope."""
    counted = select(func.count()).select_from(
        requests.outerjoin(cities, cities.c.number == requests.c.city_number)
    )
    return int(db.scalar(_of_scope(counted, scope)) or 0)


def decide(
    db: Connection, request_id: str, state: RequestState, *, at: datetime, by: str, note: str | None = None
) -> bool:
    """Close an open request; say whether it was open."""
    chosen = update(requests).where(requests.c.id == request_id, _IS_OPEN)
    values = {"state": state, "open_key": None, "decided_at": at, "decided_by": by, "note": note}
    return bool(db.execute(chosen.values(values)).rowcount)


def expire(db: Connection, *, before: datetime, at: datetime) -> None:
    """Close open requests that nobody decided since then."""
    chosen = update(requests).where(_IS_OPEN, requests.c.asked_at <= before)
    db.execute(chosen.values(state=RequestState.EXPIRED, open_key=None, decided_at=at))


def _of_scope(asked: Select[Any], scope: Scope) -> Select[Any]:
    reaches: list[ColumnElement[bool]] = [cities.c.id.in_(list(scope.cities))]
    if scope.is_platform:
        reaches.append(~_HAS_ADMIN)
        if scope.ignored is not None:
            reaches.append(requests.c.asked_at <= scope.ignored)
    chosen = asked.where(_IS_OPEN, or_(*reaches))
    return chosen.where(requests.c.asked_at > scope.since) if scope.since is not None else chosen


def _number_of(db: Connection, city: str) -> int:
    found = db.scalar(select(cities.c.number).where(cities.c.id == city, cities.c.state == State.PUBLISHED))
    if found is None:
        raise NotFound(city)
    return int(found)


def _asked_of(row: Row[*tuple[Any, ...]]) -> AskedToJoin:
    request = Request(
        city=row.city or UnknownCity(row.city_name, row.country),
        name=row.name,
        position=row.position,
        office=row.office,
        email=row.email,
        language=row.language,
        letter=row.letter,
        website=row.website,
    )
    state = RequestState(row.state)
    return AskedToJoin(row.id, request, state, row.asked_at, row.decided_at, row.decided_by, row.note)
