"""Every change of a comment, in the caller's transaction; whether it may be made is the caller's question."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from knowledgebase.domain.comment import (
    About,
    Comment,
    CommentKind,
    CommentState,
    CommentText,
    Hiding,
    Voice,
)
from knowledgebase.domain.errors import AlreadyThere, NotFound, StaleRevision
from knowledgebase.domain.record import State
from knowledgebase.store import comments as stored
from knowledgebase.store.case_writing import touch
from knowledgebase.store.faults import is_taken
from knowledgebase.store.tables import cases, cities
from knowledgebase.store.tables_comments import comment_revisions, comments

_NO_HIDING: Mapping[str, Any] = {"hidden_at": None, "hidden_by": None, "hidden_reason": None}
_NO_MARKS: Mapping[str, Any] = {"is_pinned": False, "is_accepted": False}


@dataclass(frozen=True, slots=True)
class NewComment:
    """A comment on its way into the store."""

    id: str
    about: About
    writer_number: int
    voice: Voice
    kind: CommentKind
    state: CommentState  # VISIBLE or HELD
    texts: tuple[CommentText, ...]
    token: str
    likeness: str
    at: datetime
    office: str | None = None  # that speaks as the city
    parent: Comment | None = None


def add(db: Connection, new: NewComment) -> Comment:
    """Store a comment and return it.

    Raises NotFound where its case or city is not public, AlreadyThere when id or token is taken.
    """
    case_number, about_number = _place(db, new.about)
    parent = new.parent
    values = {
        "id": new.id,
        "case_number": case_number,
        "about_city_number": about_number,
        "thread_number": _thread_number(db, parent) if parent else None,
        "parent_number": parent.number if parent else None,
        "writer_number": new.writer_number,
        "city_number": _city_number(db, new.voice.city) if new.voice.city else None,
        "as_city": new.voice.as_city,
        "office": new.office,
        "kind": new.kind,
        "state": new.state,
        "token": new.token,
        "likeness": new.likeness,
        "revision": 1,
        "created": new.at,
        "published": new.at if new.state is CommentState.VISIBLE else None,
        "city_may_hide": True,
        "texts": new.texts,
        **_NO_MARKS,
    }
    try:
        db.execute(insert(comments), values)
    except IntegrityError as error:
        if is_taken(error):
            raise AlreadyThere(new.id) from error
        raise
    return _again(db, new.id)


def change_texts(
    db: Connection, comment: Comment, texts: tuple[CommentText, ...], *, likeness: str, at: datetime
) -> Comment:
    """Let a comment say something else and keep what it said. Raises StaleRevision when it was changed."""
    kept = {
        "comment_number": comment.number,
        "number": comment.revision,
        "at": comment.edited or comment.created,
        "texts": comment.texts,
    }
    values = {"texts": texts, "likeness": likeness, "edited": at}
    changed = _change(db, comment, values | {"revision": comment.revision + 1})
    db.execute(insert(comment_revisions), kept)
    return changed


def release(db: Connection, comment: Comment, *, at: datetime) -> Comment:
    """Show a comment that was held, for the first time."""
    return _change(db, comment, {"state": CommentState.VISIBLE, "published": comment.published or at})


def hold(db: Connection, comment: Comment) -> Comment:
    """Take a comment back to where it waits to be released."""
    return _change(db, comment, {"state": CommentState.HELD, "published": None, **_NO_MARKS})


def refuse(db: Connection, comment: Comment) -> Comment:
    """Let a held comment never be shown."""
    return _change(db, comment, {"state": CommentState.REFUSED})


def hide(db: Connection, comment: Comment, hiding: Hiding, *, city_may_hide: bool) -> Comment:
    """Put a line in the place of a comment."""
    values = {
        **_NO_MARKS,
        "state": CommentState.HIDDEN,
        "hidden_at": hiding.at,
        "hidden_by": hiding.by,
        "hidden_reason": hiding.reason,
        "city_may_hide": city_may_hide,
    }
    return _change(db, comment, values)


def restore(db: Connection, comment: Comment, *, city_may_hide: bool) -> Comment:
    """Show a hidden comment again."""
    values = {"state": CommentState.VISIBLE, "city_may_hide": city_may_hide, **_NO_HIDING}
    return _change(db, comment, values)


def remove(db: Connection, comment: Comment) -> Comment:
    """Take a comment away; its row and what it said are kept."""
    return _change(db, comment, {"state": CommentState.DELETED, **_NO_HIDING, **_NO_MARKS})


def pin(db: Connection, comment: Comment) -> Comment:
    """Make a comment the statement of its case's city, instead of any other one."""
    mine = select(comments.c.case_number).where(comments.c.number == comment.number).scalar_subquery()
    before = update(comments).where(comments.c.case_number == mine, comments.c.is_pinned)
    db.execute(before.values(is_pinned=False))
    return _change(db, comment, {"is_pinned": True})


def unpin(db: Connection, comment: Comment) -> Comment:
    """Take back that a comment is its city's statement."""
    return _change(db, comment, {"is_pinned": False})


def accept(db: Connection, comment: Comment) -> Comment:
    """Make an answer the accepted one of its thread, instead of any other one."""
    mine = select(comments.c.thread_number).where(comments.c.number == comment.number).scalar_subquery()
    before = update(comments).where(comments.c.thread_number == mine, comments.c.is_accepted)
    db.execute(before.values(is_accepted=False))
    return _change(db, comment, {"is_accepted": True})


def unaccept(db: Connection, comment: Comment) -> Comment:
    """Take back that an answer is the accepted one."""
    return _change(db, comment, {"is_accepted": False})


def show_change(db: Connection, about: About, *, at: datetime) -> None:
    """Let cards, kept pages and the index of a case follow its visible comments."""
    if about.case is None:
        return
    touch(db, [about.case], at=at)  # first: it holds the case until the transaction ends
    row = db.execute(select(cases.c.number, cases.c.card).where(cases.c.id == about.case)).one_or_none()
    if row is not None:
        card = replace(row.card, comments=stored.count_of_case(db, row.number))
        db.execute(update(cases).where(cases.c.number == row.number).values(card=card))


def _change(db: Connection, comment: Comment, values: Mapping[str, Any]) -> Comment:
    """Write columns of a comment that nobody changed since it was read. Raises StaleRevision otherwise."""
    unchanged = (
        comments.c.number == comment.number,
        comments.c.revision == comment.revision,
        comments.c.state == comment.state,
    )
    if not db.execute(update(comments).where(*unchanged).values(dict(values))).rowcount:
        raise StaleRevision(comment.id)
    return _again(db, comment.id)


def _again(db: Connection, comment_id: str) -> Comment:
    now = stored.find(db, comment_id)
    if now is None:
        raise NotFound(comment_id)
    return now


def _place(db: Connection, about: About) -> tuple[int | None, int | None]:
    """Return the number of the case, or that of the city; it stays public until the transaction ends."""
    thing, name = (cases, about.case) if about.case else (cities, about.city)
    asked = select(thing.c.number).where(thing.c.id == name, thing.c.state == State.PUBLISHED)
    number = db.scalar(asked.with_for_update(read=True))
    if number is None:
        raise NotFound(name or "")
    return (number, None) if about.case else (None, number)


def _thread_number(db: Connection, parent: Comment) -> int:
    """Return the number of the first comment of a thread: an answer to an answer joins it."""
    if parent.thread is None:
        return parent.number
    found = db.scalar(select(comments.c.number).where(comments.c.id == parent.thread))
    if found is None:
        raise NotFound(parent.thread)
    return int(found)


def _city_number(db: Connection, city: str) -> int:
    found = db.scalar(select(cities.c.number).where(cities.c.id == city))
    if found is None:
        raise NotFound(city)
    return int(found)
