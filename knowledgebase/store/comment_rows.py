"""How a comment is read from rows, with who wrote it and what it is about: one statement for any number."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    or_,
    select,
    type_coerce,
)

from knowledgebase.domain.comment import (
    About,
    Byline,
    Comment,
    CommentKind,
    CommentState,
    Hiding,
    Side,
)
from knowledgebase.domain.person import Showing
from knowledgebase.domain.record import State
from knowledgebase.store.tables import cases, cities
from knowledgebase.store.tables_comments import comments
from knowledgebase.store.tables_people import people

HOME = cities.alias("home")  # where the writer speaks from
ABOUT = cities.alias("about")  # the city that is talked about
_FIRST = comments.alias("first")
_PARENT = comments.alias("parent")

IS_REACHABLE = or_(cases.c.state == State.PUBLISHED, ABOUT.c.state == State.PUBLISHED)
IS_VISIBLE = comments.c.state == CommentState.VISIBLE
_ANSWER = comments.alias("answer")
_IS_ANSWERED = (
    select(_ANSWER.c.number)
    .where(
        _ANSWER.c.thread_number == comments.c.number,
        _ANSWER.c.state.in_((CommentState.VISIBLE, CommentState.HIDDEN)),
    )
    .correlate(comments)
    .exists()
)
# A line at least is shown of what is visible, of what was hidden, and of what others answered to.
IS_LISTED = or_(
    comments.c.state.in_((CommentState.VISIBLE, CommentState.HIDDEN)),
    and_(comments.c.state == CommentState.DELETED, _IS_ANSWERED),
)


@cache
def whole(dialect: str) -> Select[Any]:
    """Return the question for whole comments, still without a condition."""
    return (
        select(
            comments,
            cases.c.id.label("case_id"),
            case((cases.c.number.is_not(None), cases.c.city), else_=ABOUT.c.id).label("about_city"),
            _FIRST.c.id.label("first_id"),
            _FIRST.c.kind.label("first_kind"),
            _PARENT.c.id.label("parent_id"),
            people.c.id.label("writer"),
            people.c.name,
            people.c.latin_name,
            people.c.position,
            people.c.office.label("office_of_person"),
            people.c.shows,
            HOME.c.id.label("home"),
            HOME.c.names.label("home_names"),
            case((comments.c.as_city, _administration(dialect))).label("administration"),
        )
        .join(people, people.c.number == comments.c.writer_number)
        .outerjoin(cases, cases.c.number == comments.c.case_number)
        .outerjoin(ABOUT, ABOUT.c.number == comments.c.about_city_number)
        .outerjoin(HOME, HOME.c.number == comments.c.city_number)
        .outerjoin(_FIRST, _FIRST.c.number == comments.c.thread_number)
        .outerjoin(_PARENT, _PARENT.c.number == comments.c.parent_number)
    )


def comment_of(row: Row[*tuple[Any, ...]]) -> Comment:
    """Return the comment that a row of `whole` holds."""
    hiding = Hiding(Side(row.hidden_by), row.hidden_at, row.hidden_reason) if row.hidden_at else None
    return Comment(
        number=row.number,
        id=row.id,
        about=About(row.about_city, row.case_id),
        kind=CommentKind(row.kind),
        state=CommentState(row.state),
        texts=row.texts,
        byline=_byline_of(row),
        writer=row.writer,
        writer_number=row.writer_number,
        revision=row.revision,
        created=row.created,
        published=row.published,
        edited=row.edited,
        thread=row.first_id,
        parent=row.parent_id,
        answers_question=row.first_kind == CommentKind.QUESTION,
        hiding=hiding,
        city_may_hide=bool(row.city_may_hide),
        is_pinned=bool(row.is_pinned),
        is_accepted=bool(row.is_accepted),
    )


def _byline_of(row: Row[*tuple[Any, ...]]) -> Byline:
    """Return what everybody may see of a writer: of a city nobody's name, else what the person shows."""
    names: Mapping[str, str] = row.home_names or {}
    if row.as_city:
        administration = json.loads(row.administration) if row.administration else {}
        return Byline(
            row.office, city=row.home, city_names=names, administration=administration, as_city=True
        )
    has_name = row.shows == Showing.NAME_AND_POSITION
    return Byline(
        row.office_of_person,
        name=row.name if has_name else None,
        latin_name=row.latin_name if has_name else None,
        position=row.position,
        city=row.home,
        city_names=names,
    )


def _administration(dialect: str) -> ColumnElement[Any]:
    """Return the official name of the writer's city by language, as JSON text."""
    kept = type_coerce(HOME.c.detail, Text)
    if dialect == "postgresql":
        return cast(cast(kept, JSON)["administration"], Text)
    return func.json_extract(kept, "$.administration")
