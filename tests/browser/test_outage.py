"""When a part is away: the pages that can be shown are shown, the others say so in the reader's language."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, expect
from werkzeug.serving import make_server

from tests.browser.watching import Watch
from tests.running import ROOT, free_port, running
from tests.sites import Folder, publish, site_of

PATIENCE = 2.0  # seconds a reader waits for the simple list


@pytest.fixture(scope="module")
def without_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Lend a site of the real cases whose search engine never answers."""
    place = tmp_path_factory.mktemp("no-engine")
    nobody = f"http://127.0.0.1:{free_port()}"
    with running(place / "instance", ROOT / "content", KB_SEARCH_URL=nobody) as (address, _):
        yield address


@pytest.mark.parametrize(("language", "question"), [("fa", "آب"), ("en", "water")])
def test_a_simple_list_answers_while_the_engine_is_away(
    context: BrowserContext, without_engine: str, language: str, question: str
) -> None:
    watch = Watch(without_engine)
    page = watch.over(context)
    page.goto(f"{without_engine}/{language}/")

    page.fill("#q", question)
    began = time.monotonic()
    page.click(".ask button")
    expect(page.locator("main h1")).to_contain_text(question)
    waited = time.monotonic() - began

    assert waited < PATIENCE
    assert page.locator(".notice[data-kind=warning]").count() == 1
    assert page.locator(".card").count() > 3
    assert page.locator(".facet").count() == 0
    assert page.locator(".sorts").count() == 0
    assert watch.complaints == []


def test_everything_but_the_search_is_as_ever_while_the_engine_is_away(
    context: BrowserContext, without_engine: str
) -> None:
    watch = Watch(without_engine)
    page = watch.over(context)

    page.goto(f"{without_engine}/en/search")
    page.click(".card-title a")
    page.click("main a[href*='/cities/']")
    page.click(".nav a[href$='/topics/']")
    page.click(".topic-card a")

    assert page.locator(".card").count() >= 1
    assert watch.complaints == []


@pytest.fixture
def served(app: Flask, folder: Folder) -> Iterator[str]:
    """Serve one case, and lend the server's address."""
    folder.case("tehran/zone", title="Clean air zone")
    publish(site_of(app), folder)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def lose_database(app: Flask, folder: Path) -> None:
    """Take the database away from a running site."""
    site_of(app).close()
    for file in folder.glob("knowledgebase.sqlite*"):
        file.unlink()
    (folder / "knowledgebase.sqlite").mkdir()


@pytest.mark.parametrize(
    ("path", "direction"),
    [("/fa/", "rtl"), ("/en/search?q=air", "ltr"), ("/fa/cases/tehran/zone", "rtl"), ("/en/cities/", "ltr")],
)
def test_a_page_says_that_the_database_is_away(
    *, context: BrowserContext, app: Flask, served: str, tmp_path: Path, path: str, direction: str
) -> None:
    page = context.new_page()
    lose_database(app, tmp_path / "instance")

    answer = page.goto(served + path)

    assert answer
    assert answer.status == 503
    assert answer.headers["retry-after"]
    assert page.locator("html").get_attribute("dir") == direction
    assert page.locator("main h1").inner_text()
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Vazirmatn")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_filter_tells_in_place_that_the_database_went_away(
    context: BrowserContext, app: Flask, served: str, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(f"{served}/en/search?q=air")
    page.evaluate("window.kept = document.querySelector('.masthead')")
    lose_database(app, tmp_path / "instance")

    page.click(".facet input[value=air]")

    expect(page.locator(".failure h1")).to_be_visible()
    assert page.evaluate("document.querySelector('.masthead') === window.kept")
    assert page.locator("#found").count() == 1
    assert page.locator("main h1").count() == 1
