"""The same answers from the embedded engine and from Elasticsearch on one shard and on three."""

from dataclasses import replace
from pathlib import Path

import pytest
import tantivy

from knowledgebase.domain.query import Sort
from knowledgebase.search import elastic_query, embedded_query
from knowledgebase.search.backend import Ask, Document, FacetAsk, SearchBackend
from knowledgebase.search.elastic import ElasticBackend
from knowledgebase.search.embedded import EmbeddedBackend
from knowledgebase.search.plan import plan
from knowledgebase.search.ties import DOUBT, weight
from tests.contract.engines import (
    a_question,
    a_tombstone,
    asks,
    bags,
    brute_force,
    cases,
    elastic,
    fill,
    ids,
)

Engines = tuple[EmbeddedBackend, ElasticBackend, ElasticBackend]


def test_hundred_questions_have_the_same_answers_in_the_same_order(
    engines: Engines, corpus: list[Document]
) -> None:
    for ask in asks(100, corpus):
        embedded, single, spread = (engine.search(ask) for engine in engines)

        assert ids(embedded) == ids(single) == ids(spread), ask
        assert embedded.total == single.total == spread.total
        best = max((score for _, score in embedded.hits), default=0.0)
        assert [score for _, score in embedded.hits] == pytest.approx(
            [score for _, score in single.hits], rel=0, abs=DOUBT * (weight(ask.question) + best)
        )


def test_what_is_found_and_counted_equals_brute_force(engines: Engines, corpus: list[Document]) -> None:
    whole = bags(corpus)

    for ask in asks(200, corpus, seed=23):
        expected = brute_force(whole, ask)
        for engine in engines:
            answer = engine.search(ask)
            assert (answer.total, answer.facets) == expected, (engine, ask)


def test_counts_are_exact_over_many_segments(corpus: list[Document], embedded: EmbeddedBackend) -> None:
    some = corpus[:700]
    fill(embedded, some, step=100)
    whole = bags(some)

    for ask in asks(60, some, seed=31):
        assert embedded.search(ask).facets == brute_force(whole, ask)[1], ask


def test_a_small_segment_size_would_count_wrongly(
    corpus: list[Document], embedded: EmbeddedBackend, tmp_path: Path
) -> None:
    some = corpus[:700]
    fill(embedded, some, step=100)
    [(query, _)] = embedded_query.facet_queries(
        plan(ask := Ask(a_question(), facets={"tag": FacetAsk(5)})), ask
    )
    right = brute_force(bags(some), ask)[1]["tag"][:5]
    searcher = tantivy.Index.open(str(tmp_path / "index" / "one" / "index")).searcher()

    counts = searcher.aggregate(query, embedded_query.counting(ask.facets, depth=1))

    assert searcher.num_segments > 1
    assert tuple((bucket["key"], bucket["doc_count"]) for bucket in counts["tag"]["buckets"]) != right
    assert embedded.search(ask).facets["tag"] == right


def test_a_small_shard_size_would_count_wrongly(engines: Engines, corpus: list[Document]) -> None:
    spread = engines[2]
    ask = Ask(a_question(), facets={"tag": FacetAsk(5)})
    right = brute_force(bags(corpus), ask)[1]["tag"][:5]

    body = elastic_query.body(ask, depth=1)
    said = spread._mine.writing.search(index=spread._place.prefix, body=body)

    buckets = said["aggregations"]["tag"]["values"]["buckets"]
    assert tuple((bucket["key"], bucket["doc_count"]) for bucket in buckets) != right
    assert spread.search(ask).facets["tag"] == right


def test_one_tenth_tombstones_do_not_change_the_order(elastic_url: str, embedded: EmbeddedBackend) -> None:
    documents = cases(600, seed=3)
    mixed = [
        a_tombstone(document.id, 1) if at % 10 == 0 else document for at, document in enumerate(documents)
    ]

    with elastic(elastic_url) as single, elastic(elastic_url, 3) as spread:
        for engine in (embedded, single, spread):
            fill(engine, mixed)
        for ask in asks(60, documents, seed=5):
            answers = [engine.search(ask) for engine in (embedded, single, spread)]
            assert ids(answers[0]) == ids(answers[1]) == ids(answers[2]), ask


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_neither_overlap_nor_leave_out(engines: Engines, sort: Sort) -> None:
    question = a_question("آبآب شهرآب", concepts=("concept-1",))

    for engine in engines:
        whole = ids(engine.search(Ask(question, sort=sort, size=2_000)))
        pages = [
            name
            for offset in range(0, len(whole) + 50, 50)
            for name in ids(engine.search(Ask(question, sort=sort, offset=offset, size=50)))
        ]

        assert len(whole) > 200
        assert pages == whole
        assert len(set(whole)) == len(whole)


def test_deep_pages_are_the_same(engines: Engines, corpus: list[Document]) -> None:
    for sort in Sort:
        deep = Ask(replace(a_question("آبآب"), concepts=("concept-2",)), sort=sort, offset=980, size=20)
        browsing = Ask(a_question(), sort=sort, offset=1_985, size=20)

        for ask in (deep, browsing):
            answers = [ids(engine.search(ask)) for engine in engines]
            assert answers[0] == answers[1] == answers[2]
        assert len(answers[0]) == len(corpus) - 1_985


def test_a_page_past_the_end_is_empty_with_its_total(engines: Engines, corpus: list[Document]) -> None:
    for engine in engines:
        answer = engine.search(Ask(a_question(), offset=5_000, facets={"topic": FacetAsk(20)}))

        assert (answer.total, answer.hits) == (len(corpus), ())
        assert len(answer.facets["topic"]) == 16


def test_the_same_search_twice_is_the_same_answer(engines: Engines, corpus: list[Document]) -> None:
    engine: SearchBackend
    for engine in engines:
        for ask in asks(10, corpus, seed=41):
            assert engine.search(ask) == engine.search(ask)
