"""What the web adds to a case beside its text: tags and translations, which survive an import.

They change the search document and the lists, not the text: no new revision, so no writer's draft is stale.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from knowledgebase.domain.errors import NotFound
from knowledgebase.domain.record import CaseRecord, Contribution, State, Tag
from knowledgebase.domain.tagging import CaseTag
from knowledgebase.store import case_writing, tag_rules
from knowledgebase.store import tags as tag_lists
from knowledgebase.store.cards import told_in
from knowledgebase.store.case_rows import record_of, records
from knowledgebase.store.listed import each_of, packed
from knowledgebase.store.tables import case_tags, cases
from knowledgebase.store.tables_tagging import case_additions
from knowledgebase.store.tags import Tagging
from knowledgebase.store.upserts import insert_into

_HOLD = (
    records()
    .add_columns(cases.c.newest, cases.c.card)
    .where(cases.c.id == bindparam("asked"))
    .with_for_update(of=cases)
)


def hold(db: Connection, case_id: str) -> tuple[CaseRecord, Tagging]:
    """Return a case with its tags; both stay as they are until the transaction ends.

    Raises NotFound when there is no such case.
    """
    row = _held(db, case_id)
    return record_of(row), tag_lists.of_case(db, row.number)


def tags_of(db: Connection, case_id: str) -> tuple[CaseTag, ...]:
    """Return every tag of a case with what it counts as, the author's first; none without such a case."""
    number = db.scalar(select(cases.c.number).where(cases.c.id == case_id))
    if number is None:
        return ()
    tagging = tag_lists.of_case(db, number)
    return tagging.each(tag_rules.along(db, tagging.folded))


def put_tags(db: Connection, case_id: str, web: Sequence[Tag], *, sought: str, at: datetime) -> None:
    """Write the tags that the web gives a case, in place of those before, and queue it for the index.

    `sought`: the folded words of all that the web adds. Raises NotFound when there is no such case.
    """
    row = _held(db, case_id)
    tagging = replace(tag_lists.of_case(db, row.number), web=tuple(web))
    rules = tag_rules.holding(db, tagging.folded)
    _write_tags(db, row, tagging, rules)
    _remember(db, row.number, record_of(row).contributed, sought)
    case_writing.touch(db, [case_id], at=at)


def put_translations(
    db: Connection, case_id: str, contributed: Mapping[str, Contribution], *, sought: str, at: datetime
) -> None:
    """Write the translations that others gave a case, in place of those before; as `put_tags`."""
    row = _held(db, case_id)
    record = replace(record_of(row), contributed=contributed)
    card = told_in(row.card, record.told)
    db.execute(update(cases).where(cases.c.number == row.number).values(card=card))
    _remember(db, row.number, contributed, sought)
    case_writing.touch(db, [case_id], at=at)


def restate(db: Connection, folded: str, after: int, limit: int, *, at: datetime) -> int | None:
    """Let the next cases behind a number follow the rule of a tag; return the last, None behind all.

    Cases are queued for the index where their tags count as others now.
    """
    asked = (
        select(case_tags.c.case_number)
        .where(
            case_tags.c.folded.in_(select(each_of("leading", db.dialect.name).c.value)),
            case_tags.c.case_number > after,
        )
        .group_by(case_tags.c.case_number)
        .order_by(case_tags.c.case_number)
        .limit(limit)
    )
    leading = packed(sorted(tag_rules.leading_to(db, folded)))
    numbers = [int(number) for number in db.execute(asked, {"leading": leading}).scalars()]
    if not numbers:
        return None
    chosen = select(cases.c.number, cases.c.id, cases.c.state, cases.c.newest, cases.c.tags)
    chosen = chosen.where(cases.c.number.in_(numbers)).order_by(cases.c.number)
    changed: list[str] = []
    for row in db.execute(chosen.with_for_update()).all():
        tagging = tag_lists.of_case(db, row.number)
        rules = tag_rules.holding(db, tagging.folded)
        if tagging.shown(rules) != row.tags:
            _write_tags(db, row, tagging, rules)
            changed.append(row.id)
    case_writing.touch(db, changed, at=at)
    return numbers[-1]


def _held(db: Connection, case_id: str) -> Row[*tuple[Any, ...]]:
    row = db.execute(_HOLD, {"asked": case_id}).one_or_none()
    if row is None:
        raise NotFound(case_id)
    return row


def _write_tags(
    db: Connection, row: Row[*tuple[Any, ...]], tagging: Tagging, rules: Mapping[str, Any]
) -> None:
    listed = row.newest if row.state == State.PUBLISHED else None
    db.execute(delete(case_tags).where(case_tags.c.case_number == row.number))
    tag_lists.write_tags(db, row.number, tagging, listed, rules)
    db.execute(update(cases).where(cases.c.number == row.number).values(tags=tagging.shown(rules)))


def _remember(db: Connection, number: int, contributed: Mapping[str, Contribution], sought: str) -> None:
    added = insert_into(case_additions, db.dialect.name)
    changed = {"sought": added.excluded.sought, "contributed": added.excluded.contributed}
    row = {"case_number": number, "sought": sought, "contributed": contributed}
    db.execute(added.on_conflict_do_update(index_elements=["case_number"], set_=changed), row)
