"""Reads that a search makes together, each in one statement: a page may ask four in all."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Text, bindparam, func, literal, select, type_coerce, union_all

from knowledgebase.domain.record import State
from knowledgebase.store.outbox import HIDDEN_MAX
from knowledgebase.store.tables import case_tags, cities, outbox, words
from knowledgebase.store.values import Hidden

_HIDDEN, _WORD, _CITY, _TAG = "hidden", "word", "city", "tag"

_BEFORE_SEARCH = union_all(
    select(
        literal(_HIDDEN).label("kind"),
        select(outbox.c.case_id)
        .where(outbox.c.is_hidden)
        .order_by(outbox.c.case_id)
        .limit(HIDDEN_MAX + 1)
        .subquery()
        .c.case_id.label("value"),
    ),
    select(literal(_WORD), words.c.folded).where(words.c.folded.in_(bindparam("tokens", expanding=True))),
)
_NAMES = union_all(
    select(
        literal(_CITY).label("kind"),
        cities.c.id.label("value"),
        type_coerce(cities.c.names, Text).label("shown"),
    ).where(cities.c.state == State.PUBLISHED, cities.c.id.in_(bindparam("cities", expanding=True))),
    select(literal(_TAG), case_tags.c.folded, func.min(case_tags.c.shown))
    .where(case_tags.c.newest.is_not(None), case_tags.c.folded.in_(bindparam("tags", expanding=True)))
    .group_by(case_tags.c.folded),
)


@dataclass(frozen=True, slots=True)
class BeforeSearch:
    """What a search must know before it asks the engine."""

    hidden: Hidden
    known: frozenset[str]  # tokens that some public case holds


def before_search(db: Connection, tokens: Iterable[str]) -> BeforeSearch:
    """Return what must stay hidden, and which of these tokens stand in the word list."""
    rows = db.execute(_BEFORE_SEARCH, {"tokens": sorted(tokens)}).all()
    ids = tuple(sorted(value for kind, value in rows if kind == _HIDDEN))
    known = frozenset(value for kind, value in rows if kind == _WORD)
    return BeforeSearch(Hidden(ids[:HIDDEN_MAX], len(ids) > HIDDEN_MAX), known)


def names(
    db: Connection, city_ids: Iterable[str], tags: Iterable[str]
) -> tuple[dict[str, Mapping[str, str]], dict[str, str]]:
    """Return the names of these cities by language, and the shown forms of these folded tags.

    Unknown ones are left out.
    """
    rows = db.execute(_NAMES, {"cities": sorted(set(city_ids)), "tags": sorted(set(tags))}).all()
    named = {value: json.loads(shown) for kind, value, shown in rows if kind == _CITY}
    return named, {value: shown for kind, value, shown in rows if kind == _TAG}
