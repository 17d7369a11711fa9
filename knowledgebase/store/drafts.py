"""Drafts: begun, written on and taken from state to state; who may do so is the business of services."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from knowledgebase.domain.draft import Draft, DraftLine, DraftState, Letter, Typed, title_of
from knowledgebase.domain.errors import AlreadyThere, NotFound
from knowledgebase.domain.record import State
from knowledgebase.store.faults import is_taken
from knowledgebase.store.tables import cases, cities
from knowledgebase.store.tables_drafts import draft_texts, drafts
from knowledgebase.store.tables_people import people

TEXTS_KEPT = 30  # earlier texts of one draft
LISTED_MAX = 500  # drafts in a list
_IS_OPEN = drafts.c.state.in_((DraftState.WRITING, DraftState.ASKED, DraftState.RETURNED))
_ASKED = people.alias("asked")
_WRITER = (people.c.id.label("writer"), people.c.name.label("writer_name"))
_JOINED = (
    drafts.join(cities, cities.c.number == drafts.c.city_number)
    .outerjoin(people, people.c.number == drafts.c.writer_number)
    .outerjoin(cases, cases.c.number == drafts.c.case_number)
    .outerjoin(_ASKED, _ASKED.c.number == drafts.c.asked_number)
)
_WHOLE = select(
    drafts,
    *_WRITER,
    cities.c.id.label("city"),
    cases.c.id.label("case_id"),
    _ASKED.c.id.label("asked_by"),
    _ASKED.c.name.label("asked_by_name"),
).select_from(_JOINED)
_LINES = select(
    drafts.c.id,
    drafts.c.title,
    drafts.c.language,
    drafts.c.state,
    drafts.c.updated,
    drafts.c.case_revision,
    *_WRITER,
    cities.c.id.label("city"),
    cases.c.id.label("case_id"),
).select_from(_JOINED)


def add(
    db: Connection,
    draft_id: str,
    *,
    city: str,
    writer_number: int | None,
    token: str,
    typed: Typed,
    at: datetime,
    case_id: str | None = None,
    case_revision: int | None = None,
) -> Draft:
    """Begin a draft and return it; `case_id` and `case_revision` are those of the case it revises.

    Raises NotFound without the city, AlreadyThere when the id or the writer's token is used.
    """
    values = {
        "id": draft_id,
        "city_number": _city_number(db, city),
        "writer_number": writer_number,
        "token": token,
        "state": DraftState.WRITING,
        "revision": 1,
        "made": at,
        "case_number": _case_number(db, case_id),
        "case_revision": case_revision,
    }
    try:
        db.execute(insert(drafts), values | _text(typed, at))
    except IntegrityError as error:
        if is_taken(error):
            raise AlreadyThere(draft_id) from error
        raise
    return _get(db, draft_id)


def find(db: Connection, draft_id: str, *, to_change: bool = False) -> Draft | None:
    """Return a draft; `to_change`: nobody else changes it until the transaction ends."""
    asked = _WHOLE.where(drafts.c.id == draft_id)
    row = db.execute(asked.with_for_update(of=drafts) if to_change else asked).one_or_none()
    return _draft_of(row) if row else None


def begun_by(db: Connection, writer_number: int, token: str) -> Draft | None:
    """Return the draft that a person began with this token."""
    asked = _WHOLE.where(drafts.c.writer_number == writer_number, drafts.c.token == token)
    row = db.execute(asked).one_or_none()
    return _draft_of(row) if row else None


def revising(db: Connection, writer_number: int, case_id: str) -> Draft | None:
    """Return the draft with which a person revises a case now."""
    asked = _WHOLE.where(drafts.c.writer_number == writer_number, cases.c.id == case_id, _IS_OPEN)
    is_newest = drafts.c.number.desc()
    row = db.execute(asked.where(drafts.c.case_revision.is_not(None)).order_by(is_newest).limit(1)).first()
    return _draft_of(row) if row else None


def of_city(db: Connection, city: str) -> tuple[DraftLine, ...]:
    """Return a city's drafts that are neither published nor discarded, the last changed first."""
    asked = _LINES.where(cities.c.id == city, _IS_OPEN).order_by(drafts.c.updated.desc(), drafts.c.id)
    return tuple(
        DraftLine(
            id=row.id,
            city=row.city,
            title=row.title,
            language=row.language,
            state=DraftState(row.state),
            writer_name=row.writer_name,
            updated=row.updated,
            case_id=row.case_id,
            is_revision=row.case_revision is not None,
        )
        for row in db.execute(asked.limit(LISTED_MAX))
    )


def write(
    db: Connection, draft: Draft, typed: Typed, *, at: datetime, case_revision: int | None = None
) -> Draft:
    """Give a draft another text and the next revision; what stood there before is kept for a while.

    `case_revision`: the text now begins from this revision of its case.
    """
    number = select(drafts.c.number).where(drafts.c.id == draft.id).scalar_subquery()
    before = {"draft_number": number, "revision": draft.revision, "typed": draft.typed}
    db.execute(insert(draft_texts).values(before))
    is_old = draft_texts.c.revision <= draft.revision - TEXTS_KEPT
    db.execute(delete(draft_texts).where(draft_texts.c.draft_number == number, is_old))
    values: dict[str, Any] = {"revision": draft.revision + 1, **_text(typed, at)}
    if case_revision is not None:
        values["case_revision"] = case_revision
    return _change(db, draft.id, values)


def text_at(db: Connection, draft_id: str, revision: int) -> Typed | None:
    """Return an earlier text of a draft, None when it is not kept any more."""
    asked = select(draft_texts.c.typed).join(drafts, drafts.c.number == draft_texts.c.draft_number)
    found: Typed | None = db.scalar(asked.where(drafts.c.id == draft_id, draft_texts.c.revision == revision))
    return found


def ask(db: Connection, draft_id: str, *, by_number: int | None, at: datetime) -> Draft:
    """Note that somebody asks for publication."""
    values = {"state": DraftState.ASKED, "asked_number": by_number, "asked_at": at, "updated": at}
    return _change(db, draft_id, values | {"returned": None})


def give_back(db: Connection, draft_id: str, line: str, *, at: datetime) -> Draft:
    """Note that it was returned, and why."""
    return _change(db, draft_id, {"state": DraftState.RETURNED, "returned": line, "updated": at})


def set_state(db: Connection, draft_id: str, state: DraftState, *, at: datetime) -> Draft:
    """Note another state that needs nothing else."""
    return _change(db, draft_id, {"state": state, "updated": at})


def publish(db: Connection, draft_id: str, case_id: str, letter: Letter | None, *, at: datetime) -> Draft:
    """Note which case it became, and by which letter it was approved."""
    values = {
        "state": DraftState.PUBLISHED,
        "case_number": _case_number(db, case_id),
        "letter_number": letter.number if letter else None,
        "letter_date": letter.date if letter else None,
        "updated": at,
    }
    return _change(db, draft_id, values)


def _change(db: Connection, draft_id: str, values: dict[str, Any]) -> Draft:
    db.execute(update(drafts).where(drafts.c.id == draft_id).values(values))
    return _get(db, draft_id)


def _get(db: Connection, draft_id: str) -> Draft:
    found = find(db, draft_id)
    if found is None:
        raise NotFound(draft_id)
    return found


def _city_number(db: Connection, city: str) -> int:
    shown = select(cities.c.number).where(cities.c.id == city, cities.c.state == State.PUBLISHED)
    number = db.scalar(shown)
    if number is None:
        raise NotFound(city)
    return int(number)


def _case_number(db: Connection, case_id: str | None) -> int | None:
    number: int | None = db.scalar(select(cases.c.number).where(cases.c.id == case_id)) if case_id else None
    return number


def _text(typed: Typed, at: datetime) -> dict[str, Any]:
    language = "".join(sign for sign in typed.fields.get("language", "") if sign.isalnum())[:8]
    return {"typed": typed, "title": title_of(typed), "language": language, "updated": at}


def _draft_of(row: Row[*tuple[Any, ...]]) -> Draft:
    return Draft(
        id=row.id,
        city=row.city,
        writer=row.writer,
        writer_name=row.writer_name,
        state=DraftState(row.state),
        typed=row.typed,
        revision=row.revision,
        made=row.made,
        updated=row.updated,
        case_id=row.case_id,
        case_revision=row.case_revision,
        asked_by=row.asked_by,
        asked_by_name=row.asked_by_name,
        asked_at=row.asked_at,
        returned=row.returned,
        letter=Letter(row.letter_number, row.letter_date) if row.letter_number else None,
    )
