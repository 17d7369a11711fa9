"""Every change of a case: text, revision, lists, journal and promise in the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.errors import AlreadyThere, NotFound, StaleRevision
from knowledgebase.domain.record import CaseRecord, Origin, Rendered, State, Tag
from knowledgebase.store import addresses, comments, journal, outbox, revisions, tag_rules
from knowledgebase.store import tags as tag_lists
from knowledgebase.store.cards import card_of
from knowledgebase.store.case_rows import record_of, records
from knowledgebase.store.faults import is_taken
from knowledgebase.store.sites import EPOCH
from knowledgebase.store.tables import cases, cities, site
from knowledgebase.store.tags import Tagging
from knowledgebase.store.values import Act

_EPOCH_NOW = select(site.c.epoch).scalar_subquery().label("epoch")
_CITY = (
    select(cities.c.number, cities.c.detail, cities.c.revision, _EPOCH_NOW)
    .where(cities.c.id == bindparam("asked"))
    .with_for_update(read=True, of=cities)
)
_HOLD = records().where(cases.c.id == bindparam("asked")).with_for_update(of=cases)
_INSERT = insert(cases).returning(cases.c.number)
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class _City:
    """What a case needs of its city, which keeps its names until the transaction ends."""

    number: int
    city: City  # without its body
    revision: int
    epoch: int  # of the site


@dataclass(frozen=True, slots=True)
class _Held:
    """A stored case, locked until the transaction ends."""

    number: int
    folder: str | None
    record: CaseRecord


def put(
    db: Connection,
    case: Case,
    rendered: Rendered,
    *,
    tags: Sequence[Tag],
    sought: str,
    origin: Origin,
    folder: str | None,
    at: datetime,
    by: str,
    what: str,
    note: str | None = None,
    expected: int | None = None,
    detail: Mapping[str, str | int | None] = _NOTHING,
) -> CaseRecord:
    """Store a case as public and return it with its new revision; queues it for the index.

    `tags` are the case's own, folded; those of the web stay, as does the moment of first publication.
    `sought`: words for the simple list. `detail`: for the journal alone. `expected`: the revision that was
    read before, 0 for a case that must be new, None for either.
    Raises NotFound without its city, AlreadyThere when the id is used, also by a former address or with
    another origin, StaleRevision when `expected` is not the stored revision.
    """
    city, held = _city(db, case.city), _hold(db, case.id)
    _refuse(db, case.id, held, origin, expected)
    record = CaseRecord(
        case=case,
        rendered=rendered,
        tags=(),
        revision=held.record.revision if held else 0,
        index_revision=held.record.index_revision if held else 0,
        state=State.PUBLISHED,
        origin=origin,
        first_published=held.record.first_published if held else at,
        updated=at,
    )
    tagging = Tagging(tuple(tags), tag_lists.of_case(db, held.number).web if held else ())
    act, extra = Act(at, by, what, note, detail), {"sought": sought, "folder": folder}
    return _save(db, city, held, record, tagging, act, extra)


def withdraw(db: Connection, case_id: str, *, at: datetime, by: str, note: str | None = None) -> CaseRecord:
    """Hide a case at once and for the index; a withdrawn one is returned as it is.

    Raises NotFound when there is no such case.
    """
    city, held = _get(db, case_id)
    if held.record.state is State.WITHDRAWN:
        return held.record
    gone = replace(held.record, state=State.WITHDRAWN, withdrawn_at=at)
    return _step(db, city, held, gone, Act(at, by, "withdrawn", note))


def restore(db: Connection, case_id: str, *, at: datetime, by: str, note: str | None = None) -> CaseRecord:
    """Show a withdrawn case again; a public one is returned as it is.

    Raises NotFound when there is no such case.
    """
    city, held = _get(db, case_id)
    if held.record.state is State.PUBLISHED:
        return held.record
    shown = replace(held.record, state=State.PUBLISHED, withdrawn_at=None)
    return _step(db, city, held, shown, Act(at, by, "restored", note))


def rename(db: Connection, old_id: str, new_id: str, *, at: datetime, by: str) -> CaseRecord:
    """Give a case another slug; the old address leads to it, in the index it becomes a tombstone.

    Raises NotFound when there is no such case, AlreadyThere when the new id is used by another
    case or was once, ValueError when it belongs to another city.
    """
    city, held = _get(db, old_id)
    if new_id.partition("/")[0] != held.record.case.city:
        raise ValueError(f"{new_id}: a case stays with its city")
    addresses.take_back(db, new_id, held.number)
    if addresses.is_used(db, new_id):
        raise AlreadyThere(new_id)
    moved = replace(held.record, case=replace(held.record.case, id=new_id))
    record = _step(db, city, held, moved, Act(at, by, "renamed", old_id))
    addresses.leave(db, old_id, held.number, at)
    outbox.promise(db, old_id, record.index_revision, at, is_hidden=True)
    return record


def hand_over(db: Connection, case_id: str, *, at: datetime, by: str, note: str | None = None) -> CaseRecord:
    """Give a file case to its city, to be edited in forms; a form case is returned as it is.

    Raises NotFound when there is no such case.
    """
    city, held = _get(db, case_id)
    if held.record.origin is Origin.FORM:
        return held.record
    given = replace(held.record, origin=Origin.FORM)
    return _step(db, city, held, given, Act(at, by, "handed-over", note), {"folder": None})


def touch(db: Connection, ids: Iterable[str], *, at: datetime) -> None:
    """Queue cases whose search document changed although their text did not; unknown ids are left out."""
    touched = sorted(set(ids))
    if touched:
        raised = {"index_revision": cases.c.index_revision + 1}
        db.execute(update(cases).where(cases.c.id.in_(touched)).values(raised))
        outbox.promise_cases(db, touched, at)


def _hold(db: Connection, case_id: str) -> _Held | None:
    row = db.execute(_HOLD, {"asked": case_id}).one_or_none()
    return _Held(row.number, row.folder, record_of(row)) if row else None


def _city(db: Connection, city_id: str) -> _City:
    """Return the case's city; locked before the case, in the order in which a renamed city locks."""
    row = db.execute(_CITY, {"asked": city_id}).one_or_none()
    if row is None:
        raise NotFound(city_id)
    return _City(row.number, row.detail, row.revision, row.epoch)


def _get(db: Connection, case_id: str) -> tuple[_City, _Held]:
    city = _city(db, case_id.partition("/")[0])
    held = _hold(db, case_id)
    if held is None:
        raise NotFound(case_id)
    return city, held


def _refuse(db: Connection, case_id: str, held: _Held | None, origin: Origin, expected: int | None) -> None:
    if held is None:
        if addresses.is_used(db, case_id):
            raise AlreadyThere(case_id)
        if expected:
            raise StaleRevision(case_id)
    elif held.record.origin is not origin or expected == 0:
        raise AlreadyThere(case_id)
    elif expected is not None and expected != held.record.revision:
        raise StaleRevision(case_id)


def _step(
    db: Connection,
    city: _City,
    held: _Held,
    record: CaseRecord,
    act: Act,
    extra: Mapping[str, Any] = _NOTHING,
) -> CaseRecord:
    """Save a stored case with something beside its text changed."""
    tagging = tag_lists.of_case(db, held.number)
    return _save(db, city, held, replace(record, updated=act.at), tagging, act, extra)


def _save(
    db: Connection,
    city: _City,
    held: _Held | None,
    record: CaseRecord,
    tagging: Tagging,
    act: Act,
    extra: Mapping[str, Any],
) -> CaseRecord:
    """Write the next revision of a case with all that belongs to it."""
    case = record.case
    least = city.epoch * EPOCH
    rules = tag_rules.holding(db, tagging.folded)
    record = replace(
        record,
        tags=tagging.shown(rules),
        revision=record.revision + 1,
        index_revision=max(record.index_revision, least) + 1,
        city_revision=city.revision,
        contributed=held.record.contributed if held else {},
    )
    newest = f"{record.first_published.astimezone(UTC):%Y-%m-%d}|{case.id}"
    said = comments.count_of_case(db, held.number) if held else 0
    card = card_of(record.told, city.city, record.first_published, record.updated, comments=said)
    beside = {"city_number": city.number, "evidence": card.evidence, "newest": newest, "card": card}
    number = _write(db, held, case.id, {**_values(record), **extra, **beside})
    listed = newest if record.state is State.PUBLISHED else None
    if held:
        tag_lists.clear(db, number)
    tag_lists.write_topics(db, number, case.topics, listed)
    tag_lists.write_tags(db, number, tagging, listed, rules)
    revisions.keep_case(db, number, record.revision, case, act)
    detail = {**act.detail, "revision": record.revision, "note": act.note}
    journal.write(db, at=act.at, by=act.by, action=act.what, thing=f"case:{case.id}", detail=detail)
    outbox.promise(db, case.id, record.index_revision, act.at, is_hidden=listed is None)
    return record


def _write(db: Connection, held: _Held | None, case_id: str, values: dict[str, Any]) -> int:
    """Insert or update the case's row and return its number."""
    if held:
        db.execute(update(cases).where(cases.c.number == held.number), values)
        return held.number
    try:
        return int(db.execute(_INSERT, values).scalar_one())
    except IntegrityError as error:
        if is_taken(error):
            raise AlreadyThere(case_id) from error
        raise


def _values(record: CaseRecord) -> dict[str, Any]:
    """Return the columns that follow from a record alone."""
    case, rendered = record.case, record.rendered
    return {
        "id": case.id,
        "city": case.city,
        "slug": case.slug,
        "language": case.language,
        "title": case.title,
        "status": case.status,
        "year": case.year,
        "written_by": case.written_by.kind,
        "state": record.state,
        "origin": record.origin,
        "revision": record.revision,
        "index_revision": record.index_revision,
        "first_published": record.first_published,
        "updated": record.updated,
        "withdrawn_at": record.withdrawn_at,
        "renderer_version": rendered.version,
        "tags": record.tags,
        "plain": rendered.plain,
        "headings": rendered.headings,
        "detail": replace(case, body=""),
        "html": rendered.html,
        "body": case.body,
    }
