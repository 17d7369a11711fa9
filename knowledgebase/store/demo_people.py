"""People who only show what the exchange is for, and how they and all that they wrote go away again.

They are known by the domain of their addresses, which no mail ever reaches (RFC 2606).
"""

from datetime import datetime

from sqlalchemy import Connection, Select, delete, or_, select, update

from knowledgebase.domain.comment import About, CommentState
from knowledgebase.domain.person import PersonState
from knowledgebase.store import comment_writing, journal, members, sessions
from knowledgebase.store import comments as stored
from knowledgebase.store.tables import case_revisions, cities, city_revisions
from knowledgebase.store.tables_comments import comment_reports, comments, matters
from knowledgebase.store.tables_drafts import drafts
from knowledgebase.store.tables_letters import letters, news
from knowledgebase.store.tables_people import city_members, one_time_links, people

DOMAIN = "@demo.invalid"
NAME = "demo"  # what histories call somebody who is gone
_IS_DEMO = people.c.email_folded.endswith(DOMAIN, autoescape=True)


def ids(db: Connection) -> tuple[str, ...]:
    """Return the ids of the demo people, in the order in which they were made."""
    working = select(people.c.id).where(_IS_DEMO, people.c.state == PersonState.ACTIVE)
    return tuple(db.execute(working.order_by(people.c.number)).scalars())


def is_anybody_real_there(db: Connection) -> bool:
    """Say whether there is an account of somebody else."""
    return db.execute(select(people.c.number).where(~_IS_DEMO).limit(1)).first() is not None


def silence(db: Connection) -> None:
    """Take back every letter to a demo person: nobody would read it."""
    for table in (letters, news):
        db.execute(delete(table).where(table.c.person_number.in_(_numbers())))
    db.execute(delete(letters).where(letters.c.email.endswith(DOMAIN, autoescape=True)))


def remove(db: Connection, *, at: datetime) -> tuple[int, int]:
    """Take all demo people and what they wrote away; return how many people and comments there were.

    A comment of theirs that somebody else has answered keeps its place without its text, and its writer
    stays as a suspended account without a name. Histories keep their lines; the journal is not touched,
    and the line that is added there says whose ids these were.
    """
    found = db.execute(select(people.c.number, people.c.id).where(_IS_DEMO)).all()
    said = _remove_comments(db, at)
    gone = [row.id for row in found]
    for table in (case_revisions, city_revisions):
        db.execute(update(table).where(table.c.by.in_(gone)).values(by=NAME))
    db.execute(update(matters).where(matters.c.decided_by.in_(gone)).values(decided_by=NAME))
    db.execute(update(matters).where(matters.c.asked_by_number.in_(_numbers())).values(asked_by_number=None))
    db.execute(delete(matters).where(matters.c.person_number.in_(_numbers())))
    db.execute(delete(comment_reports).where(comment_reports.c.reporter_number.in_(_numbers())))
    db.execute(delete(drafts).where(drafts.c.writer_number.in_(_numbers()), drafts.c.case_number.is_(None)))
    db.execute(delete(one_time_links).where(one_time_links.c.made_by.in_(gone)))
    db.execute(delete(one_time_links).where(one_time_links.c.email_folded.endswith(DOMAIN, autoescape=True)))
    silence(db)
    for row in found:
        _end(db, row.number, at)
    if found:
        told: dict[str, str | int | None] = {"people": len(found), "comments": said, "ids": " ".join(gone)}
        journal.write(db, at=at, by="operator", action="demo-removed", thing="exchange", detail=told)
    return len(found), said


def _numbers() -> Select[int]:
    return select(people.c.number).where(_IS_DEMO)


def _remove_comments(db: Connection, at: datetime) -> int:
    """Take the comments away, last ones first, so that an answer goes before what it answers."""
    asked = select(comments.c.id, comments.c.number).where(comments.c.writer_number.in_(_numbers()))
    rows = db.execute(asked.order_by(comments.c.number.desc())).all()
    about: dict[str, About] = {}
    for row in rows:
        comment = stored.find(db, row.id)
        if comment is None:
            continue
        about[comment.about.name] = comment.about
        answers = or_(comments.c.thread_number == row.number, comments.c.parent_number == row.number)
        if db.execute(select(comments.c.number).where(answers).limit(1)).first() is None:
            db.execute(delete(comments).where(comments.c.number == row.number))
        elif comment.state is not CommentState.DELETED:
            comment_writing.remove(db, comment)
    for one in about.values():
        comment_writing.show_change(db, one, at=at)
    return len(rows)


def _end(db: Connection, number: int, at: datetime) -> None:
    """Remove one account; where a comment needs its writer, leave it behind without name and rights."""
    kept = db.execute(select(comments.c.number).where(comments.c.writer_number == number).limit(1)).first()
    if kept is None:
        db.execute(delete(people).where(people.c.number == number))
        return
    places = select(cities.c.id).join(city_members, city_members.c.city_number == cities.c.number)
    mine = places.where(city_members.c.person_number == number, city_members.c.ended.is_(None))
    for city in db.execute(mine).scalars().all():
        members.end(db, number, city, at=at)
    sessions.end_all(db, number)
    nameless = {"name": NAME, "latin_name": None, "position": NAME, "office": NAME, "platform_role": None}
    ended = update(people).where(people.c.number == number)
    db.execute(ended.values(state=PersonState.SUSPENDED, **nameless))
