"""The engines under contract: the embedded one, and a real Elasticsearch with one shard and with three."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledgebase.search.backend import Document, SearchBackend
from knowledgebase.search.elastic import ElasticBackend
from knowledgebase.search.embedded import EmbeddedBackend
from tests.contract.engines import cases, elastic, fill


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[EmbeddedBackend]:
    """Lend an embedded engine on an empty folder."""
    engine = EmbeddedBackend(tmp_path / "index")
    yield engine
    engine.close()


@pytest.fixture
def one_shard(elastic_url: str) -> Iterator[ElasticBackend]:
    """Lend Elasticsearch with one shard an index."""
    with elastic(elastic_url) as engine:
        yield engine


@pytest.fixture(
    params=[
        "embedded",
        pytest.param("one-shard", marks=pytest.mark.elastic),
        pytest.param("three-shards", marks=pytest.mark.elastic),
    ]
)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchBackend]:
    """Lend each engine in turn, empty."""
    if request.param == "embedded":
        embedded = EmbeddedBackend(tmp_path / "index")
        yield embedded
        embedded.close()
        return
    with elastic(request.getfixturevalue("elastic_url"), 1 if request.param == "one-shard" else 3) as backend:
        yield backend


@pytest.fixture(scope="session")
def corpus() -> list[Document]:
    """Two thousand generated cases."""
    return cases(2_000)


@pytest.fixture(scope="session")
def engines(
    elastic_url: str, corpus: list[Document], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[EmbeddedBackend, ElasticBackend, ElasticBackend]]:
    """Lend all three, each holding the corpus; only for reading."""
    embedded = EmbeddedBackend(tmp_path_factory.mktemp("corpus"))
    with elastic(elastic_url, 1) as single, elastic(elastic_url, 3) as spread:
        for backend in (embedded, single, spread):
            fill(backend, corpus)
        yield embedded, single, spread
    embedded.close()
