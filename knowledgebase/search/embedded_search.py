"""How the embedded index is read: pages with ties in order of id, facets, what is stored."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from tantivy import DocAddress, Order, Query, Searcher, SearchResult

from knowledgebase.domain.query import Sort
from knowledgebase.search.backend import Answer, Ask, Stored
from knowledgebase.search.embedded_query import among, counting, facet_queries, hits_query
from knowledgebase.search.embedded_schema import from_engine
from knowledgebase.search.plan import plan

_TIE = 4e-7  # relative difference below which scores are equal: sums in single precision differ by that
_SLACK = 64  # hits fetched beyond the page, in the hope to see the end of a tie

_Found = tuple[float, DocAddress]
_Hits = tuple[tuple[str, float], ...]


def answer(searcher: Searcher, ask: Ask) -> Answer:
    """Return page, total and facets of one ask."""
    meant = plan(ask)
    query = hits_query(meant)
    page = _newest if meant.sort is Sort.NEWEST else _best
    total, hits = page(searcher, query, ask.offset, ask.size)
    facets: dict[str, tuple[tuple[str, int], ...]] = {}
    for facet_query, names in facet_queries(meant, ask):
        asked = {name: ask.facets[name] for name in names}
        counts = searcher.aggregate(facet_query, counting(asked))
        for name, facet in asked.items():
            values = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in counts[name]["buckets"]]
            values.sort()
            values.sort(key=itemgetter(1), reverse=True)  # keeps the order by value among equal counts
            facets[name] = tuple(values[: len(facet.include) or facet.size])
    return Answer(total, hits, {name: facets[name] for name in ask.facets})


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


def _best(searcher: Searcher, query: Query, offset: int, size: int) -> tuple[int, _Hits]:
    """Return one page by score, then id: the engine leaves ties in the order of its files."""
    end = offset + size
    limit = end + _SLACK
    while True:
        result = searcher.search(query, limit=limit)
        found: list[_Found] = result.hits
        if len(found) < limit or any(_is_apart(found[at - 1], found[at]) for at in range(end, limit)):
            return count_of(result), _page(searcher, found, offset, end)
        limit *= 4


def _page(searcher: Searcher, found: list[_Found], offset: int, end: int) -> _Hits:
    hits: list[tuple[str, float]] = []
    start = 0
    for _, run in groupby(zip(found, _ties(found), strict=True), key=lambda pair: pair[1]):
        tied = [hit for hit, _ in run]
        if start < end and start + len(tied) > offset:
            named = sorted((_id_of(searcher, address), score) for score, address in tied)
            hits += named[max(0, offset - start) : end - start]
        start += len(tied)
    return tuple(hits)


def _ties(found: list[_Found]) -> Iterator[int]:
    """Yield the number of the tie that each hit belongs to."""
    number = 0
    for at, hit in enumerate(found):
        if at and _is_apart(found[at - 1], hit):
            number += 1
        yield number


def _is_apart(better: _Found, worse: _Found) -> bool:
    return better[0] - worse[0] > _TIE * better[0]


def _id_of(searcher: Searcher, address: DocAddress) -> str:
    return str(searcher.doc(address).get_first("id"))
