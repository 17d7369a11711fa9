"""Comments as they stand: one by one, of a case or a city, and the newest of all; each list one statement."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, Text, bindparam, func, or_, select, type_coerce

from knowledgebase.domain.comment import (
    About,
    Comment,
    CommentState,
    Earlier,
    MatterKind,
    Outcome,
    Remarked,
    Talk,
    Thread,
)
from knowledgebase.store.comment_rows import ABOUT, IS_LISTED, IS_REACHABLE, IS_VISIBLE, comment_of, whole
from knowledgebase.store.listed import each_of, packed
from knowledgebase.store.tables import cases, cities
from knowledgebase.store.tables_comments import comment_revisions, comments, matters

REMARKS_MAX = 500_000  # characters of one case's comments that are searched, the newest ones


def find(db: Connection, comment_id: str) -> Comment | None:
    """Return a comment in whatever state, None when what it is about is not public."""
    asked = whole(db.dialect.name).where(comments.c.id == comment_id, IS_REACHABLE)
    row = db.execute(asked).one_or_none()
    return comment_of(row) if row else None


def find_by_token(db: Connection, writer_number: int, token: str) -> Comment | None:
    """Return the comment that a person made with a form's token."""
    asked = whole(db.dialect.name).where(
        comments.c.writer_number == writer_number, comments.c.token == token, IS_REACHABLE
    )
    row = db.execute(asked).one_or_none()
    return comment_of(row) if row else None


def find_many(db: Connection, numbers: Iterable[int]) -> dict[int, Comment]:
    """Return comments by number, in whatever state, of public cases and cities."""
    asked = whole(db.dialect.name).where(comments.c.number.in_(list(numbers)), IS_REACHABLE)
    return {row.number: comment_of(row) for row in db.execute(asked)}


def talk(db: Connection, about: About, *, limit: int, offset: int = 0, newest_first: bool = False) -> Talk:
    """Return one page of what is said about a public case or city, with the statement that it pinned.

    Threads by the moment of their first comment, answers always oldest first; one statement.
    """
    asked = _talk(db.dialect.name, is_case=about.case is not None, newest_first=newest_first)
    given = {"about": about.case or about.city, "limit": limit + 1, "offset": offset}
    rows = db.execute(asked, given).all()
    on_page = [row for row in rows if row.on_page is not None]
    statement = next((comment_of(row) for row in rows if row.is_pinned), None)
    return Talk(
        _threads(on_page[:limit]),
        statement,
        total=rows[0].total if rows else 0,
        has_more=len(on_page) > limit,
    )


@cache
def _talk(dialect: str, *, is_case: bool, newest_first: bool) -> Select[Any]:
    thing, mine = (cases, comments.c.case_number) if is_case else (cities, comments.c.about_city_number)
    number = select(thing.c.number).where(thing.c.id == bindparam("about")).scalar_subquery()
    thread = func.coalesce(comments.c.thread_number, comments.c.number)
    page = (
        select(comments.c.number)
        .where(mine == number, IS_LISTED)
        .order_by(thread.desc() if newest_first else thread, comments.c.number)
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
        .subquery("page")
    )
    counted = comments.alias("counted")
    own = counted.c.case_number if is_case else counted.c.about_city_number
    total = (
        select(func.count())
        .where(own == number, counted.c.state == CommentState.VISIBLE)
        .scalar_subquery()
        .label("total")
    )
    return (
        whole(dialect)
        .add_columns(page.c.number.label("on_page"), total)
        .outerjoin(page, page.c.number == comments.c.number)
        .where(mine == number, IS_REACHABLE, or_(page.c.number.is_not(None), comments.c.is_pinned))
        .order_by(thread.desc() if newest_first else thread, comments.c.number)
    )


def _threads(rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[Thread, ...]:
    """Return threads of rows in their order; the first may go on from the page before."""
    threads: list[tuple[int, Comment | None, list[Comment]]] = []
    for row in rows:
        key = row.thread_number or row.number
        if not threads or threads[-1][0] != key:
            threads.append((key, None, []))
        comment = comment_of(row)
        if row.thread_number is None:
            threads[-1] = (key, comment, threads[-1][2])
        else:
            threads[-1][2].append(comment)
    return tuple(Thread(first, tuple(answers)) for _, first, answers in threads)


def newest(
    db: Connection, *, limit: int, offset: int = 0, about: About | None = None
) -> tuple[Remarked, ...]:
    """Return visible comments on public cases and cities, last published first; of one thing when named."""
    card = type_coerce(cases.c.card, Text).label("card")
    asked = whole(db.dialect.name).add_columns(card, ABOUT.c.names.label("about_names"))
    asked = asked.where(IS_VISIBLE, IS_REACHABLE)
    if about is not None:
        asked = asked.where(cases.c.id == about.case if about.case else ABOUT.c.id == about.city)
    asked = asked.order_by(comments.c.published.desc(), comments.c.number.desc())
    return tuple(_remarked(row) for row in db.execute(asked.limit(limit).offset(offset)))


def _remarked(row: Row[*tuple[Any, ...]]) -> Remarked:
    if row.card is None:
        return Remarked(comment_of(row), row.about_names, "en")
    card = json.loads(row.card)
    return Remarked(comment_of(row), card["titles"], card["language"])


def count(db: Connection) -> int:
    """Return the number of visible comments on public cases and cities."""
    asked = (
        select(func.count())
        .select_from(comments)
        .outerjoin(cases, cases.c.number == comments.c.case_number)
        .outerjoin(ABOUT, ABOUT.c.number == comments.c.about_city_number)
        .where(IS_VISIBLE, IS_REACHABLE)
    )
    return int(db.scalar(asked) or 0)


def count_of_case(db: Connection, case_number: int) -> int:
    """Return the number of visible comments of a case."""
    mine = (comments.c.case_number == case_number, IS_VISIBLE)
    return int(db.scalar(select(func.count()).select_from(comments).where(*mine)) or 0)


def count_about(db: Connection, about: About) -> int:
    """Return the number of comments on a case or about a city, whatever became of them."""
    thing, mine = (cases, comments.c.case_number) if about.case else (cities, comments.c.about_city_number)
    asked = select(func.count()).select_from(comments).join(thing, thing.c.number == mine)
    return int(db.scalar(asked.where(thing.c.id == (about.case or about.city))) or 0)


def remarks(db: Connection, case_ids: Iterable[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return language and plain text of the visible comments of these cases, newest first, by case id.

    Of very many the newest ones that REMARKS_MAX has room for.
    """
    asked = (
        select(cases.c.id, comments.c.texts)
        .join(cases, cases.c.number == comments.c.case_number)
        .where(IS_VISIBLE, cases.c.id.in_(select(each_of("ids", db.dialect.name).c.value)))
        .order_by(comments.c.number.desc())
    )
    found: dict[str, list[tuple[str, str]]] = {}
    room: dict[str, int] = {}
    for row in db.execute(asked, {"ids": packed(case_ids)}):
        for text in row.texts:
            left = room.get(row.id, REMARKS_MAX) - len(text.plain)
            if left >= 0:
                room[row.id] = left
                found.setdefault(row.id, []).append((text.language, text.plain))
    return {case_id: tuple(said) for case_id, said in found.items()}


def said_since(db: Connection, writer_number: int, since: datetime) -> tuple[tuple[datetime, str], ...]:
    """Return moment and likeness of everything that a person said after a moment, oldest first."""
    asked = select(comments.c.created, comments.c.likeness).where(
        comments.c.writer_number == writer_number, comments.c.created > since
    )
    return tuple((row.created, row.likeness) for row in db.execute(asked.order_by(comments.c.created)))


def has_released(db: Connection, writer_number: int) -> bool:
    """Say whether a held comment of this person was released."""
    asked = (
        select(matters.c.number)
        .join(comments, comments.c.number == matters.c.comment_number)
        .where(
            comments.c.writer_number == writer_number,
            matters.c.kind == MatterKind.HELD,
            matters.c.outcome == Outcome.RELEASED,
        )
    )
    return bool(db.scalar(select(asked.exists())))


def earlier(db: Connection, comment_number: int) -> tuple[Earlier, ...]:
    """Return what a comment said before it was edited, oldest first."""
    asked = (
        select(comment_revisions)
        .where(comment_revisions.c.comment_number == comment_number)
        .order_by(comment_revisions.c.number)
    )
    return tuple(Earlier(row.number, row.at, row.texts) for row in db.execute(asked))


def cases_with(db: Connection, *, writer_number: int | None = None, city: str | None = None) -> list[str]:
    """Return the ids of cases where a person, or people of a city, have comments that are shown."""
    asked = select(cases.c.id).join(comments, comments.c.case_number == cases.c.number).where(IS_VISIBLE)
    if writer_number is not None:
        asked = asked.where(comments.c.writer_number == writer_number)
    if city is not None:
        asked = asked.join(cities, cities.c.number == comments.c.city_number).where(cities.c.id == city)
    return list(db.execute(asked.distinct().order_by(cases.c.id)).scalars())
