"""Reads that a search makes together, each in one statement: a page may ask four in all."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Text,
    bindparam,
    literal,
    select,
    type_coerce,
    union_all,
)

from knowledgebase.domain.record import CaseLabel, State
from knowledgebase.store.listed import each_of, packed
from knowledgebase.store.outbox import HIDDEN_MAX
from knowledgebase.store.tables import case_tags, cases, cities, covers, outbox, words
from knowledgebase.store.values import Hidden

_HIDDEN, _WORD, _CITY, _TAG = "hidden", "word", "city", "tag"
_CASE, _COVER = "case", "cover"


@dataclass(frozen=True, slots=True)
class BeforeSearch:
    """What a search must know before it asks the engine."""

    hidden: Hidden
    known: frozenset[str]  # tokens that some public case holds


def before_search(db: Connection, tokens: Iterable[str]) -> BeforeSearch:
    """Return what must stay hidden, and which of these tokens stand in the word list."""
    rows = db.execute(_before_search(db.dialect.name), {"tokens": packed(sorted(tokens))}).all()
    ids = tuple(sorted(value for kind, value in rows if kind == _HIDDEN))
    known = frozenset(value for kind, value in rows if kind == _WORD)
    return BeforeSearch(Hidden(ids[:HIDDEN_MAX], len(ids) > HIDDEN_MAX), known)


@cache
def _before_search(dialect: str) -> CompoundSelect[Any]:
    hidden = (
        select(outbox.c.case_id)
        .where(outbox.c.is_hidden)
        .order_by(outbox.c.case_id)
        .limit(HIDDEN_MAX + 1)
        .subquery()
    )
    known = words.c.folded.in_(select(each_of("tokens", dialect).c.value))
    return union_all(
        select(literal(_HIDDEN).label("kind"), hidden.c.case_id.label("value")),
        select(literal(_WORD), words.c.folded).where(known),
    )


def names(
    db: Connection, city_ids: Iterable[str], tags: Iterable[str]
) -> tuple[dict[str, Mapping[str, str]], dict[str, str]]:
    """Return the names of these cities by language, and the shown forms of these folded tags.

    Unknown ones are left out.
    """
    asked = {"cities": packed(sorted(set(city_ids))), "tags": packed(sorted(set(tags)))}
    rows = db.execute(_names(db.dialect.name), asked).all()
    named = {value: json.loads(shown) for kind, value, shown in rows if kind == _CITY}
    return named, {value: shown for kind, value, shown in rows if kind == _TAG and shown is not None}


@dataclass(frozen=True, slots=True)
class Around:
    """What the page of a case shows beside the case and its own city."""

    cover: str | None  # digest of its picture
    cases: Mapping[str, CaseLabel]  # public ones that it mentions, by id
    cities: Mapping[str, Mapping[str, str]]  # names of cities that it mentions, by id and language


def around(db: Connection, case_id: str, mentioned: Iterable[str]) -> Around:
    """Return the picture of a case and the names of the public cases and cities among the mentioned ids."""
    rows = db.execute(
        _around(db.dialect.name), {"case": case_id, "ids": packed(sorted(set(mentioned)))}
    ).all()
    told = {kind: {value: shown for at, value, shown in rows if at == kind} for kind in (_CASE, _CITY)}
    cards = {value: json.loads(card) for value, card in told[_CASE].items()}
    return Around(
        next((shown for kind, _, shown in rows if kind == _COVER), None),
        {value: CaseLabel(card["titles"], card["language"]) for value, card in cards.items()},
        {value: json.loads(names) for value, names in told[_CITY].items()},
    )


@cache
def _around(dialect: str) -> CompoundSelect[Any]:
    asked = select(each_of("ids", dialect).c.value)
    return union_all(
        select(literal(_COVER).label("kind"), cases.c.id.label("value"), covers.c.digest.label("shown"))
        .join(covers, cases.c.number == covers.c.case_number)
        .where(cases.c.id == bindparam("case")),
        select(literal(_CASE), cases.c.id, type_coerce(cases.c.card, Text)).where(
            cases.c.state == State.PUBLISHED, cases.c.id.in_(asked)
        ),
        select(literal(_CITY), cities.c.id, type_coerce(cities.c.names, Text)).where(
            cities.c.state == State.PUBLISHED, cities.c.id.in_(asked)
        ),
    )


@cache
def _names(dialect: str) -> CompoundSelect[Any]:
    """Return the question for names; a tag is shown as its newest case spells it: an index finds that."""
    tag = each_of("tags", dialect)
    spelled = (
        select(case_tags.c.as_shown)
        .where(case_tags.c.as_folded == tag.c.value, case_tags.c.newest.is_not(None))
        .order_by(case_tags.c.newest.desc(), case_tags.c.as_shown)
        .limit(1)
    )
    named = select(
        literal(_CITY).label("kind"),
        cities.c.id.label("value"),
        type_coerce(cities.c.names, Text).label("shown"),
    ).where(cities.c.state == State.PUBLISHED, cities.c.id.in_(select(each_of("cities", dialect).c.value)))
    return union_all(named, select(literal(_TAG), tag.c.value, spelled.scalar_subquery()))
