"""Nearly equal scores: the same order from both engines, over many questions and across the edges of pages."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from knowledgebase.domain.query import Sort
from knowledgebase.search.backend import Ask, Document, SearchBackend
from knowledgebase.search.elastic import ElasticBackend
from knowledgebase.search.embedded import EmbeddedBackend
from tests.contract.engines import a_document, a_question, asks, cases, elastic, fill, ids

Engines = tuple[EmbeddedBackend, ElasticBackend, ElasticBackend]


@pytest.mark.chaos_long
@pytest.mark.elastic
@pytest.mark.parametrize("seed", range(101, 107))
def test_two_thousand_questions_have_the_same_order(elastic_url: str, tmp_path: Path, seed: int) -> None:
    documents = cases(2_000, seed=seed)
    embedded = EmbeddedBackend(tmp_path)
    with elastic(elastic_url) as single, elastic(elastic_url, 3) as spread:
        for engine in (embedded, single, spread):
            fill(engine, documents)

        different = [
            ask
            for ask in ranked(2_000, documents, seed=seed + 1_000)
            if not ids(embedded.search(ask)) == ids(single.search(ask)) == ids(spread.search(ask))
        ]

    embedded.close()
    assert not different


def ranked(count: int, documents: list[Document], *, seed: int) -> Iterator[Ask]:
    """Yield random asks whose hits have scores, for twenty hits of any of the first thousand."""
    chance = random.Random(seed)  # noqa: S311  # the same for every run
    whole = (ask for ask in asks(count * 3, documents, seed=seed) if ask.question.scores)
    for ask, _ in zip(whole, range(count), strict=False):
        yield replace(ask, sort=Sort.BEST, facets={}, offset=chance.choice((0, 0, 0, 20, 200, 980)))
