"""Count what people were told is there and is not, what stands half-written, and what stands there twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Row, Table, func, select

from knowledgebase.domain.draft import DraftState
from knowledgebase.domain.record import Origin, State
from knowledgebase.intake.query import read
from knowledgebase.services import searching
from knowledgebase.services.site import Site
from knowledgebase.store.connection import Connection
from knowledgebase.store.drafts import TEXTS_KEPT
from knowledgebase.store.tables import case_revisions, cases, journal
from knowledgebase.store.tables_comments import comment_revisions, comments
from knowledgebase.store.tables_drafts import draft_texts, drafts
from tests.chaos.judge import Verdict, settled
from tests.chaos.ledger import Kind, Noted

Rows = Mapping[str, Row[*tuple[Any, ...]]]
_CHANGES = ("published", "revised")  # lines of the journal that go with a revision of a case here


@dataclass(frozen=True, slots=True)
class _Held:
    """What the database holds of what people wrote."""

    comments: Rows  # by token
    drafts: Rows  # by token
    cases: Rows  # by id
    rows: int  # of all three
    lines: Mapping[str, tuple[Row[*tuple[Any, ...]], ...]]  # of the journal, by action
    kept: Mapping[str, Counter[int]]  # earlier or all texts by number of comment, draft and case


def judge(site: Site, ledger: Path) -> Verdict:
    """Return the verdict after the queue was drained."""
    drift, noted = settled(site), Noted.read(ledger)
    with site.store.reading() as db:
        held = _read(db)
    return Verdict(
        acknowledged=noted.acknowledged,
        lost=_lost(noted, held),
        half=_half_comments(held) + _half_drafts(held) + _half_cases(held),
        doubles=_doubles(noted, held),
        missing=len(drift.missing),
        stale=len(drift.stale) + len(drift.altered),
        ghost=len(drift.ghost) + len(drift.strangers) + len(drift.newer),
        wrong=_wrong_answers(site, held),
    )


def _read(db: Connection) -> _Held:
    about = cases.c.id.label("about")
    said = db.execute(
        select(comments, about).select_from(
            comments.outerjoin(cases, cases.c.number == comments.c.case_number)
        )
    ).all()
    begun = db.execute(select(drafts)).all()
    written = db.execute(select(cases).where(cases.c.origin == Origin.FORM)).all()
    lines: dict[str, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for line in db.execute(select(journal)):
        lines[line.action].append(line)
    return _Held(
        comments={row.token: row for row in said},
        drafts={row.token: row for row in begun},
        cases={row.id: row for row in written},
        rows=len(said) + len(begun) + len(written),
        lines={action: tuple(of_action) for action, of_action in lines.items()},
        kept={
            "comment": _counted(db, comment_revisions, "comment_number"),
            "draft": _counted(db, draft_texts, "draft_number"),
            "case": _counted(db, case_revisions, "case_number"),
        },
    )


def _counted(db: Connection, table: Table, number: str) -> Counter[int]:
    column = table.c[number]
    return Counter({row[0]: row[1] for row in db.execute(select(column, func.count()).group_by(column))})


def _lost(noted: Noted, held: _Held) -> int:
    """Return how many things hold neither what was acknowledged last nor what was begun after it."""
    lost = 0
    for kind, things in noted.things.items():
        for key, history in things.items():
            if history.last is None:
                continue
            states = history.may_hold()
            texts = {(state.text, state.is_published, state.about) for state in states}
            if history.last.is_published is False:  # a publication saves first
                texts |= {(text, False, about) for text, _, about in texts}
            lost += _text_of(kind, held, key) not in texts
    return lost


def _text_of(kind: Kind, held: _Held, key: str) -> tuple[str | None, bool, str] | None:
    """Return text, whether it is a published draft, and what it is about; None where there is no such row."""
    if kind is Kind.COMMENT and (comment := held.comments.get(key)):
        return comment.texts[0].body, False, comment.about
    if kind is Kind.DRAFT and (draft := held.drafts.get(key)):
        fields, is_published = draft.typed.fields, draft.state == DraftState.PUBLISHED
        text = fields.get("summary")
        return (text if text == fields.get("section.results") else "half"), is_published, ""
    if kind is Kind.CASE and (case := held.cases.get(key)):
        return (case.detail.summary if case.detail.summary in case.body else "half"), False, ""
    return None


def _half_comments(held: _Held) -> int:
    """Return how many comments lack a text, an earlier text, or a line in the journal."""
    said = _told(held, ("commented",), "comment")
    edits = _told(held, ("comment-edited",), "comment")
    return sum(
        not all(text.body and text.html and text.plain for text in row.texts)
        or not row.texts
        or said[row.id] != 1
        or edits[row.id] != row.revision - 1
        or held.kept["comment"][row.number] != row.revision - 1
        for row in held.comments.values()
    )


def _half_drafts(held: _Held) -> int:
    """Return how many drafts lack an earlier text, their line in the journal, or the case they became."""
    begun, published = _told(held, ("draft-begun",), "draft"), _told(held, _CHANGES, "draft")
    numbers = {row.number for row in held.cases.values()}
    return sum(
        begun[row.id] != 1
        or held.kept["draft"][row.number] != min(row.revision - 1, TEXTS_KEPT)
        or published[row.id] != (row.state == DraftState.PUBLISHED)
        or (row.state == DraftState.PUBLISHED and row.case_number not in numbers)
        for row in held.drafts.values()
    )


def _half_cases(held: _Held) -> int:
    """Return how many cases lack a revision, a line or a page, or count other comments than they have."""
    lines = Counter(line.thing for action in _CHANGES for line in held.lines.get(action, ()))
    said = Counter(row.about for row in held.comments.values())
    return sum(
        held.kept["case"][row.number] != row.revision
        or lines[f"case:{row.id}"] != row.revision
        or row.detail.summary not in row.html
        or row.detail.summary not in row.plain
        or row.card.comments != said[row.id]
        or row.state != State.PUBLISHED
        for row in held.cases.values()
    )


def _told(held: _Held, actions: Iterable[str], name: str) -> Counter[object]:
    """Return how many lines of the journal name each thing in their detail."""
    lines = (line for action in actions for line in held.lines.get(action, ()))
    return Counter(line.detail[name] for line in lines if name in line.detail)


def _doubles(noted: Noted, held: _Held) -> int:
    """Return how many rows there are beyond one for each form that was sent."""
    known = {
        Kind.COMMENT: held.comments,
        Kind.DRAFT: held.drafts,
        Kind.CASE: held.cases,
    }
    return held.rows - sum(len(noted.things[kind].keys() & rows.keys()) for kind, rows in known.items())


def _wrong_answers(site: Site, held: _Held) -> int:
    """Return how many texts are not found, by the word that only they hold, in the case they belong to."""
    wanted = [(row.detail.summary.split()[0], row.id) for row in held.cases.values()]
    wanted += [(row.texts[0].body.split()[0], row.about) for row in held.comments.values()]
    wrong = 0
    for word, case_id in wanted:
        results = searching.search(site, read({"q": [word]}), language="en")
        wrong += [hit.card.id for hit in results.hits] != [case_id]
    return wrong
