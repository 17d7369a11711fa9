"""Every page for everybody: read by machines that read aloud, in light and dark, on every width of screen."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.places import PLACES, place
from tests.browser.watching import sizes

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # what a dark page can break beyond a light one
WIDTHS = (320, 390, 768, 1280)  # pixels
PHONE = {"width": 390, "height": 844}

each_place = pytest.mark.parametrize(("name", "language"), PLACES, ids=[f"{n}-{lang}" for n, lang in PLACES])


def faults(page: Page, rules: list[str]) -> list[tuple[str, str]]:
    """Return what the rules find wrong with a page: the rule and the first part that breaks it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    asked = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate("async (asked) => (await axe.run(document, asked)).violations", asked)
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]


@each_place
def test_every_page_can_be_read_by_everybody(page: Page, address: str, name: str, language: str) -> None:
    page.goto(address + place(name, language))

    assert faults(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, COLOURS) == []


def test_the_rules_find_what_is_wrong(page: Page, address: str) -> None:
    page.goto(address + place("home", "en"))
    page.evaluate(
        "document.querySelector('main').innerHTML = '<h3>x</h3><img src=\"/x\"><input><mark>here</mark>'"
    )
    page.evaluate("document.documentElement.style.setProperty('--mark', 'var(--ink-2)')")

    assert {rule for rule, _ in faults(page, RULES)} >= {"image-alt", "label", "color-contrast"}
    assert [rule for rule, _ in faults(page, COLOURS)] == ["color-contrast"]


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
        while (folded := page.locator(".facet:not([open]) > summary")).count():
            folded.first.click()

        assert page.locator(".facet input[name=written_by]").first.is_visible()
        assert faults(page, RULES) == []
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
