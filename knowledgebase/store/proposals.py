"""Proposals of tags and translations: made, found, listed and decided."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, insert, select, update

from knowledgebase.domain.case import Translation, TranslatorKind
from knowledgebase.domain.proposal import (
    Decision,
    Draft,
    ListedProposal,
    Proposal,
    ProposalKind,
    ProposalState,
)
from knowledgebase.domain.record import Contribution, Tag
from knowledgebase.store import faces
from knowledgebase.store.tables import cases, cities
from knowledgebase.store.tables_people import people
from knowledgebase.store.tables_tagging import proposals

_WHOLE = (
    select(proposals, cases.c.id.label("case_id"), people.c.id.label("person_id"))
    .join(cases, cases.c.number == proposals.c.case_number)
    .join(people, people.c.number == proposals.c.person_number)
)
_LISTED = _WHOLE.add_columns(
    cases.c.title.label("case_title"), cases.c.language.label("written_in"), cities.c.names
)
_LISTED = _LISTED.join(cities, cities.c.number == proposals.c.city_number)


def add(
    db: Connection,
    proposal_id: str,
    case_id: str,
    draft: Draft,
    *,
    person_number: int,
    token: str,
    at: datetime,
) -> None:
    """Store an open proposal for a case that is there."""
    case = select(cases.c.number, cases.c.city_number).where(cases.c.id == case_id)
    row = db.execute(case).one()
    values: dict[str, Any] = {
        "id": proposal_id,
        "case_number": row.number,
        "city_number": row.city_number,
        "person_number": person_number,
        "token": token,
        "state": ProposalState.OPEN,
        "kind": draft.kind,
        "at": at,
    }
    db.execute(insert(proposals), values | _columns(draft))


def find(db: Connection, proposal_id: str) -> Proposal | None:
    """Return a proposal; nobody else decides about it until the transaction ends."""
    asked = _WHOLE.where(proposals.c.id == proposal_id).with_for_update(of=proposals)
    row = db.execute(asked).one_or_none()
    return _proposal(row) if row else None


def of_token(db: Connection, person_number: int, token: str) -> str | None:
    """Return the id of the proposal that a person's form made already."""
    mine = (proposals.c.person_number == person_number, proposals.c.token == token)
    asked = select(proposals.c.id).where(*mine)
    found: str | None = db.scalar(asked)
    return found


def count_open(db: Connection, person_number: int) -> int:
    """Return how many proposals of a person wait."""
    mine = (proposals.c.person_number == person_number, proposals.c.state == ProposalState.OPEN)
    return int(db.scalar(select(func.count()).select_from(proposals).where(*mine)) or 0)


def is_open(db: Connection, case_id: str, draft: Draft) -> bool:
    """Say whether the same tag, or a translation into the same language by anybody, waits for a case."""
    same = proposals.c.folded == draft.tag.folded if draft.tag else proposals.c.language == draft.language
    asked = select(proposals.c.number).join(cases, cases.c.number == proposals.c.case_number)
    waiting = asked.where(cases.c.id == case_id, proposals.c.state == ProposalState.OPEN, same)
    return db.scalar(select(waiting.exists())) is True


def decide(db: Connection, proposal_id: str, state: ProposalState, decision: Decision | None) -> None:
    """Write how a proposal was decided; None opens it again."""
    values = {
        "state": state,
        "decided_at": decision.at if decision else None,
        "decided_by": decision.by if decision else None,
        "line": decision.line if decision else None,
        "gave": decision.gave if decision else None,
    }
    db.execute(update(proposals).where(proposals.c.id == proposal_id).values(values))


def contributed(db: Connection, case_id: str) -> dict[str, Contribution]:
    """Return the accepted translations of a case, of each language the last that was accepted."""
    accepted = _WHOLE.where(
        cases.c.id == case_id,
        proposals.c.state == ProposalState.ACCEPTED,
        proposals.c.kind == ProposalKind.TRANSLATION,
    )
    rows = db.execute(accepted.order_by(proposals.c.decided_at, proposals.c.number))
    return {row.language: Contribution(_translation(row), row.person_id) for row in rows}


def credited_cases(db: Connection, person_number: int) -> tuple[str, ...]:
    """Return the ids of cases whose pages name a person as translator."""
    asked = select(cases.c.id).join(proposals, cases.c.number == proposals.c.case_number)
    accepted = asked.where(
        proposals.c.person_number == person_number,
        proposals.c.state == ProposalState.ACCEPTED,
        proposals.c.kind == ProposalKind.TRANSLATION,
    )
    return tuple(db.execute(accepted.distinct()).scalars())


def listed(
    db: Connection,
    state: ProposalState,
    *,
    cities_of: Iterable[str] | None,
    limit: int,
    offset: int = 0,
) -> tuple[ListedProposal, ...]:
    """Return proposals in one state: those that wait longest first, of decided ones the last decided.

    `cities_of`: ids of the cities that decide, None for all.
    """
    asked = _LISTED.where(proposals.c.state == state, *_deciding(cities_of))
    order = proposals.c.number if state is ProposalState.OPEN else proposals.c.decided_at.desc()
    return _with_faces(db, asked.order_by(order, proposals.c.number.desc()).limit(limit).offset(offset))


def of_person(
    db: Connection, person_number: int, *, limit: int, offset: int = 0
) -> tuple[ListedProposal, ...]:
    """Return what somebody proposed, the last first."""
    asked = _LISTED.where(proposals.c.person_number == person_number)
    return _with_faces(db, asked.order_by(proposals.c.number.desc()).limit(limit).offset(offset))


def waiting(cities_of: Iterable[str] | None) -> Select[Any]:
    """Return the question how many proposals wait, for a page that counts several things at once."""
    open_ones = select(func.count()).select_from(proposals).where(proposals.c.state == ProposalState.OPEN)
    return open_ones.where(*_deciding(cities_of))


def _deciding(cities_of: Iterable[str] | None) -> list[ColumnElement[bool]]:
    if cities_of is None:
        return []
    return [proposals.c.city_number.in_(select(cities.c.number).where(cities.c.id.in_(sorted(cities_of))))]


def _with_faces(db: Connection, asked: Select[Any]) -> tuple[ListedProposal, ...]:
    rows = db.execute(asked).all()
    named = faces.of_people(db, {row.person_id for row in rows})
    return tuple(
        ListedProposal(_proposal(row), row.case_title, row.written_in, row.names, named.get(row.person_id))
        for row in rows
    )


def _columns(draft: Draft) -> dict[str, Any]:
    if draft.tag:
        return {"folded": draft.tag.folded, "shown": draft.tag.shown}
    told = draft.translation
    if told is None:
        raise ValueError("a proposal proposes something")
    return {"language": draft.language, "title": told.title, "summary": told.summary, "translator": told.by}


def _proposal(row: Row[*tuple[Any, ...]]) -> Proposal:
    draft = (
        Draft(tag=Tag(row.folded, row.shown))
        if row.kind == ProposalKind.TAG
        else Draft(language=row.language, translation=_translation(row))
    )
    decision = Decision(row.decided_at, row.decided_by, row.line, row.gave) if row.decided_at else None
    return Proposal(row.id, row.case_id, row.person_id, draft, ProposalState(row.state), row.at, decision)


def _translation(row: Row[*tuple[Any, ...]]) -> Translation:
    return Translation(row.title, row.summary, TranslatorKind(row.translator))
