"""Former addresses: where a renamed case is found now, and which ids are never given again."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from knowledgebase.store.tables import cases, former_addresses

_HELD = select(cases.c.number).where(cases.c.id == bindparam("asked"))
_LEFT = select(former_addresses.c.case_number).where(former_addresses.c.id == bindparam("asked"))
_IS_USED = _HELD.union_all(_LEFT).limit(1)


def find(db: Connection, former_id: str) -> str | None:
    """Return the id that a former address leads to now, None when it never was one."""
    asked = (
        select(cases.c.id)
        .join(former_addresses, former_addresses.c.case_number == cases.c.number)
        .where(former_addresses.c.id == former_id)
    )
    return db.scalar(asked)


def is_used(db: Connection, case_id: str) -> bool:
    """Say whether an id is taken, by a case or by the former address of one."""
    return db.scalar(_IS_USED, {"asked": case_id}) is not None


def leave(db: Connection, former_id: str, number: int, at: datetime) -> None:
    """Let an id lead to the case of this number from now on."""
    db.execute(insert(former_addresses).values(id=former_id, case_number=number, since=at))


def leave_unused(db: Connection, former_ids: Iterable[str], case_id: str, at: datetime) -> None:
    """Let those of these ids that nobody ever had lead to a case: addresses of an earlier installation."""
    asked = tuple(former_ids)
    number = db.scalar(_HELD, {"asked": case_id}) if asked else None
    if number is None:
        return
    for former_id in asked:
        if not is_used(db, former_id):
            leave(db, former_id, number, at)


def take_back(db: Connection, former_id: str, number: int) -> None:
    """Give a former id back to the case that had it; another case's is left as it is."""
    mine = former_addresses.c.case_number == number
    db.execute(delete(former_addresses).where(former_addresses.c.id == former_id, mine))
