"""The moderators' queue: what waits for a decision and what was decided; nothing is removed from it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, insert, or_, select, true, update

from knowledgebase.domain.comment import Matter, MatterKind, Outcome, Queue, Report
from knowledgebase.domain.errors import StaleRevision
from knowledgebase.store import comments as stored
from knowledgebase.store.comment_rows import ABOUT, IS_REACHABLE
from knowledgebase.store.tables import cases, cities
from knowledgebase.store.tables_comments import comment_reports, comments, matters
from knowledgebase.store.tables_people import people
from knowledgebase.store.upserts import insert_into

_SUBJECT = people.alias("subject")  # of a suspension
_ASKED_BY = people.alias("asked_by")
_IS_OPEN = matters.c.decided_at.is_(None)
_MATTER = (
    select(
        matters,
        cities.c.id.label("city"),
        _SUBJECT.c.id.label("person"),
        _SUBJECT.c.name.label("person_name"),
        _ASKED_BY.c.id.label("asked_by"),
    )
    .outerjoin(cities, cities.c.number == matters.c.city_number)
    .outerjoin(_SUBJECT, _SUBJECT.c.number == matters.c.person_number)
    .outerjoin(_ASKED_BY, _ASKED_BY.c.number == matters.c.asked_by_number)
)
_REACHABLE = (  # of a case or city that is public
    select(comments.c.number)
    .outerjoin(cases, cases.c.number == comments.c.case_number)
    .outerjoin(ABOUT, ABOUT.c.number == comments.c.about_city_number)
    .where(comments.c.number == matters.c.comment_number, IS_REACHABLE)
    .correlate(matters)
    .exists()
)


def begin(
    db: Connection,
    kind: MatterKind,
    *,
    at: datetime,
    comment_number: int | None = None,
    person_number: int | None = None,
    city: str | None = None,
    asked_by: int | None = None,
    reason: str | None = None,
) -> int:
    """Put something into the queue and return its number; what waits there already stays as it is."""
    is_same = (
        matters.c.person_number == person_number
        if comment_number is None
        else matters.c.comment_number == comment_number
    )
    waiting = select(matters.c.number).where(is_same, matters.c.kind == kind, _IS_OPEN)
    found = db.scalar(waiting)
    if found is not None:
        return int(found)
    values = {
        "kind": kind,
        "comment_number": comment_number,
        "person_number": person_number,
        "city_number": select(cities.c.number).where(cities.c.id == city).scalar_subquery() if city else None,
        "asked_by_number": asked_by,
        "reason": reason,
        "at": at,
    }
    return int(db.execute(insert(matters).values(values).returning(matters.c.number)).scalar_one())


def add_report(db: Connection, number: int, reporter_number: int, reason: str, *, at: datetime) -> bool:
    """Write down why somebody reports a comment; False when that person did before."""
    row = {"matter_number": number, "reporter_number": reporter_number, "reason": reason, "at": at}
    added = insert_into(comment_reports, db.dialect.name).on_conflict_do_nothing()
    return bool(db.execute(added, row).rowcount)


def decide(
    db: Connection, number: int, outcome: Outcome, *, at: datetime, by: str, note: str | None = None
) -> None:
    """End a matter that waits. Raises StaleRevision when somebody else has decided it."""
    ended = update(matters).where(matters.c.number == number, _IS_OPEN)
    values = {"decided_at": at, "decided_by": by, "outcome": outcome, "note": note}
    if not db.execute(ended.values(values)).rowcount:
        raise StaleRevision(str(number))


def decide_all(
    db: Connection,
    comment_number: int,
    kinds: Iterable[MatterKind],
    outcome: Outcome,
    *,
    at: datetime,
    by: str,
    note: str | None = None,
) -> None:
    """End every matter of these kinds about a comment that still waits."""
    mine = (matters.c.comment_number == comment_number, matters.c.kind.in_(list(kinds)), _IS_OPEN)
    values = {"decided_at": at, "decided_by": by, "outcome": outcome, "note": note}
    db.execute(update(matters).where(*mine).values(values))


def reopen(db: Connection, matter: Matter) -> None:
    """Take a decision back. Raises StaleRevision when it is not the one that was read."""
    mine = (matters.c.number == matter.number, matters.c.decided_at == matter.decided_at)
    values = {"decided_at": None, "decided_by": None, "outcome": None, "note": None}
    if not db.execute(update(matters).where(*mine).values(values)).rowcount:
        raise StaleRevision(str(matter.number))


def is_waiting(db: Connection, comment_number: int, kind: MatterKind) -> bool:
    """Say whether such a matter about a comment waits."""
    mine = (matters.c.comment_number == comment_number, matters.c.kind == kind, _IS_OPEN)
    return bool(db.scalar(select(select(matters.c.number).where(*mine).exists())))


def find(db: Connection, number: int) -> Matter | None:
    """Return a matter, None where there is none or its comment stands on something that is not public."""
    found = _filled(db, db.execute(_MATTER.where(matters.c.number == number)).all())
    return found[0] if found else None


def page(
    db: Connection, *, of_cities: frozenset[str] | None, is_open: bool, limit: int, offset: int = 0
) -> Queue:
    """Return one page of the queue: what waits, oldest first, or what was decided, last decided first.

    `of_cities`: only what the admins of these cities may decide; None for all.
    """
    chosen = _chosen(of_cities, is_open=is_open)
    total = db.scalar(select(func.count()).select_from(matters).where(chosen))
    asked: Select[Any] = _MATTER.where(chosen)
    if is_open:
        asked = asked.order_by(matters.c.at, matters.c.number)
    else:
        asked = asked.order_by(matters.c.decided_at.desc(), matters.c.number.desc())
    rows = db.execute(asked.limit(limit).offset(offset)).all()
    return Queue(_filled(db, rows), int(total or 0))


def waiting(of_cities: frozenset[str] | None) -> Select[int]:
    """Return the question how many matters wait, for a page that counts several things at once."""
    return select(func.count()).select_from(matters).where(_chosen(of_cities, is_open=True))


def _chosen(of_cities: frozenset[str] | None, *, is_open: bool) -> ColumnElement[bool]:
    mine: ColumnElement[bool] = true()
    if of_cities is not None:
        numbers = select(cities.c.number).where(cities.c.id.in_(sorted(of_cities)))
        mine = matters.c.city_number.in_(numbers)
    stands = or_(matters.c.comment_number.is_(None), _REACHABLE)
    return and_(_IS_OPEN if is_open else matters.c.decided_at.is_not(None), stands, mine)


def _filled(db: Connection, rows: Iterable[Row[*tuple[Any, ...]]]) -> tuple[Matter, ...]:
    """Return matters with their comments and reports; leaves out those whose comment cannot be reached."""
    kept = list(rows)
    said = stored.find_many(db, [row.comment_number for row in kept if row.comment_number])
    reports = _reports(db, [row.number for row in kept if row.kind == MatterKind.REPORTED])
    return tuple(
        Matter(
            number=row.number,
            kind=MatterKind(row.kind),
            at=row.at,
            city=row.city,
            comment=said.get(row.comment_number),
            person=row.person,
            person_name=row.person_name,
            reason=row.reason,
            asked_by=row.asked_by,
            reports=tuple(reports.get(row.number, ())),
            decided_at=row.decided_at,
            decided_by=row.decided_by,
            outcome=Outcome(row.outcome) if row.outcome else None,
            note=row.note,
        )
        for row in kept
        if row.comment_number is None or row.comment_number in said
    )


def _reports(db: Connection, numbers: list[int]) -> dict[int, list[Report]]:
    found: dict[int, list[Report]] = {}
    if not numbers:
        return found
    asked = (
        select(comment_reports, people.c.id)
        .join(people, people.c.number == comment_reports.c.reporter_number)
        .where(comment_reports.c.matter_number.in_(numbers))
        .order_by(comment_reports.c.at, people.c.number)
    )
    for row in db.execute(asked):
        found.setdefault(row.matter_number, []).append(Report(row.id, row.at, row.reason))
    return found
