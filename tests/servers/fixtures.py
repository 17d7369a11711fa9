"""The real parts as fixtures, started when the first test asks; counts how many tests met each of them."""

from collections import Counter
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.servers import Missing, missing
from tests.servers.browser import chromium
from tests.servers.elastic import ElasticNode, start_node
from tests.servers.postgres import PostgresServer, start_server

PARTS = {"elastic": "elasticsearch", "postgres": "postgresql", "browser": "chromium"}  # marker: name shown
FIXTURES = {  # a test that names one of these gets the marker of its part
    "elastic_node": "elastic",
    "elastic_url": "elastic",
    "postgres_server": "postgres",
    "browser": "browser",
}
COUNTS = pytest.StashKey[Counter[str]]()


@pytest.fixture(scope="session")
def elastic_node() -> Iterator[ElasticNode]:
    """Lend one running Elasticsearch to the whole run: each test takes index names of its own."""
    try:
        node = start_node()
    except Missing as reason:
        missing(str(reason))
    with node:
        yield node


@pytest.fixture(scope="session")
def elastic_url(elastic_node: ElasticNode) -> str:
    """Return the address of the run's Elasticsearch, as KB_SEARCH_URL takes it."""
    return elastic_node.url


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Lend one running PostgreSQL to the whole run: each test asks it for a database of its own."""
    try:
        server = start_server()
    except Missing as reason:
        missing(str(reason))
    with server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Lend one Chromium to the whole run: each test opens a context of its own."""
    try:
        with chromium() as running:
            yield running
    except Missing as reason:
        missing(str(reason))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with the real parts its fixtures name, before -m chooses.

    A test that asks at run time (`request.getfixturevalue`) has to carry its marker itself.
    """
    for item in items:
        for name in getattr(item, "fixturenames", ()):
            if name in FIXTURES:
                item.add_marker(FIXTURES[name])


def pytest_configure(config: pytest.Config) -> None:
    """Begin to count."""
    config.stash[COUNTS] = Counter()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Count a test for each part it is marked with when its body ran to a result, not when it was skipped."""
    report = yield
    if call.when == "call" and not report.skipped:
        item.config.stash[COUNTS].update({mark.name for mark in item.iter_markers() if mark.name in PARTS})
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say in one line how many tests met a real part: a green run that met none proves less."""
    counts = config.stash[COUNTS]
    met = ", ".join(f"{name} {counts[marker]} tests" for marker, name in PARTS.items())
    terminalreporter.write_line(f"real parts: {met}")
