"""The pictures of cases, re-encoded; their alternative text stands in the case."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from knowledgebase.domain.errors import NotFound
from knowledgebase.domain.record import State
from knowledgebase.store.tables import cases, covers
from knowledgebase.store.values import StoredCover


def find(db: Connection, case_id: str) -> StoredCover | None:
    """Return the picture of a public case, None where there is none."""
    row = db.execute(
        select(covers.c.name, covers.c.data, covers.c.width, covers.c.height, covers.c.digest)
        .join(cases, cases.c.number == covers.c.case_number)
        .where(cases.c.id == case_id, cases.c.state == State.PUBLISHED)
    ).one_or_none()
    return StoredCover(row.name, row.data, row.width, row.height, row.digest) if row else None


def digests(db: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the digest of the picture of each of these cases that has one, for addresses with a hash."""
    rows = db.execute(
        select(cases.c.id, covers.c.digest)
        .join(covers, cases.c.number == covers.c.case_number)
        .where(cases.c.id.in_(list(ids)))
    )
    return {row.id: row.digest for row in rows}


def put(db: Connection, case_id: str, cover: StoredCover) -> None:
    """Give a case its picture, in place of an earlier one. Raises NotFound when there is no such case."""
    number = _number(db, case_id)
    db.execute(delete(covers).where(covers.c.case_number == number))
    db.execute(
        insert(covers).values(
            case_number=number,
            name=cover.name,
            data=cover.data,
            width=cover.width,
            height=cover.height,
            digest=cover.digest,
        )
    )


def remove(db: Connection, case_id: str) -> None:
    """Take a case's picture away; a missing one is no error. Raises NotFound when there is no such case."""
    db.execute(delete(covers).where(covers.c.case_number == _number(db, case_id)))


def _number(db: Connection, case_id: str) -> int:
    number = db.scalar(select(cases.c.number).where(cases.c.id == case_id))
    if number is None:
        raise NotFound(case_id)
    return int(number)
