"""What the browser tests share: one running site of real cases, and a watched window for each test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.ground import exchange
from tests.browser.living import WAY_NAMES, WAYS, Living, Way, living
from tests.browser.watching import Watch

DESK = ViewportSize(width=1280, height=900)
PATIENCE = 8_000  # milliseconds for one act of a reader


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Lend the address of one running site to all browser tests: none of them changes it."""
    with exchange(tmp_path_factory.mktemp("exchange")) as running:
        yield running


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """Lend a running site that people write to; each journey has cities and people of its own."""
    with living(tmp_path_factory.mktemp("living")) as site:
        yield site


@pytest.fixture(params=WAYS, ids=WAY_NAMES)
def way(request: pytest.FixtureRequest) -> Way:
    """Return how somebody goes: language, scripts, screen."""
    return Way(*request.param)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Lend a fresh window of desk size."""
    with browser.new_context(viewport=DESK) as window:
        window.set_default_timeout(PATIENCE)
        yield window


@pytest.fixture
def watch(address: str) -> Watch:
    """Lend an observer of the running site."""
    return Watch(address)


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Page:
    """Lend a watched page of a window of desk size."""
    return watch.over(context)
