"""Promises to tell the index: a dirty set with one row a document, never a log of events."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import (
    Connection,
    Executable,
    Select,
    bindparam,
    case,
    delete,
    false,
    func,
    or_,
    select,
    true,
    update,
)

from knowledgebase.store.tables import cases, outbox
from knowledgebase.store.upserts import insert_into
from knowledgebase.store.values import Hidden, Promise, Queue

HIDDEN_MAX = 1_000  # ids a search can leave out
REFUSALS_MAX = 8  # permanent refusals until a document is poison
FIRST_PAUSE = 0.5  # seconds, doubled with every attempt
LONGEST_PAUSE = 300.0  # seconds


def promise(db: Connection, case_id: str, revision: int, at: datetime, *, is_hidden: bool = False) -> None:
    """Promise that the index will be told of this document.

    A promise that is there already takes the higher revision and starts again: tried at once,
    no poison; the moment of its oldest change stays. `is_hidden`: the document is a tombstone now.
    """
    row = {"case_id": case_id, "revision": revision, "queued_at": at, "is_hidden": is_hidden}
    _renew(db, [row])


def promise_cases(db: Connection, ids: Iterable[str], at: datetime) -> None:
    """Promise cases as they stand now, each by its own revision and state."""
    asked = select(cases.c.id, cases.c.index_revision, cases.c.state).where(cases.c.id.in_(list(ids)))
    rows = [
        {
            "case_id": row.id,
            "revision": row.index_revision,
            "queued_at": at,
            "is_hidden": row.state != "published",
        }
        for row in db.execute(asked.order_by(cases.c.id))
    ]
    if rows:
        _renew(db, rows)


def _renew(db: Connection, rows: list[dict[str, object]]) -> None:
    db.execute(_renewal(db.dialect.name), rows)


@cache
def _renewal(dialect: str) -> Executable:
    added = insert_into(outbox, dialect)
    new = added.excluded
    return added.on_conflict_do_update(
        index_elements=["case_id"],
        set_={
            "revision": case((new.revision > outbox.c.revision, new.revision), else_=outbox.c.revision),
            "is_hidden": new.is_hidden,
            "attempts": 0,
            "refusals": 0,
            "next_try_at": None,
            "is_poison": false(),
            "last_error": None,
        },
    )


def _waiting(now: datetime) -> Select[tuple[str, int, datetime, int]]:
    is_due = or_(outbox.c.next_try_at.is_(None), outbox.c.next_try_at <= now)
    return select(outbox.c.case_id, outbox.c.revision, outbox.c.queued_at, outbox.c.attempts).where(
        outbox.c.is_poison == false(), is_due
    )


def due(db: Connection, limit: int, now: datetime) -> tuple[Promise, ...]:
    """Return promises to keep now, oldest first; leaves out poison and those that wait for another try.

    On PostgreSQL it also leaves out what another indexer holds in its transaction.
    """
    asked = _waiting(now).order_by(outbox.c.queued_at, outbox.c.case_id).limit(limit)
    rows = db.execute(asked.with_for_update(skip_locked=True))
    return tuple(Promise(row.case_id, row.revision, row.queued_at, row.attempts) for row in rows)


def keep(db: Connection, sent: Iterable[tuple[str, int]]) -> None:
    """Remove what the engine confirmed, given as case id and sent revision.

    A promise renewed since then has a higher revision and stays.
    """
    rows = [{"sent_id": case_id, "sent_revision": revision} for case_id, revision in sorted(sent)]
    if rows:
        confirmed = outbox.c.case_id == bindparam("sent_id")
        db.execute(delete(outbox).where(confirmed, outbox.c.revision <= bindparam("sent_revision")), rows)


def fail(db: Connection, promise: Promise, error: str, *, now: datetime, is_permanent: bool) -> None:
    """Put a promise off: each try waits twice as long, at most five minutes, with jitter.

    The eighth permanent refusal makes it poison, which is not tried until the case changes.
    A promise that was renewed since it was read is left alone.
    """
    pause = min(FIRST_PAUSE * 2.0 ** min(promise.attempts, 20), LONGEST_PAUSE)
    pause *= random.uniform(0.8, 1.0)  # noqa: S311  # spreads load, keeps no secret
    refusals = outbox.c.refusals + int(is_permanent)
    db.execute(
        update(outbox)
        .where(outbox.c.case_id == promise.case_id, outbox.c.revision == promise.revision)
        .values(
            attempts=outbox.c.attempts + 1,
            refusals=refusals,
            is_poison=case((refusals >= REFUSALS_MAX, true()), else_=false()),
            next_try_at=now + timedelta(seconds=pause),
            last_error=error[:2_000],
        )
    )


def facts(db: Connection) -> Queue:
    """Return how far the index is behind."""
    poison = func.coalesce(func.sum(case((outbox.c.is_poison, 1), else_=0)), 0)
    oldest = func.min(outbox.c.queued_at, type_=outbox.c.queued_at.type)
    row = db.execute(select(func.count(), oldest, poison).select_from(outbox)).one()
    return Queue(row[0], row[1], int(row[2]))


def hidden(db: Connection, limit: int = HIDDEN_MAX) -> Hidden:
    """Return the documents that must not be found although the index may still show them, by id."""
    asked = select(outbox.c.case_id).where(outbox.c.is_hidden).order_by(outbox.c.case_id).limit(limit + 1)
    ids = tuple(db.execute(asked).scalars())
    return Hidden(ids[:limit], len(ids) > limit)


def ids(db: Connection) -> frozenset[str]:
    """Return the documents that still have a promise, poison included."""
    return frozenset(db.execute(select(outbox.c.case_id)).scalars())


def is_promised(db: Connection, case_id: str) -> bool:
    """Say whether the index has yet to be told of a document."""
    return db.scalar(select(outbox.c.case_id).where(outbox.c.case_id == case_id)) is not None
