"""The site without a mouse: everything is reached, seen and left again by keys alone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.places import place
from tests.browser.watching import Watch

STEPS_MAX = 400  # stops of the key Tab; more means that it goes in circles
# What a mouse could use on this page.
_REACHABLE = """() => {
  const parts = "a[href], button, input:not([type=hidden]), summary, [tabindex='0']";
  return [...document.querySelectorAll(parts)]
    .filter((part) => part.checkVisibility() && !part.disabled).map(window.nameOf);
}"""
_NAME = """() => { window.nameOf = (part) =>
  [part.tagName, part.id, part.getAttribute("href"), part.name, part.value, part.textContent.trim()]
    .filter(Boolean).join(" "); }"""
_STANDING = """() => {
  const part = document.activeElement;
  if (!part || part === document.body || part === document.documentElement) return null;
  const ring = (one) => { const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2; };
  const box = part.getBoundingClientRect();
  return {name: window.nameOf(part), isSeen: ring(part) || ring(part.closest(".card") ?? part),
    isOnScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth};
}"""


def walk(page: Page) -> list[dict[str, Any]]:
    """Press Tab from the top of a page until it leaves the page, and return every stop."""
    page.evaluate(_NAME)
    stops: list[dict[str, Any]] = []
    while len(stops) < STEPS_MAX:
        page.keyboard.press("Tab")
        standing = page.evaluate(_STANDING)
        if standing is None:
            return stops
        stops.append(standing)
    raise AssertionError(f"no way out: {stops[-5:]}")


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("name", ["home", "second", "case", "city-full", "cities", "404"])
def test_every_control_is_reached_and_seen_and_left(
    page: Page, address: str, name: str, language: str
) -> None:
    page.goto(address + place(name, language))

    stops = walk(page)

    assert {stop["name"] for stop in stops} == set(page.evaluate(_REACHABLE))
    assert [stop["name"] for stop in stops if not stop["isSeen"]] == []
    assert [stop["name"] for stop in stops if not stop["isOnScreen"]] == []


@pytest.mark.parametrize("name", ["home", "all", "case", "404"])
def test_the_first_key_leads_past_the_masthead(page: Page, address: str, name: str) -> None:
    page.goto(address + place(name, "fa"))

    page.keyboard.press("Tab")
    first = page.locator(":focus")
    expect(first).to_be_in_viewport()
    text = first.inner_text()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert text == "پرش به متن"
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_filters_and_pages_work_by_keys(page: Page, address: str, watch: Watch) -> None:
    page.goto(f"{address}/en/search?q=city")

    page.locator(".facet input[name=language][value=en]").focus()
    page.keyboard.press("Space")
    expect(page.locator(".chip")).to_have_count(1)
    chosen = page.evaluate("document.activeElement.value")
    page.locator(".pager a[rel=next]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**page=2")
    expect(page.locator(".pager [aria-current]")).to_have_text("2")
    landed = page.evaluate("document.activeElement.id")
    page.keyboard.press("Tab")

    assert chosen == "en"
    assert landed == "heading"
    assert page.evaluate("document.querySelector('.answer').contains(document.activeElement)")
    assert watch.complaints == []


def test_a_chip_that_goes_leaves_the_reader_among_the_results(page: Page, address: str) -> None:
    page.goto(f"{address}/en/search?q=water&language=en")

    page.locator(".chip").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(0)

    assert page.evaluate("document.querySelector('.answer').contains(document.activeElement)")


@pytest.mark.parametrize("name", ["home", "all", "topic", "case", "404"])
def test_the_slash_leads_to_the_question(page: Page, address: str, watch: Watch, name: str) -> None:
    page.goto(address + place(name, "fa"))

    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.id") == "q"
    assert page.input_value("#q") == ""
    assert [said for said in watch.complaints if "404" not in said] == []


def test_the_slash_can_be_switched_off_for_good(page: Page, address: str) -> None:
    page.goto(f"{address}/fa/")
    page.uncheck("#slash-key")
    page.evaluate("document.activeElement.blur()")

    page.goto(f"{address}/en/search")
    page.keyboard.press("/")

    assert not page.is_checked("#slash-key")
    assert page.evaluate("document.activeElement.id") != "q"


def test_the_slash_stays_a_letter_in_a_box(page: Page, address: str) -> None:
    page.goto(f"{address}/en/")

    page.locator("#q").focus()
    page.keyboard.type("24/7")

    assert page.input_value("#q") == "24/7"


def test_the_switch_of_the_slash_is_not_offered_where_it_does_nothing(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as window:
        page = window.new_page()

        page.goto(f"{address}/en/")

        assert not page.locator("#slash-key").is_visible()
