"""Lists of public cases: pages by city, topic, tag and network, counts, and the simple search."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, exists, false, func, or_, select, true

from knowledgebase.domain.record import Card, Listed, Preview, State
from knowledgebase.store.listed import each_of, packed
from knowledgebase.store.tables import case_tags, case_topics, cases, cities, memberships
from knowledgebase.store.tables_tagging import case_additions

PREVIEW_MAX = 2_000  # characters
_IS_PUBLIC = cases.c.state == State.PUBLISHED
_BEGINNING = func.substr(cases.c.plain, 1, PREVIEW_MAX)
_NEWEST = (
    select(cases.c.card)
    .where(_IS_PUBLIC)
    .order_by(cases.c.newest.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_PUBLIC = select(cases.c.number, cases.c.newest).where(_IS_PUBLIC)


def cards(db: Connection, ids: Iterable[str]) -> dict[str, Card]:
    """Return the cards of those cases that are public, in the order asked."""
    asked = list(ids)
    if not asked:
        return {}
    rows = db.execute(_asked(db.dialect.name), {"ids": packed(asked)})
    found = {case_id: card for case_id, state, card in rows if state == State.PUBLISHED}
    return {case_id: found[case_id] for case_id in asked if case_id in found}


def previews(db: Connection, ids: Iterable[str]) -> dict[str, Preview]:
    """Return cards and beginnings of text of those cases that are public, in the order asked."""
    asked = list(ids)
    if not asked:
        return {}
    rows = db.execute(_asked(db.dialect.name, with_text=True), {"ids": packed(asked)})
    public = (row for row in rows if row[1] == State.PUBLISHED)
    found = {case_id: Preview(card, plain) for case_id, _, card, plain in public}
    return {case_id: found[case_id] for case_id in asked if case_id in found}


@cache
def _asked(dialect: str, *, with_text: bool = False) -> Select[Any]:
    """Return the question for id, state, card and, if wanted, beginning of text of the cases `ids`.

    Their state is looked at afterwards: told both, SQLite walks through all public cases.
    """
    asked = select(cases.c.id, cases.c.state, cases.c.card)
    asked = asked.add_columns(_BEGINNING) if with_text else asked
    return asked.where(cases.c.id.in_(select(each_of("ids", dialect).c.value)))


def newest(db: Connection, *, limit: int, offset: int = 0) -> tuple[Card, ...]:
    """Return the cards last published for the first time, newest first."""
    return tuple(db.execute(_NEWEST, {"limit": limit, "offset": offset}).scalars())


def of_city(db: Connection, city: str, *, limit: int, offset: int = 0) -> Listed:
    """Return one page of a city's cases, newest first."""
    number = select(cities.c.number).where(cities.c.id == city).scalar_subquery()
    return _page(db, _PUBLIC.where(cases.c.city_number == number), limit, offset)


def of_topic(db: Connection, topic: str, *, limit: int, offset: int = 0) -> Listed:
    """Return one page of a topic's cases, newest first."""
    matching = select(case_topics.c.case_number.label("number"), case_topics.c.newest)
    chosen = matching.where(case_topics.c.topic == topic, case_topics.c.newest.is_not(None))
    return _page(db, chosen, limit, offset)


def of_tag(db: Connection, folded: str, *, limit: int, offset: int = 0) -> Listed:
    """Return one page of the cases with a tag, given folded, newest first."""
    matching = select(case_tags.c.case_number.label("number"), case_tags.c.newest)
    chosen = matching.where(case_tags.c.as_folded == folded, case_tags.c.newest.is_not(None))
    return _page(db, chosen, limit, offset)


def of_network(db: Connection, network: str, *, limit: int, offset: int = 0) -> Listed:
    """Return one page of the cases of a network's member cities, newest first."""
    members = select(memberships.c.city_number).where(memberships.c.network == network)
    return _page(db, _PUBLIC.where(cases.c.city_number.in_(members)), limit, offset)


def like(
    db: Connection,
    words: Sequence[str],
    filters: Mapping[str, tuple[str, ...]],
    *,
    limit: int,
    offset: int = 0,
) -> Listed:
    """Return one page of the cases whose title, summary or tags hold every one of these folded words.

    Newest first: the answer while the search engine is away.
    Filters are those of FACETS, OR inside one, AND between them; unknown names are left out.
    """
    holds = [_holds(word) for word in words]
    known = {name: values for name, values in sorted(filters.items()) if name in _FILTERS and values}
    chosen = [_FILTERS[name](values) for name, values in known.items()]
    return _page(db, _PUBLIC.where(*holds, *chosen), limit, offset)


def topic_counts(db: Connection) -> dict[str, int]:
    """Return the number of public cases by topic; topics without one are left out."""
    rows = db.execute(
        select(case_topics.c.topic, func.count().label("cases"))
        .where(case_topics.c.newest.is_not(None))
        .group_by(case_topics.c.topic)
    )
    return {row.topic: row.cases for row in rows}


def count(db: Connection) -> int:
    """Return the number of public cases."""
    return int(db.scalar(select(func.count()).select_from(cases).where(_IS_PUBLIC)) or 0)


def addresses(db: Connection, *, limit: int, offset: int = 0) -> tuple[tuple[str, datetime], ...]:
    """Return id and last change of public cases, by id, for the site map."""
    asked = select(cases.c.id, cases.c.updated).where(_IS_PUBLIC).order_by(cases.c.id)
    return tuple((row.id, row.updated) for row in db.execute(asked.limit(limit).offset(offset)))


def _page(db: Connection, matching: Select[Any], limit: int, offset: int) -> Listed:
    """Return one page and the total of what matches, in one statement, right past the end too."""
    found = matching.subquery("found")
    total = select(func.count().label("total")).select_from(found).subquery("total")
    order = matching.selected_columns["newest"].desc()
    page = matching.order_by(order).limit(limit).offset(offset).subquery("page")
    whole = total.outerjoin(page, true()).outerjoin(cases, cases.c.number == page.c.number)
    asked = select(total.c.total, cases.c.card).select_from(whole).order_by(page.c.newest.desc())
    rows = db.execute(asked).all()
    return Listed(tuple(row.card for row in rows if row.card is not None), rows[0].total)


def _holds(word: str) -> ColumnElement[bool]:
    """Say that the words of a case hold a folded word, or those that the web added to it."""
    added = case_additions.c.sought.contains(word, autoescape=True)
    told = select(case_additions.c.case_number).where(added)
    return or_(cases.c.sought.contains(word, autoescape=True), cases.c.number.in_(told))


def _by_country(values: tuple[str, ...]) -> ColumnElement[bool]:
    return cases.c.city_number.in_(select(cities.c.number).where(cities.c.country.in_(values)))


def _by_topic(values: tuple[str, ...]) -> ColumnElement[bool]:
    mine = case_topics.c.case_number == cases.c.number
    return exists().where(mine, case_topics.c.topic.in_(values))


def _by_tag(values: tuple[str, ...]) -> ColumnElement[bool]:
    mine = (case_tags.c.case_number == cases.c.number) & case_tags.c.newest.is_not(None)
    return exists().where(mine, case_tags.c.as_folded.in_(values))


def _by_year(values: tuple[str, ...]) -> ColumnElement[bool]:
    years = [int(value) for value in values if value.isascii() and value.isdigit() and len(value) <= 4]
    return cases.c.year.in_(years) if years else false()


_FILTERS = {
    "topic": _by_topic,
    "city": cases.c.city.in_,
    "country": _by_country,
    "language": cases.c.language.in_,
    "status": cases.c.status.in_,
    "year": _by_year,
    "tag": _by_tag,
    "written_by": cases.c.written_by.in_,
}
