"""A contributor writes a case in a real browser: preview, publish, found, corrected."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from knowledgebase.domain.person import CityRole
from tests.accounts import PASSWORD, member
from tests.browser.watching import Watch, sizes
from tests.sites import found, index, site_of

TITLES = {"fa": "حریم هوای پاک\u200cتر", "en": "A zone for clean air"}
CHALLENGES = {"fa": "دود شهر را گرفته بود.", "en": "Smog covered the city."}


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Lend the address under which an application answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["fa", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Return the language of the interface and of the text."""
    return str(request.param)


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def writer(
    request: pytest.FixtureRequest, app: Flask, browser: Browser, language: str
) -> Iterator[tuple[Page, str, bool]]:
    """Lend the window of somebody who is logged in and may publish, and whether it runs scripts."""
    member(app, "parisa@tehran.example", role=CityRole.CONTRIBUTOR, may_publish=True)
    size = {"width": 1280, "height": 900} if request.param else {"width": 390, "height": 844}
    with (
        served(app) as address,
        browser.new_context(java_script_enabled=request.param, viewport=size) as window,  # type: ignore[arg-type]
    ):
        window.set_default_timeout(8_000)
        page = Watch(address).over(window)
        page.goto(f"{address}/{language}/log-in?next=/{language}/write")
        page.fill("#f-email", "parisa@tehran.example")
        page.fill("#f-password", PASSWORD)
        page.click("main form .button")
        yield page, address, request.param


def type_a_case(page: Page, language: str) -> None:
    """Fill the required fields as a person would."""
    page.fill("#f-title", TITLES[language])
    page.select_option("#f-topics-1", "air")
    page.select_option("#f-status", "operating")
    page.fill("#f-section-challenge", CHALLENGES[language])
    page.fill("#f-section-solution", "A zone without old diesels [1].")
    page.fill("#f-section-results", "Cleaner air.")


def test_a_case_is_written_previewed_mended_published_found_and_corrected(
    app: Flask, writer: tuple[Page, str, bool], language: str
) -> None:
    page, address, has_scripts = writer
    page.click("main form .button")
    expect(page).to_have_url(f"{address}/{language}/write/" + page.url.rpartition("/")[2])
    type_a_case(page, language)
    if has_scripts:
        expect(page.locator("#look .text")).to_contain_text(CHALLENGES[language])
    assert sizes(page)["beyond"] <= 0

    page.click("button[value=publish]")
    page.click(".wrong-all a")
    expect(page.locator("#f-section-solution")).to_be_focused()
    assert page.input_value("#f-title") == TITLES[language]

    page.fill("#f-sources-1-title", "Annual report")
    page.click("button[value='preview']")
    expect(page.locator("#look .look-title")).to_have_text(TITLES[language])
    page.click("button[value=publish]")
    page.click("main a.button")
    expect(page.locator("h1")).to_have_text(TITLES[language])
    index(site_of(app))
    assert len(found(site_of(app), TITLES[language])) == 1

    page.click(".case-acts button")
    page.fill("#f-summary", "Shorter.")
    page.click("button[value=publish]")
    page.click("main a.button")
    expect(page.locator(".case-summary")).to_have_text("Shorter.")


def test_a_row_that_is_added_is_where_the_page_goes(writer: tuple[Page, str, bool]) -> None:
    page, _, _ = writer
    page.click("main form .button")

    page.click("button[value='add:results']")
    page.fill("#f-results-1-indicator", "Soot")
    page.click("button[value='row:results']")

    expect(page.locator("#r-results-last #f-results-2-indicator")).to_be_in_viewport()
    assert page.input_value("#f-results-1-indicator") == "Soot"
    assert sizes(page)["beyond"] <= 0
