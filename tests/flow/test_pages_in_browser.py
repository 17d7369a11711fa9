"""The pages in a real browser: accessibility, layout, filters without a reload, reading without scripts."""

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from tests.sites import Folder, publish, site_of

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = (
    "/{}/",
    "/{}/search",
    "/{}/search?q=bus&topic=mobility&topic=air",
    "/{}/search?q=qqqq&city=tehran",
    "/{}/none",
)


@pytest.fixture
def address(app: Flask, folder: Folder) -> Iterator[str]:
    """Serve a handful of cases, and lend the server's address."""
    folder.city("seoul", country="KR")
    folder.case(
        "tehran/zone", title="حریم هوای پاک", language="fa", summary="خودروهای کهنه بیرون.", tags="دود"
    )
    folder.case("tehran/metro", title="Metro and bus to the south", topics="mobility", started="2010")
    folder.case("seoul/bus", title="Night bus by phone records", topics="mobility", tags="bus, night")
    publish(site_of(app), folder)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Lend a fresh window of desk size."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """Return a page with everything that its console complains about, refused styles and scripts included."""
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_by_everybody(browser: Browser, address: str, scheme: str) -> None:
    axe = Axe()
    with browser.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        for language in ("fa", "en"):
            for place in PAGES:
                page.goto(address + place.format(language))

                found = axe.run(page, options=RULES).response["violations"]

                assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], place


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_is_wider_than_the_screen(browser: Browser, address: str, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        for language in ("fa", "en"):
            for place in PAGES:
                page.goto(address + place.format(language))

                beyond = page.evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )

                assert beyond <= 0, place


def test_a_filter_changes_the_results_without_a_new_page(context: BrowserContext, address: str) -> None:
    page, complaints = watched(context)
    page.goto(f"{address}/en/search?q=bus")
    page.evaluate("window.isTheSamePage = true")

    page.check(".facet input[value=seoul]")
    page.wait_for_url("**/search?q=bus&city=seoul")
    page.wait_for_selector(".chip")

    assert page.evaluate("window.isTheSamePage")
    assert page.locator(".card").count() == 1
    assert page.title().startswith("Cases for")
    assert page.evaluate("document.activeElement.value") == "seoul"
    assert complaints == []


def test_a_chip_takes_its_filter_off(context: BrowserContext, address: str) -> None:
    page, _ = watched(context)
    page.goto(f"{address}/en/search?topic=mobility&city=seoul")

    page.click(".chip >> text=Seoul")
    page.wait_for_url("**/search?topic=mobility")
    expect(page.locator(".chip")).to_have_count(1)

    assert not page.is_checked(".facet input[value=seoul]")
    assert page.is_checked(".facet input[value=mobility]")


def test_back_brings_question_filters_and_results(context: BrowserContext, address: str) -> None:
    page, _ = watched(context)
    page.goto(f"{address}/en/search?q=bus")
    page.check(".facet input[value=seoul]")
    page.wait_for_selector(".chip")
    page.fill("#q", "metro")
    page.press("#q", "Enter")
    page.wait_for_url("**/search?q=metro&city=seoul")

    page.go_back()
    page.wait_for_url("**/search?q=bus&city=seoul")
    expect(page.locator("#q")).to_have_value("bus")
    page.go_back()
    page.wait_for_url("**/search?q=bus")
    expect(page.locator(".chip")).to_have_count(0)

    assert page.input_value("#q") == "bus"
    assert not page.is_checked(".facet input[value=seoul]")
    assert page.locator(".card").count() == 2


def test_everything_works_without_scripts(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{address}/en/")

        page.fill("#q", "bus")
        page.click(".ask button")
        page.click(".filters > summary")
        page.check(".facet input[value=seoul]")
        page.click(".apply button")

        assert page.locator(".card").count() == 1
        page.click(".chip")
        assert page.locator(".card").count() == 2


def test_the_key_of_the_slash_leads_to_the_question(context: BrowserContext, address: str) -> None:
    page, complaints = watched(context)
    page.goto(f"{address}/fa/search")

    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.id") == "q"
    assert page.input_value("#q") == ""
    page.uncheck("#slash-key")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "q"
    assert complaints == []


def test_the_language_switch_keeps_the_search_and_is_remembered(
    context: BrowserContext, address: str
) -> None:
    page, _ = watched(context)
    page.goto(f"{address}/en/search?q=bus")
    page.check(".facet input[value=seoul]")
    page.wait_for_selector(".chip")

    page.click(".switch a")
    page.wait_for_url("**/fa/search?q=bus&city=seoul")

    page.goto(f"{address}/")
    assert page.url == f"{address}/fa/"
