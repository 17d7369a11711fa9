"""A frozen engine does not make the probes of a load balancer wait: the site still serves."""

import os
import time
from pathlib import Path

from knowledgebase.app import make_site
from knowledgebase.config import Settings
from knowledgebase.services import rebuilding
from knowledgebase.services.status import status
from tests.servers.elastic import ElasticNode


def test_readiness_is_told_in_time_while_the_engine_is_frozen(
    tmp_path: Path, elastic_node: ElasticNode
) -> None:
    settings = Settings(
        instance=tmp_path / "instance",
        secret_key="k" * 32,
        search_url=elastic_node.url,
        search_index=f"kbr{os.getpid()}",
    )
    site = make_site(settings)
    site.store.upgrade()
    rebuilding.reindex(site)

    elastic_node.pause()
    try:
        began = time.monotonic()
        state = status(site)
        waited = time.monotonic() - began
    finally:
        elastic_node.resume()
        site.close()

    assert not state.is_engine_there
    assert waited < 4.0
