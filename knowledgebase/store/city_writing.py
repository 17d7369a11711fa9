"""Every change of a city, and what it means for the cards of its cases."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from knowledgebase.domain.city import City
from knowledgebase.domain.errors import AlreadyThere, NotFound, StaleRevision
from knowledgebase.domain.record import CityRecord, Origin, Rendered, State
from knowledgebase.store import comments, journal, revisions
from knowledgebase.store.case_writing import touch
from knowledgebase.store.faults import is_taken
from knowledgebase.store.tables import cases, cities, memberships
from knowledgebase.store.values import Act

CHUNK = 500  # cases whose cards are made again by one statement
_INSERT = insert(cities).returning(cities.c.number)


@dataclass(frozen=True, slots=True)
class _Held:
    """A stored city, locked until the transaction ends."""

    number: int
    revision: int
    state: State
    origin: Origin
    city: City


def put(
    db: Connection,
    city: City,
    rendered: Rendered,
    *,
    origin: Origin,
    folder: str | None,
    at: datetime,
    by: str,
    what: str,
    note: str | None = None,
    expected: int | None = None,
) -> CityRecord:
    """Store a city as shown and return it with its new revision (its number of cases is left at 0).

    Who it is goes into the cards of its cases at once, where it changed, and queues them for the index.
    `expected`: the revision that was read before, 0 for a city that must be new, None for either.
    Raises AlreadyThere when the id is used (with another origin, or although it must be new),
    StaleRevision when `expected` is not the stored revision.
    """
    held = _hold(db, city.id)
    _refuse(city.id, held, origin, expected)
    values: dict[str, Any] = {
        "id": city.id,
        "country": city.country,
        "state": State.PUBLISHED,
        "origin": origin,
        "folder": folder,
        "names": dict(city.name),
        "detail": replace(city, body=""),
        "body": city.body,
        "html": rendered.html,
        "plain": rendered.plain,
        "headings": rendered.headings,
        "renderer_version": rendered.version,
    }
    revision = _save(db, held, city, values, Act(at, by, what, note))
    if held and _who(held.city) != _who(city):
        _make_cards_again(db, held.number, city, at)
    return CityRecord(city, rendered, revision, origin, at)


def withdraw(db: Connection, city_id: str, *, at: datetime, by: str, note: str | None = None) -> None:
    """Hide a city's page and take it from the lists of cities; its cases stay as they are.

    A withdrawn one is left as it is. Raises NotFound when there is no such city.
    """
    held = _get(db, city_id)
    if held.state is not State.WITHDRAWN:
        _save(db, held, held.city, {"state": State.WITHDRAWN}, Act(at, by, "withdrawn", note))


def restore(db: Connection, city_id: str, *, at: datetime, by: str, note: str | None = None) -> None:
    """Show a withdrawn city again; a shown one is left as it is. Raises NotFound when there is none."""
    held = _get(db, city_id)
    if held.state is not State.PUBLISHED:
        _save(db, held, held.city, {"state": State.PUBLISHED}, Act(at, by, "restored", note))


def hand_over(db: Connection, city_id: str, *, at: datetime, by: str, note: str | None = None) -> None:
    """Give a file city to its people, to be edited in forms; a form city is left as it is.

    Raises NotFound when there is no such city.
    """
    held = _get(db, city_id)
    if held.origin is not Origin.FORM:
        given = {"origin": Origin.FORM, "folder": None}
        _save(db, held, held.city, given, Act(at, by, "handed-over", note))


def _hold(db: Connection, city_id: str) -> _Held | None:
    row = db.execute(select(cities).where(cities.c.id == city_id).with_for_update()).one_or_none()
    if row is None:
        return None
    return _Held(
        number=row.number,
        revision=row.revision,
        state=State(row.state),
        origin=Origin(row.origin),
        city=replace(row.detail, body=row.body),
    )


def _get(db: Connection, city_id: str) -> _Held:
    held = _hold(db, city_id)
    if held is None:
        raise NotFound(city_id)
    return held


def _refuse(city_id: str, held: _Held | None, origin: Origin, expected: int | None) -> None:
    if held is None:
        if expected:
            raise StaleRevision(city_id)
    elif held.origin is not origin or expected == 0:
        raise AlreadyThere(city_id)
    elif expected is not None and expected != held.revision:
        raise StaleRevision(city_id)


def _save(db: Connection, held: _Held | None, city: City, values: dict[str, Any], act: Act) -> int:
    """Write the next revision of a city with all that belongs to it, and return its revision."""
    revision = held.revision + 1 if held else 1
    number = _write(db, held, city.id, values | {"revision": revision, "updated": act.at})
    db.execute(delete(memberships).where(memberships.c.city_number == number))
    networks = dict.fromkeys(membership.network for membership in city.networks)
    if networks:
        rows = [{"city_number": number, "network": network} for network in networks]
        db.execute(insert(memberships), rows)
    revisions.keep_city(db, number, revision, city, act)
    detail = {"revision": revision, "note": act.note}
    journal.write(db, at=act.at, by=act.by, action=act.what, thing=f"city:{city.id}", detail=detail)
    return revision


def _write(db: Connection, held: _Held | None, city_id: str, values: dict[str, Any]) -> int:
    """Insert or update the city's row and return its number."""
    if held:
        db.execute(update(cities).where(cities.c.number == held.number), values)
        return held.number
    try:
        return int(db.execute(_INSERT, values).scalar_one())
    except IntegrityError as error:
        if is_taken(error):
            raise AlreadyThere(city_id) from error
        raise


def _who(city: City) -> tuple[object, ...]:
    """Return what the cards of a city's cases depend on."""
    return dict(city.name), dict(city.administration), city.country


def _make_cards_again(db: Connection, number: int, city: City, at: datetime) -> None:
    """Put a city's names and country into the cards of all its cases, some hundred at a time.

    Cases of others on which its people speak show its name too.
    Evidence is computed again: an evaluation by the city itself does not count.
    """
    last = 0
    asked = select(cases.c.number, cases.c.id, cases.c.card, cases.c.detail).where(
        cases.c.city_number == number, cases.c.number > bindparam("last")
    )
    asked = asked.order_by(cases.c.number).limit(CHUNK)
    changed = update(cases).where(cases.c.number == bindparam("mine"))
    changed = changed.values(card=bindparam("again"), evidence=bindparam("level"))
    while rows := db.execute(asked, {"last": last}).all():
        db.execute(changed, [_again(row, city) for row in rows])
        touch(db, [row.id for row in rows], at=at)
        last = rows[-1].number
    touch(db, comments.cases_with(db, city=city.id), at=at)


def _again(row: Row[*tuple[Any, ...]], city: City) -> dict[str, Any]:
    level = row.detail.evidence_in(city).level
    card = replace(row.card, city_names=dict(city.name), country=city.country, evidence=level)
    return {"mine": row.number, "again": card, "level": level}
