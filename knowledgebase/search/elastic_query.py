"""An ask as the body of one `_search` call: pure, so it is tested as a dict."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from knowledgebase.domain.query import Sort
from knowledgebase.search.backend import Ask, FacetAsk
from knowledgebase.search.plan import Among, AnyOf, Plan, Run, Term, plan

Clause: TypeAlias = dict[str, Any]

DEPTH = 100_000  # values each shard reports; above a field's distinct values every count is exact
TIMEOUT = "1s"  # after which shards answer with what they have


def body(ask: Ask, *, depth: int = DEPTH) -> Clause:
    """Return query, filters, facets and page of one call; the alias adds visibility.

    Filters of counted facets come after the counting (`post_filter`), so that each facet can be
    counted without its own. `depth` is the shard_size of every facet.
    """
    meant = plan(ask)
    counted = {name: among for name, among in meant.chosen.items() if name in ask.facets}
    early = [among for name, among in meant.chosen.items() if name not in ask.facets]
    request: Clause = {
        "query": _query(meant, early),
        "from": ask.offset,
        "size": ask.size,
        "sort": _order(meant.sort),
        "track_total_hits": True,
        "_source": False,
        "timeout": TIMEOUT,
    }
    if counted:
        request["post_filter"] = {"bool": {"filter": _clauses(counted.values())}}
    if ask.facets:
        request["aggs"] = _facets(ask.facets, counted, depth)
    return request


def explaining(ask: Ask, ids: Sequence[str]) -> Clause:
    """Return the body that asks how the scores of these hits of an ask came about."""
    meant = replace(plan(ask), required=(), refused=())
    return {
        "query": _query(meant, [Among("id", tuple(ids))]),
        "size": len(ids),
        "_source": False,
        "explain": True,
        "timeout": TIMEOUT,
    }


def preference(ask: Ask) -> str:
    """Return a word that sends every page of one question to the same copies of the shards."""
    asked = repr((ask.question, sorted(ask.filters.items()), ask.sort))
    return f"q{zlib.crc32(asked.encode('utf-8', 'replace')):08x}"


def _query(meant: Plan, early: Iterable[Among]) -> Clause:
    parts: Clause = {"filter": _clauses((*meant.required, *early)), "must_not": _clauses(meant.refused)}
    if meant.scoring is not None:
        parts["must"] = [_scoring(meant.scoring)]
    return {"bool": {occurrence: clauses for occurrence, clauses in parts.items() if clauses}}


def _scoring(clause: Term | AnyOf) -> Clause:
    if isinstance(clause, Term):
        return {"term": {clause.field: {"value": clause.value, "boost": clause.boost}}}
    should = [_scoring(inner) for inner in clause.clauses]
    return {"bool": {"should": should, "minimum_should_match": clause.minimum}}


def _clauses(required: Iterable[Run | Among]) -> list[Clause]:
    return [
        {"match_phrase": {"exact": " ".join(clause.words)}}
        if isinstance(clause, Run)
        else {"terms": {clause.field: list(clause.values)}}
        for clause in required
    ]


def _order(sort: Sort) -> list[Clause]:
    if sort is Sort.NEWEST:
        return [{"newest": "desc"}]
    return [{"_score": "desc"}, {"id": "asc"}]


def _facets(facets: Mapping[str, FacetAsk], counted: Mapping[str, Among], depth: int) -> Clause:
    asked: Clause = {}
    for name, facet in facets.items():
        terms: Clause = {"field": name, "size": facet.size, "shard_size": max(depth, facet.size)}
        if facet.include:
            terms |= {"include": list(facet.include), "size": len(facet.include)}
        others = [among for other, among in counted.items() if other != name]
        asked[name] = {
            "filter": {"bool": {"filter": _clauses(others)}},
            "aggs": {"values": {"terms": terms}},
        }
    return asked
