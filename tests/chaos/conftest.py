"""The sets of parts that chaos runs on."""

import os
from itertools import count

import pytest

from tests.servers.postgres import PostgresServer

_numbers = count()


@pytest.fixture(
    params=["embedded", pytest.param("cluster", marks=[pytest.mark.postgres, pytest.mark.elastic])]
)
def settings(request: pytest.FixtureRequest) -> dict[str, str]:
    """Lend the variables of a site on each set of parts."""
    if request.param == "embedded":
        return {}
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return {
        "KB_DATABASE_URL": server.create_database(),
        "KB_SEARCH_URL": request.getfixturevalue("elastic_url"),
        "KB_SEARCH_INDEX": f"kbc{os.getpid()}x{next(_numbers)}",
    }
