"""Sessions: a row is what keeps somebody logged in; without it the cookie opens nothing."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from knowledgebase.domain.person import Actor, PersonState, Session
from knowledgebase.store.account_rows import PERSON, PLACE, WITH_PLACES, actors_of
from knowledgebase.store.tables_people import people, sessions

IDLE = timedelta(hours=12)  # without a request; then the session is over
IDLE_REMEMBERED = timedelta(days=30)
_IS_ALIVE = (sessions.c.expires > bindparam("now")) & or_(
    sessions.c.seen > bindparam("idle"),
    sessions.c.is_remembered & (sessions.c.seen > bindparam("idle_remembered")),
)
_WHO = (
    select(*PERSON, *PLACE, sessions.c.seen, sessions.c.is_remembered, sessions.c.agent)
    .select_from(WITH_PLACES.join(sessions, sessions.c.person_number == people.c.number))
    .where(sessions.c.digest == bindparam("digest"), people.c.state == PersonState.ACTIVE, _IS_ALIVE)
)
_OF_PERSON = (
    select(sessions)
    .where(sessions.c.person_number == bindparam("person"), _IS_ALIVE)
    .order_by(sessions.c.seen.desc(), sessions.c.digest)
)


@dataclass(frozen=True, slots=True)
class Known:
    """Whose session a token opens, and when it was last noted as seen."""

    actor: Actor
    seen: datetime
    is_remembered: bool
    agent: str


def who(db: Connection, digest: str, now: datetime) -> Known | None:
    """Return whose session this is, in one statement; None when it is over, or the person is suspended."""
    rows = db.execute(_WHO, {"digest": digest, **_at(now)}).all()
    if not rows:
        return None
    actor = replace(actors_of(rows)[0], session=digest)
    return Known(actor, rows[0].seen, bool(rows[0].is_remembered), rows[0].agent)


def begin(
    db: Connection,
    digest: str,
    person_number: int,
    *,
    at: datetime,
    expires: datetime,
    is_remembered: bool,
    agent: str,
) -> None:
    """Open a session, and forget all that are over."""
    db.execute(delete(sessions).where(sessions.c.expires <= at))
    values = {"digest": digest, "person_number": person_number, "created": at, "seen": at, "agent": agent}
    db.execute(insert(sessions), values | {"expires": expires, "is_remembered": is_remembered})


def note(db: Connection, digest: str, *, at: datetime, unless_since: datetime) -> None:
    """Note that a session was used, unless somebody noted it since then."""
    stale = (sessions.c.digest == digest) & (sessions.c.seen < unless_since)
    db.execute(update(sessions).where(stale).values(seen=at))


def of_person(db: Connection, person_number: int, now: datetime) -> tuple[Session, ...]:
    """Return a person's sessions that are alive, the one last used first."""
    rows = db.execute(_OF_PERSON, {"person": person_number, **_at(now)})
    return tuple(
        Session(row.digest, row.created, row.seen, row.expires, bool(row.is_remembered), row.agent)
        for row in rows
    )


def end(db: Connection, digest: str, *, of: int | None = None) -> bool:
    """Close a session, of this person only where one is named; return whether there was one."""
    chosen = delete(sessions).where(sessions.c.digest == digest)
    if of is not None:
        chosen = chosen.where(sessions.c.person_number == of)
    return bool(db.execute(chosen).rowcount)


def end_all(db: Connection, person_number: int, *, but: str | None = None) -> None:
    """Close every session of a person, but the one that is named."""
    chosen = delete(sessions).where(sessions.c.person_number == person_number)
    db.execute(chosen.where(sessions.c.digest != but) if but else chosen)


def _at(now: datetime) -> dict[str, datetime]:
    return {"now": now, "idle": now - IDLE, "idle_remembered": now - IDLE_REMEMBERED}
