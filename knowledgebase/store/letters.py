"""Letters: written beside what they tell, taken in hand by one worker at a time, and remembered a while."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, false, func, or_, select, true, update

from knowledgebase.domain.letter import Letter, LetterKind, Waiting
from knowledgebase.store.tables_letters import letters
from knowledgebase.store.upserts import insert_into
from knowledgebase.store.values import LetterQueue

FIRST_PAUSE = timedelta(minutes=1)  # doubled with every try
LONGEST_PAUSE = timedelta(days=1)
REMEMBERED = timedelta(days=30)  # that a letter was sent, or why not
ERROR_MAX = 500  # characters
_WAITS = letters.c.sent.is_(None) & (letters.c.is_given_up == false())
_ENDED = or_(letters.c.sent.is_not(None), letters.c.is_given_up == true())
_AGAIN = {LetterKind.NEWS, LetterKind.RESET}  # whose key is free again once they are sent


def write(db: Connection, letter_id: str, letter: Letter, *, at: datetime, expires: datetime) -> None:
    """Queue a letter; one with the same `once` that waits, or was sent, stays as it is and is locked."""
    values = {
        "id": letter_id,
        "kind": letter.kind,
        "language": letter.language,
        "person_number": letter.person,
        "email": letter.email,
        "once": letter.once,
        "link": letter.link,
        "told": letter.told,
        "queued_at": at,
        "next_try_at": at,
        "expires": expires,
        "attempts": 0,
        "is_given_up": False,
    }
    added = insert_into(letters, db.dialect.name)
    kept = added.on_conflict_do_update(index_elements=["once"], set_={"once": added.excluded.once})
    db.execute(kept, values)


def is_due(db: Connection, now: datetime) -> bool:
    """Say whether a letter can be sent now."""
    due = select(letters.c.number).where(_WAITS, letters.c.next_try_at <= now)
    return bool(db.scalar(select(due.exists())))


def take(db: Connection, *, now: datetime, until: datetime) -> Waiting | None:
    """Take the letter in hand that is due longest, None when there is none; it is due again at `until`.

    On PostgreSQL one that another worker is taking is passed over.
    """
    due = select(letters).where(_WAITS, letters.c.next_try_at <= now)
    chosen = due.order_by(letters.c.next_try_at, letters.c.number).limit(1).with_for_update(skip_locked=True)
    row = db.execute(chosen).one_or_none()
    if row is None:
        return None
    taken = update(letters).where(letters.c.number == row.number)
    db.execute(taken.values(next_try_at=until, attempts=row.attempts + 1))
    return _waiting_of(row)


def put_off(db: Connection, number: int, *, until: datetime) -> None:
    """Let a letter wait that may not be sent yet; this was no try."""
    chosen = update(letters).where(letters.c.number == number, _WAITS)
    db.execute(chosen.values(next_try_at=until, attempts=letters.c.attempts - 1))


def fail(db: Connection, waiting: Waiting, error: str, *, now: datetime) -> None:
    """Put a letter off after a try that failed: a minute, then twice as long each time, at most a day.

    One whose time is over by then is given up.
    """
    pause = min(FIRST_PAUSE * 2 ** min(waiting.attempts - 1, 16), LONGEST_PAUSE)
    if now + pause >= waiting.expires:
        give_up(db, waiting.number, error)
        return
    chosen = update(letters).where(letters.c.number == waiting.number, _WAITS)
    db.execute(chosen.values(next_try_at=now + pause, last_error=error[:ERROR_MAX]))


def give_up(db: Connection, number: int, why: str) -> None:
    """Send a letter no more; what it was to tell only once may be written again."""
    chosen = update(letters).where(letters.c.number == number, _WAITS)
    db.execute(chosen.values(is_given_up=True, once=None, last_error=why[:ERROR_MAX]))


def note_sent(db: Connection, waiting: Waiting, *, at: datetime) -> None:
    """Note that a letter has left the house."""
    values: dict[str, Any] = {"sent": at, "last_error": None}
    if waiting.letter.kind in _AGAIN:
        values["once"] = None
    db.execute(update(letters).where(letters.c.number == waiting.number, _WAITS).values(values))


def drop(db: Connection, number: int) -> None:
    """Forget a letter that there is nobody for."""
    db.execute(delete(letters).where(letters.c.number == number))


def last_sent(db: Connection, person_number: int, kind: LetterKind) -> datetime | None:
    """Return when a person was last sent a letter of a kind."""
    sent = select(func.max(letters.c.sent, type_=letters.c.sent.type))
    found: datetime | None = db.scalar(
        sent.where(letters.c.person_number == person_number, letters.c.kind == kind)
    )
    return found


def forget(db: Connection, *, now: datetime) -> None:
    """Forget letters that were sent or given up a month ago."""
    db.execute(delete(letters).where(_ENDED, letters.c.queued_at < now - REMEMBERED))


def facts(db: Connection) -> LetterQueue:
    """Return how many letters wait, since when, and how many were given up in the last month."""
    oldest = func.min(letters.c.queued_at, type_=letters.c.queued_at.type)
    row = db.execute(select(func.count(), oldest).select_from(letters).where(_WAITS)).one()
    given_up = db.scalar(select(func.count()).where(letters.c.is_given_up == true()))
    return LetterQueue(row[0], row[1], int(given_up or 0))


def _waiting_of(row: Row[*tuple[Any, ...]]) -> Waiting:
    letter = Letter(
        kind=LetterKind(row.kind),
        language=row.language,
        person=row.person_number,
        email=row.email,
        once=row.once,
        link=row.link,
        told=row.told,
    )
    return Waiting(row.number, row.id, letter, row.queued_at, row.expires, row.attempts + 1)
