"""Tags and topics of cases: the author's and the web's, and lists of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from knowledgebase.domain.record import Tag, TagLine
from knowledgebase.domain.tagging import CaseTag, TagRule, counted
from knowledgebase.domain.topic import Topic
from knowledgebase.store.listed import each_of, packed
from knowledgebase.store.tables import case_tags, case_topics
from knowledgebase.store.words import LAST

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
    def folded(self) -> frozenset[str]:
        """Return all folded forms as they were written."""
        return frozenset(tag.folded for tag in (*self.file, *self.web))

    def shown(self, rules: Mapping[str, TagRule]) -> tuple[Tag, ...]:
        """Return what the tags count as, each once, the author's first, forbidden ones left out."""
        told = (counted(tag, rules) for tag in (*self.file, *self.web))
        return _once(tag for tag in told if tag)

    def each(self, rules: Mapping[str, TagRule]) -> tuple[CaseTag, ...]:
        """Return every tag with what it counts as, the author's first."""
        own = [CaseTag(tag, counted(tag, rules), is_of_text=True) for tag in _once(self.file)]
        web = [CaseTag(tag, counted(tag, rules), is_of_text=False) for tag in _once(self.web)]
        return (*own, *web)


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


def write_tags(
    db: Connection, number: int, tagging: Tagging, newest: str | None, rules: Mapping[str, TagRule]
) -> None:
    """Write the tags of a case as they count; `newest` is its place in lists, None while it is withdrawn."""
    rows = list(_rows(number, tagging, newest, rules))
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
    public = (case_tags.c.as_folded == folded, case_tags.c.newest.is_not(None))
    newest = select(case_tags.c.as_shown).where(*public)
    newest = newest.order_by(case_tags.c.newest.desc(), case_tags.c.as_shown).limit(1)
    used = select(func.count().label("used"), newest.scalar_subquery().label("shown")).where(*public)
    row = db.execute(used.select_from(case_tags)).one()
    return TagLine(folded, row.shown, row.used) if row.used else None


def counts(db: Connection, *, limit: int) -> dict[str, int]:
    """Return the number of public cases of each folded tag, of the most used when there are more."""
    used = func.count().label("used")
    asked = (
        select(case_tags.c.as_folded, used)
        .where(case_tags.c.newest.is_not(None))
        .group_by(case_tags.c.as_folded)
        .order_by(used.desc(), case_tags.c.as_folded)
        .limit(limit)
    )
    return {row.as_folded: row.used for row in db.execute(asked)}


def shown(db: Connection, folded: Iterable[str]) -> dict[str, str]:
    """Return the shown form of those of these tags that public cases have."""
    asked = (
        select(case_tags.c.as_folded, func.min(case_tags.c.as_shown).label("shown"))
        .where(case_tags.c.as_folded.in_(list(folded)), case_tags.c.newest.is_not(None))
        .group_by(case_tags.c.as_folded)
    )
    return {row.as_folded: row.shown for row in db.execute(asked)}


def used(db: Connection, start: str, others: Iterable[str], *, limit: int) -> tuple[TagLine, ...]:
    """Return tags of public cases that begin with `start`, and those of `others`, most used first.

    At most `limit` of the first kind; all folded. Each in the spelling that sorts first.
    """
    begins = (case_tags.c.as_folded >= start) & (case_tags.c.as_folded < start + LAST)
    named = case_tags.c.as_folded.in_(select(each_of("others", db.dialect.name).c.value))
    count = func.count().label("cases")
    lines: dict[str, TagLine] = {}
    for chosen, most in ((begins, limit), (named, None)):
        asked = (
            select(case_tags.c.as_folded, func.min(case_tags.c.as_shown).label("shown"), count)
            .where(chosen, case_tags.c.newest.is_not(None))
            .group_by(case_tags.c.as_folded)
            .order_by(count.desc(), case_tags.c.as_folded)
            .limit(most)
        )
        for row in db.execute(asked, {"others": packed(sorted(set(others)))} if chosen is named else {}):
            lines.setdefault(row.as_folded, TagLine(row.as_folded, row.shown, row.cases))
    return tuple(lines.values())


def _once(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """Return each folded form once, in its first spelling."""
    first: dict[str, Tag] = {}
    for tag in tags:
        first.setdefault(tag.folded, tag)
    return tuple(first.values())


def _rows(
    number: int, tagging: Tagging, newest: str | None, rules: Mapping[str, TagRule]
) -> Iterator[dict[str, object]]:
    """Yield a row a tag; only the first of those that count as the same is listed."""
    listed: set[str] = set()
    for origin, tags in ((FILE, _once(tagging.file)), (WEB, _once(tagging.web))):
        for rank, tag in enumerate(tags):
            told = counted(tag, rules)
            is_listed = told is not None and told.folded not in listed
            listed |= {told.folded} if told else set()
            told = told or tag
            yield {
                "case_number": number,
                "folded": tag.folded,
                "origin": origin,
                "shown": tag.shown,
                "as_folded": told.folded,
                "as_shown": told.shown,
                "rank": rank,
                "newest": newest if is_listed else None,
            }
