"""Every page for everybody: read by machines that read aloud, in light and dark, on every width of screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.places import PLACES, place
from tests.browser.watching import sizes

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]}
WIDTHS = (320, 390, 768, 1280)  # pixels
PHONE = {"width": 390, "height": 844}

each_place = pytest.mark.parametrize(("name", "language"), PLACES, ids=[f"{n}-{lang}" for n, lang in PLACES])


def faults(page: Page) -> list[tuple[str, str]]:
    """Return what the rules find wrong with a page: the rule and the first part that breaks it."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]


@each_place
def test_every_page_can_be_read_by_everybody(page: Page, address: str, name: str, language: str) -> None:
    page.goto(address + place(name, language))

    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page) == []


@each_place
def test_no_page_is_wider_than_the_screen(
    context: BrowserContext, address: str, name: str, language: str
) -> None:
    page = context.new_page()
    page.goto(address + place(name, language))

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})

        assert sizes(page) == {"beyond": 0, "wide": []}, width


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_filters_of_a_phone_can_be_read_by_everybody(
    browser: Browser, address: str, language: str
) -> None:
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True) as window:  # type: ignore[arg-type]
        page = window.new_page()
        page.goto(address + place("narrowed", language))

        page.click(".filters > summary")
        for summary in page.locator(".facet:not([open]) > summary").all():
            summary.click()

        assert page.locator(".facet input[name=written_by]").first.is_visible()
        assert faults(page) == []
        assert sizes(page)["beyond"] == 0


@pytest.mark.parametrize("language", ["fa", "en"])
def test_text_may_be_twice_as_large(page: Page, address: str, language: str) -> None:
    page.set_viewport_size({"width": 640, "height": 800})

    for name in ("home", "narrowed", "case", "city-full"):
        page.goto(address + place(name, language))
        page.evaluate(
            "document.documentElement.classList.add('test'), document.documentElement.animate("
            "[{fontSize: '212.5%'}, {fontSize: '212.5%'}], {duration: 1, fill: 'forwards'})"
        )
        page.wait_for_timeout(20)

        assert sizes(page) == {"beyond": 0, "wide": []}, name
