"""An ask as queries of the embedded engine: what elastic_query is for the other one."""

from collections.abc import Iterable, Mapping
from typing import Any

from tantivy import Occur, Query

from knowledgebase.search.backend import Ask, FacetAsk
from knowledgebase.search.embedded_schema import schema
from knowledgebase.search.plan import Among, AnyOf, Plan, Run, Term

DEPTH = 100_000  # values each segment reports; above a field's distinct values every count is exact


def hits_query(meant: Plan) -> Query:
    """Return the query for the hits: everything holds."""
    return _query(meant, meant.chosen.values())


def ranking_query(meant: Plan) -> Query:
    """Return the scoring part of the query for the hits. Raises ValueError where nothing is to be ranked."""
    if meant.scoring is None:
        raise ValueError("nothing to rank by")
    return _scoring(meant.scoring)


def facet_queries(meant: Plan, ask: Ask) -> list[tuple[Query, tuple[str, ...]]]:
    """Return each query to count facets with, and the facets to count by it.

    Facets without a choice of their own share the query of the hits; each other has one without its own.
    """
    queries: list[tuple[Query, tuple[str, ...]]] = [
        (_query(meant, meant.without(name)), (name,)) for name in ask.facets if name in meant.chosen
    ]
    if shared := tuple(name for name in ask.facets if name not in meant.chosen):
        queries.append((hits_query(meant), shared))
    return queries


def counting(facets: Mapping[str, FacetAsk], *, depth: int = DEPTH) -> dict[str, Any]:
    """Return the aggregations for some facets. `depth` is the segment_size of each of them."""
    return {name: {"terms": _terms(name, facet, depth)} for name, facet in facets.items()}


def visible() -> Query:
    """Return the query for everything that may be seen; it adds nothing to a score."""
    return _quiet(Query.term_query(schema(), "is_visible", field_value=True, index_option="basic"))


def among(field: str, values: Iterable[str]) -> Query:
    """Return the query for documents with one of these whole values."""
    return Query.term_set_query(schema(), field, list(values))


def _terms(name: str, facet: FacetAsk, depth: int) -> dict[str, Any]:
    depth = max(depth, facet.size)
    terms: dict[str, Any] = {"field": name, "size": depth, "segment_size": depth}
    return terms | {"include": list(facet.include)} if facet.include else terms


def _query(meant: Plan, filters: Iterable[Among]) -> Query:
    parts = [(Occur.Must, visible())]
    if meant.scoring is not None:
        parts.append((Occur.Must, _scoring(meant.scoring)))
    parts += [(Occur.Must, _quiet(_clause(clause))) for clause in meant.required]
    parts += [(Occur.Must, _quiet(_clause(clause))) for clause in filters]
    parts += [(Occur.MustNot, _clause(clause)) for clause in meant.refused]
    return Query.boolean_query(parts)


def _quiet(query: Query) -> Query:
    """Let a query choose and not score: a plain Must would add 1.0."""
    return Query.const_score_query(query, 0.0)


def _scoring(clause: Term | AnyOf) -> Query:
    if isinstance(clause, AnyOf):
        should = [(Occur.Should, _scoring(inner)) for inner in clause.clauses]
        return Query.boolean_query(should, minimum_number_should_match=clause.minimum)
    term = Query.term_query(schema(), clause.field, clause.value, index_option="freq")
    return term if clause.boost == 1.0 else Query.boost_query(term, clause.boost)


def _clause(clause: Run | Among) -> Query:
    if isinstance(clause, Among):
        return among(clause.field, clause.values)
    if len(clause.words) == 1:  # the engine panics on a phrase of one word
        return Query.term_query(schema(), "exact", clause.words[0], index_option="basic")
    return Query.phrase_query(schema(), "exact", list(clause.words))
