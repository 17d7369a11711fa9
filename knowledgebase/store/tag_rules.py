"""Rules for tags: what an admin merged, renamed or forbade, and which cases do not follow yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select

from knowledgebase.domain.tagging import TagRule
from knowledgebase.store.alone import Work, beside
from knowledgebase.store.listed import each_of, packed
from knowledgebase.store.tables_tagging import tag_rules, tags_to_restate
from knowledgebase.store.upserts import insert_into
from knowledgebase.store.words import LAST


@dataclass(frozen=True, slots=True)
class Restating:
    """A tag whose cases have yet to follow its rule."""

    folded: str
    after: int  # number of the last case that follows


def along(db: Connection, folded: Iterable[str]) -> dict[str, TagRule]:
    """Return the rules of these folded tags and of all that they are merged into, by folded tag."""
    found: dict[str, TagRule] = {}
    wanted, asked = set(folded), _asked(db.dialect.name)
    while wanted:
        rows = db.execute(asked, {"folded": packed(sorted(wanted))}).all()
        found |= {row.folded: _rule(row) for row in rows}
        wanted = {row.merged_into for row in rows if row.merged_into} - found.keys()
    return found


@cache
def _asked(dialect: str) -> Select[Any]:
    """Return the question for the rules of tags; made once, because every case that is saved asks it."""
    return select(tag_rules).where(tag_rules.c.folded.in_(select(each_of("folded", dialect).c.value)))


def holding(db: Connection, folded: Iterable[str]) -> dict[str, TagRule]:
    """Return the same to a transaction that writes tags: no rule changes until it ends."""
    wanted = set(folded)
    if not wanted:
        return {}
    beside(db, Work.TAGS)
    return along(db, wanted)


def leading_to(db: Connection, folded: str) -> frozenset[str]:
    """Return the tags that are merged into one, directly or by others, and that tag itself."""
    found = {folded}
    wanted = {folded}
    asked = select(tag_rules.c.folded).where(
        tag_rules.c.merged_into.in_(select(each_of("targets", db.dialect.name).c.value))
    )
    while wanted:
        wanted = set(db.execute(asked, {"targets": packed(sorted(wanted))}).scalars()) - found
        found |= wanted
    return frozenset(found)


def beginning_with(db: Connection, start: str, limit: int) -> tuple[TagRule, ...]:
    """Return rules of tags that begin like this, by tag."""
    asked = select(tag_rules).where(tag_rules.c.folded >= start, tag_rules.c.folded < start + LAST)
    return tuple(_rule(row) for row in db.execute(asked.order_by(tag_rules.c.folded).limit(limit)))


def newest(db: Connection, *, limit: int, offset: int = 0) -> tuple[TagRule, ...]:
    """Return one page of the rules, the last made first."""
    asked = select(tag_rules).order_by(tag_rules.c.at.desc(), tag_rules.c.folded)
    return tuple(_rule(row) for row in db.execute(asked.limit(limit).offset(offset)))


def put(db: Connection, rule: TagRule) -> None:
    """Write a rule in place of an earlier one of the same tag; its cases follow by `restating`."""
    values = {
        "folded": rule.folded,
        "merged_into": rule.merged_into,
        "shown": rule.shown,
        "is_forbidden": rule.is_forbidden,
        "at": rule.at,
        "by": rule.by,
        "reason": rule.reason,
    }
    added = insert_into(tag_rules, db.dialect.name)
    changed = {name: added.excluded[name] for name in values if name != "folded"}
    db.execute(added.on_conflict_do_update(index_elements=["folded"], set_=changed), values)
    _begin(db, rule.folded)


def remove(db: Connection, folded: str) -> None:
    """Take a rule back; its cases follow by `restating`."""
    db.execute(delete(tag_rules).where(tag_rules.c.folded == folded))
    _begin(db, folded)


def restating(db: Connection) -> tuple[Restating, ...]:
    """Return the tags whose cases do not follow their rule yet."""
    rows = db.execute(select(tags_to_restate).order_by(tags_to_restate.c.folded))
    return tuple(Restating(row.folded, row.after) for row in rows)


def advance(db: Connection, step: Restating, after: int | None) -> None:
    """Note how far the cases of a tag follow, None when all do; a rule changed since then begins anew."""
    mine = (tags_to_restate.c.folded == step.folded) & (tags_to_restate.c.after == step.after)
    if after is None:
        db.execute(delete(tags_to_restate).where(mine))
    else:
        db.execute(tags_to_restate.update().where(mine).values(after=after))


def _begin(db: Connection, folded: str) -> None:
    added = insert_into(tags_to_restate, db.dialect.name)
    again = added.on_conflict_do_update(index_elements=["folded"], set_={"after": 0})
    db.execute(again, {"folded": folded, "after": 0})


def _rule(row: Row[*tuple[Any, ...]]) -> TagRule:
    return TagRule(row.folded, row.merged_into, row.shown, bool(row.is_forbidden), row.at, row.by, row.reason)
