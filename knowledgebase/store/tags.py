"""Tags and topics of cases: the author's and the web's, and lists of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from knowledgebase.domain.record import Tag, TagLine
from knowledgebase.domain.topic import Topic
from knowledgebase.store.tables import case_tags, case_topics

FILE = "file"  # the author's, replaced with the text
WEB = "web"  # the case's own, they survive an import
_INSERT_TAGS = insert(case_tags)
_INSERT_TOPICS = insert(case_topics)


@dataclass(frozen=True, slots=True)
class Tagging:
    """The tags of one case by where they come from."""

    file: tuple[Tag, ...] = ()
    web: tuple[Tag, ...] = ()

    @property
    def shown(self) -> tuple[Tag, ...]:
        """Return each folded form once, the author's first."""
        return _once((*self.file, *self.web))


def of_case(db: Connection, number: int) -> Tagging:
    """Return the tags of a case, each list in its own order."""
    rows = db.execute(
        select(case_tags.c.folded, case_tags.c.shown, case_tags.c.origin)
        .where(case_tags.c.case_number == number)
        .order_by(case_tags.c.rank)
    ).all()
    file = tuple(Tag(row.folded, row.shown) for row in rows if row.origin == FILE)
    web = tuple(Tag(row.folded, row.shown) for row in rows if row.origin == WEB)
    return Tagging(file, web)


def clear(db: Connection, number: int) -> None:
    """Remove topics and tags of a case, to be written anew."""
    db.execute(delete(case_topics).where(case_topics.c.case_number == number))
    db.execute(delete(case_tags).where(case_tags.c.case_number == number))


def write_tags(db: Connection, number: int, tagging: Tagging, newest: str | None) -> None:
    """Write the tags of a case; `newest` is its place in lists, None while it is withdrawn."""
    authors = {tag.folded for tag in tagging.file}
    rows = [_row(number, FILE, rank, tag, newest) for rank, tag in enumerate(_once(tagging.file))]
    for rank, tag in enumerate(_once(tagging.web)):
        rows.append(_row(number, WEB, rank, tag, None if tag.folded in authors else newest))
    if rows:
        db.execute(_INSERT_TAGS, rows)


def write_topics(db: Connection, number: int, topics: Sequence[Topic], newest: str | None) -> None:
    """Write the topics of a case, ranked; `newest` as for tags."""
    rows = [
        {"case_number": number, "topic": topic.value, "rank": rank, "newest": newest}
        for rank, topic in enumerate(dict.fromkeys(topics))
    ]
    if rows:
        db.execute(_INSERT_TOPICS, rows)


def find(db: Connection, folded: str) -> TagLine | None:
    """Return a tag as its newest case spells it with its number of public cases, None when none has it."""
    public = (case_tags.c.folded == folded, case_tags.c.newest.is_not(None))
    newest = select(case_tags.c.shown).where(*public)
    newest = newest.order_by(case_tags.c.newest.desc(), case_tags.c.shown).limit(1)
    used = select(func.count().label("used"), newest.scalar_subquery().label("shown")).where(*public)
    row = db.execute(used.select_from(case_tags)).one()
    return TagLine(folded, row.shown, row.used) if row.used else None


def counts(db: Connection, *, limit: int) -> dict[str, int]:
    """Return the number of public cases of each folded tag, of the most used when there are more."""
    used = func.count().label("used")
    asked = (
        select(case_tags.c.folded, used)
        .where(case_tags.c.newest.is_not(None))
        .group_by(case_tags.c.folded)
        .order_by(used.desc(), case_tags.c.folded)
        .limit(limit)
    )
    return {row.folded: row.used for row in db.execute(asked)}


def shown(db: Connection, folded: Iterable[str]) -> dict[str, str]:
    """Return the shown form of those of these tags that public cases have."""
    asked = (
        select(case_tags.c.folded, func.min(case_tags.c.shown).label("shown"))
        .where(case_tags.c.folded.in_(list(folded)), case_tags.c.newest.is_not(None))
        .group_by(case_tags.c.folded)
    )
    return {row.folded: row.shown for row in db.execute(asked)}


def _once(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """Return each folded form once, in its first spelling."""
    first: dict[str, Tag] = {}
    for tag in tags:
        first.setdefault(tag.folded, tag)
    return tuple(first.values())


def _row(number: int, origin: str, rank: int, tag: Tag, newest: str | None) -> dict[str, object]:
    return {
        "case_number": number,
        "folded": tag.folded,
        "origin": origin,
        "shown": tag.shown,
        "rank": rank,
        "newest": newest,
    }
