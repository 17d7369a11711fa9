"""Drafts: begun, written on, discarded, and read by those who write for their city."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.difference import is_same
from knowledgebase.domain.draft import (
    Draft,
    DraftChanged,
    DraftLine,
    DraftState,
    OwnCase,
    Step,
    Typed,
    stepped,
)
from knowledgebase.domain.errors import HeldByFile, NotFound, StaleRevision, WrongState
from knowledgebase.domain.person import Actor
from knowledgebase.domain.record import CaseRecord, Origin, State
from knowledgebase.services.authorizing import authorize, may, present
from knowledgebase.services.site import Site
from knowledgebase.services.tokens import new_id
from knowledgebase.store import cases, draft_links, drafts, journal, own_cases
from knowledgebase.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Work:
    """What a city has in hand: open drafts, and its cases."""

    drafts: tuple[DraftLine, ...]
    cases: tuple[OwnCase, ...]


def start(site: Site, city: str, typed: Typed, *, token: str, by: Actor) -> Draft:
    """Begin a draft of a new case; the same token answers with the draft that it began.

    Raises NotFound without such a city.
    """
    with site.store.writing() as db:
        by = present(db, by)
        authorize(by, Action.WRITE_CASE, Concern.city(city))
        found = drafts.begun_by(db, by.person.number, token) if by.person else None
        if found:
            return found
        return _begin(site, db, city, typed, token=token, by=by)


def revise(site: Site, case_id: str, typed: Typed, *, revision: int, token: str, by: Actor) -> Draft:
    """Begin a draft that changes a published case, which `typed` holds as it stood at `revision`.

    A draft with which the same person revises it already is returned as it is.
    Raises NotFound, HeldByFile for a case that is edited as a file, WrongState for a withdrawn one,
    StaleRevision when `revision` is not the newest.
    """
    with site.store.writing() as db:
        by = present(db, by)
        record = editable(db, case_id, Action.WRITE_CASE, by)
        if record.state is State.WITHDRAWN:
            raise WrongState(case_id)
        if by.person:
            number = by.person.number
            found = drafts.begun_by(db, number, token) or drafts.revising(db, number, case_id)
            if found:
                return found
        if record.revision != revision:
            raise StaleRevision(case_id)
        whose = (case_id, revision)
        return _begin(site, db, record.case.city, typed, token=token, by=by, whose=whose)


def save(site: Site, draft_id: str, fields: Mapping[str, str], *, expected: int, by: Actor) -> Draft:
    """Give a draft the fields as they were typed; `expected` is the revision that was read.

    To save again what was saved already changes nothing and succeeds, also when others wrote since.
    Raises NotFound, WrongState, DraftChanged when others wrote since.
    """
    with writing_on(site, draft_id, by) as (db, draft, _):
        if is_same(draft.typed.fields, fields):
            return draft
        stepped(draft.state, Step.SAVE)
        if draft.revision != expected:
            mine = drafts.text_at(db, draft_id, expected + 1)
            if mine and is_same(mine.fields, fields):
                return draft
            raise DraftChanged(draft, drafts.text_at(db, draft_id, expected), expected)
        typed = replace(draft.typed, fields={name: text for name, text in fields.items() if text.strip()})
        return drafts.write(db, draft, typed, at=site.now())


def rebase(site: Site, draft_id: str, typed: Typed, *, expected: int, case_revision: int, by: Actor) -> Draft:
    """Give a draft a text that takes a newer revision of its case into account.

    Raises NotFound, WrongState, DraftChanged.
    """
    with writing_on(site, draft_id, by) as (db, draft, _):
        is_done = draft.case_revision == case_revision and is_same(draft.typed.fields, typed.fields)
        if is_done:
            return draft
        stepped(draft.state, Step.SAVE)
        if draft.revision != expected:
            raise DraftChanged(draft, drafts.text_at(db, draft_id, expected), expected)
        if draft.case_revision is None:
            raise WrongState(draft_id)
        return drafts.write(db, draft, typed, at=site.now(), case_revision=case_revision)


def discard(site: Site, draft_id: str, *, by: Actor) -> Draft:
    """Put a draft away for good; its links show nothing any more. Raises NotFound, WrongState."""
    with writing_on(site, draft_id, by) as (db, draft, actor):
        if draft.state is DraftState.DISCARDED:
            return draft
        at, after = site.now(), stepped(draft.state, Step.DISCARD)
        draft_links.revoke(db, draft_id, at=at)
        note(site, db, draft, "draft-discarded", actor)
        return drafts.set_state(db, draft_id, after, at=at)


def read(site: Site, draft_id: str, *, by: Actor) -> Draft:
    """Return a draft. Raises NotFound for everybody who does not write for its city."""
    with site.store.reading() as db:
        return visible(drafts.find(db, draft_id), by)


def work_of(site: Site, city: str, *, by: Actor) -> Work:
    """Return a city's open drafts and its cases, for those who write for it."""
    authorize(by, Action.WRITE_CASE, Concern.city(city))
    with site.store.reading() as db:
        return Work(drafts.of_city(db, city), own_cases.of_city(db, city))


def editable(db: Connection, case_id: str, action: Action, by: Actor) -> CaseRecord:
    """Return a case that an actor may do this to in the form.

    Raises NotFound, NotAllowed, HeldByFile for a case that is edited as a file.
    """
    record = cases.find(db, case_id)
    if record is None:
        raise NotFound(case_id)
    authorize(by, action, Concern.city(record.case.city))
    if record.origin is Origin.FILE:
        raise HeldByFile(case_id)
    return record


@contextmanager
def writing_on(site: Site, draft_id: str, by: Actor) -> Iterator[tuple[Connection, Draft, Actor]]:
    """Lend a transaction with a draft that nobody else changes, and the actor as it is now."""
    with site.store.writing() as db:
        actor = present(db, by)
        yield db, visible(drafts.find(db, draft_id, to_change=True), actor), actor


def visible(draft: Draft | None, by: Actor) -> Draft:
    """Return a draft to those who write for its city. Raises NotFound to everybody else."""
    if draft is None or not may(by, Action.WRITE_CASE, Concern.city(draft.city)):
        raise NotFound(draft.id if draft else "")
    return draft


def note(site: Site, db: Connection, draft: Draft, action: str, by: Actor, **detail: str | int) -> None:
    """Write into the city's journal what was done to a draft."""
    told: dict[str, str | int | None] = {"draft": draft.id, **detail}
    journal.write(db, at=site.now(), by=by.name, action=action, thing=f"city:{draft.city}", detail=told)


def _begin(
    site: Site,
    db: Connection,
    city: str,
    typed: Typed,
    *,
    token: str,
    by: Actor,
    whose: tuple[str, int] | None = None,
) -> Draft:
    case_id, revision = whose or (None, None)
    made = drafts.add(
        db,
        new_id(),
        city=city,
        writer_number=by.person.number if by.person else None,
        token=token,
        typed=typed,
        at=site.now(),
        case_id=case_id,
        case_revision=revision,
    )
    note(site, db, made, "draft-begun", by)
    return made
