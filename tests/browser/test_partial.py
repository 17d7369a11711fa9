"""Results change without a new page: only they, with an address of their own that Back understands."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watching import Watch


@pytest.fixture
def results(page: Page, address: str) -> Page:
    """Lend a page of answers on which everything that shall stay is remembered."""
    page.goto(f"{address}/en/search?q=water")
    page.evaluate("window.kept = ['.masthead', '#q', '.footer'].map((name) => document.querySelector(name))")
    return page


def has_stayed(page: Page) -> bool:
    """Say whether masthead, search box and footer are the very elements of the first page."""
    return bool(
        page.evaluate(
            "(window.kept ?? []).length === 3 && ['.masthead', '#q', '.footer']"
            ".every((name, at) => document.querySelector(name) === window.kept[at])"
        )
    )


def test_a_filter_changes_the_results_alone(results: Page, watch: Watch) -> None:
    before = results.inner_text(".answer-count")

    with results.expect_response("**/search?*") as sent:
        results.check(".facet input[name=language][value=fa]")
    expect(results.locator(".chip")).to_have_count(1)

    assert has_stayed(results)
    assert "<html" not in sent.value.text()
    assert results.url.endswith("/en/search?q=water&language=fa")
    assert results.inner_text(".answer-count") != before
    assert results.evaluate("document.activeElement.value") == "fa"
    assert watch.complaints == []


def test_a_question_a_chip_an_order_and_a_page_do_so_too(results: Page, watch: Watch) -> None:
    results.fill("#q", "city")
    results.press("#q", "Enter")
    expect(results.locator("#heading")).to_contain_text("city")
    results.check(".facet input[value=en][name=language]")
    results.click(".chip")
    expect(results.locator(".chip")).to_have_count(0)
    results.click(".sorts a:not([aria-current])")
    results.wait_for_url("**/search?q=city&sort=newest")
    results.click(".pager a[rel=next]")
    results.wait_for_url("**page=2")
    expect(results.locator(".pager [aria-current]")).to_have_text("2")

    assert has_stayed(results)
    assert results.evaluate("document.activeElement.id") == "heading"
    assert results.evaluate("document.getElementById('heading').getBoundingClientRect().top") >= 0
    assert results.title().startswith("Cases for")
    assert watch.complaints == []


def test_a_chip_takes_its_own_filter_off(page: Page, address: str) -> None:
    page.goto(f"{address}/en/search?topic=water&language=fa")

    page.click(".chip >> text=Persian")
    page.wait_for_url("**/search?topic=water")
    expect(page.locator(".chip")).to_have_count(1)

    assert not page.is_checked(".facet input[name=language][value=fa]")
    assert page.is_checked(".facet input[name=topic][value=water]")


def test_a_new_question_keeps_filters_and_order(results: Page) -> None:
    results.check(".facet input[name=topic][value=water]")
    expect(results.locator(".chip")).to_have_count(1)
    results.click(".sorts a:not([aria-current])")
    results.wait_for_url("**sort=newest")

    results.fill("#q", "pipes")
    results.press("#q", "Enter")
    results.wait_for_url("**/search?q=pipes&topic=water&sort=newest")

    assert has_stayed(results)
    assert results.is_checked(".facet input[name=topic][value=water]")


def test_back_and_forward_bring_question_filters_and_results(results: Page) -> None:
    first = results.locator(".card-title").all_inner_texts()
    results.check(".facet input[name=topic][value=water]")
    expect(results.locator(".chip")).to_have_count(1)
    second = results.locator(".card-title").all_inner_texts()
    results.fill("#q", "metro")
    results.press("#q", "Enter")
    results.wait_for_url("**/search?q=metro&topic=water")

    results.go_back()
    results.wait_for_url("**/search?q=water&topic=water")
    expect(results.locator("#q")).to_have_value("water")
    assert results.locator(".card-title").all_inner_texts() == second
    assert results.is_checked(".facet input[name=topic][value=water]")
    results.go_back()
    results.wait_for_url("**/search?q=water")
    expect(results.locator(".chip")).to_have_count(0)
    assert results.locator(".card-title").all_inner_texts() == first
    assert not results.is_checked(".facet input[name=topic][value=water]")
    results.go_forward()
    expect(results.locator(".chip")).to_have_count(1)
    assert results.locator(".card-title").all_inner_texts() == second


def test_the_last_of_two_quick_choices_holds(results: Page, watch: Watch) -> None:
    results.check(".facet input[name=topic][value=water]")
    results.check(".facet input[name=topic][value=governance]")
    expect(results.locator(".chip")).to_have_count(2)

    assert results.is_checked(".facet input[name=topic][value=water]")
    assert results.is_checked(".facet input[name=topic][value=governance]")
    assert results.url.count("topic=") == 2
    assert watch.complaints == []


def test_the_language_switch_follows_the_results_and_is_remembered(
    results: Page, address: str, watch: Watch
) -> None:
    results.check(".facet input[name=language][value=fa]")
    expect(results.locator(".chip")).to_have_count(1)

    results.click(".switch a")
    results.wait_for_url("**/fa/search?q=water&language=fa")
    results.goto(f"{address}/")

    assert results.url == f"{address}/fa/"
    assert watch.complaints == []


def test_a_part_that_did_not_come_is_asked_for_as_a_page(results: Page) -> None:
    results.route(
        "**/search?*",
        lambda route: route.abort() if "hx-request" in route.request.headers else route.continue_(),
    )

    results.check(".facet input[name=topic][value=water]")
    results.wait_for_url("**/search?q=water&topic=water")
    expect(results.locator(".chip")).to_have_count(1)

    assert not has_stayed(results)
