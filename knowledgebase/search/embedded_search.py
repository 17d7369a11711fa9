"""How the embedded index is read: pages with ties in order of id, facets, what is stored."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from operator import itemgetter

from tantivy import DocAddress, Order, Query, Searcher, SearchResult

from knowledgebase.domain.query import Sort
from knowledgebase.search.backend import Answer, Ask, Stored
from knowledgebase.search.embedded_query import among, counting, facet_queries, hits_query, ranking_query
from knowledgebase.search.embedded_reader import Facets, Snapshot
from knowledgebase.search.embedded_schema import from_engine
from knowledgebase.search.plan import Plan, plan
from knowledgebase.search.ties import Window, exact_score, page, ties, weight

_SLACK = 64  # hits fetched beyond the page, in the hope to see the end of a tie

_Hits = tuple[tuple[str, float], ...]


def answer(snapshot: Snapshot, ask: Ask) -> Answer:
    """Return page, total and facets of one ask."""
    meant, searcher = plan(ask), snapshot.searcher
    query = hits_query(meant)
    if meant.sort is Sort.NEWEST:
        total, hits = _newest(searcher, query, ask.offset, ask.size)
    else:
        total, hits = _best(searcher, meant, query, ask)
    facets = snapshot.facets(ask, partial(_counted, searcher, meant, ask)) if ask.facets else {}
    return Answer(total, hits, facets)


def _counted(searcher: Searcher, meant: Plan, ask: Ask) -> Facets:
    """Return the counts of every facet asked for, most cases first, then by value."""
    facets: dict[str, tuple[tuple[str, int], ...]] = {}
    for facet_query, names in facet_queries(meant, ask):
        asked = {name: ask.facets[name] for name in names}
        counts = searcher.aggregate(facet_query, counting(asked))
        for name, facet in asked.items():
            values = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in counts[name]["buckets"]]
            values.sort()
            values.sort(key=itemgetter(1), reverse=True)  # keeps the order by value among equal counts
            facets[name] = tuple(values[: len(facet.include) or facet.size])
    return {name: facets[name] for name in ask.facets}


def revisions(searcher: Searcher, ids: Sequence[str]) -> dict[str, int]:
    """Return the stored revision of each document that is there, tombstones included."""
    if not ids or searcher.num_docs == 0:
        return {}
    found = searcher.search(among("id", ids), limit=len(ids), count=False, order_by_field="id").hits
    numbers = searcher.fast_field_values("revision", [address for _, address in found])
    return {str(name): int(number or 0) for (name, _), number in zip(found, numbers, strict=True)}


def count_of(result: SearchResult) -> int:
    """Return how many documents a search found in all."""
    return int(result.count)  # type: ignore[attr-defined]  # its stubs leave it out


def stored(searcher: Searcher, query: Query, limit: int) -> Iterator[Stored]:
    """Yield what the index holds of the documents of a query, tombstones included."""
    for _, address in searcher.search(query, limit=max(1, limit), count=False).hits:
        yield from_engine(searcher.doc(address))


def _newest(searcher: Searcher, query: Query, offset: int, size: int) -> tuple[int, _Hits]:
    found = searcher.search(query, limit=size, offset=offset, order_by_field="newest", order=Order.Desc)
    return count_of(found), tuple((_id_of(searcher, address), 0.0) for _, address in found.hits)


def _best(searcher: Searcher, meant: Plan, query: Query, ask: Ask) -> tuple[int, _Hits]:
    """Return one page by score, then id: the engine leaves ties in the order of its files."""
    end = ask.offset + ask.size
    limit = end + _SLACK

    def exact(addresses: Sequence[DocAddress]) -> list[float | None]:
        ranking = ranking_query(meant)
        told = (ranking.explain(searcher, address).to_json() for address in addresses)
        return [exact_score(json.loads(explanation)) for explanation in told]

    while True:
        result = searcher.search(query, limit=limit)
        window = Window(result.hits, is_ended=len(result.hits) < limit)
        found = ties(window, ask.offset, end, weight(ask.question), exact)
        if found is not None:
            return count_of(result), page(found, ask.offset, end, partial(_id_of, searcher))
        limit *= 4


def _id_of(searcher: Searcher, address: DocAddress) -> str:
    return str(searcher.doc(address).get_first("id"))
