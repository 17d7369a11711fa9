"""The journey of a reader from the bare address to an answer and on, with scripts and without."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.places import AIR
from tests.browser.watching import Watch

LOCALES = {"fa": "fa-IR", "en": "en-GB"}
DIRECTIONS = {"fa": "rtl", "en": "ltr"}
OTHER = {"fa": "en", "en": "fa"}
CASE = "krakow/solid-fuel-ban"
MARKED = {"fa": r"^(آلود|هوا)", "en": r"^(air|pollut)"}
WIDE = {"fa": "شهر", "en": "city"}  # a question with more than one page of answers
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(params=["fa", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Return the language of the reader's browser."""
    return str(request.param)


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def journey(request: pytest.FixtureRequest, browser: Browser, watch: Watch, language: str) -> Iterator[Page]:
    """Lend a reader's window: a desk with scripts, a phone without."""
    size = DESK if request.param else PHONE
    with browser.new_context(
        locale=LOCALES[language],
        java_script_enabled=request.param,
        viewport=size,  # type: ignore[arg-type]
    ) as window:
        yield watch.over(window)


def titles(page: Page) -> list[str]:
    return page.locator(".card-title").all_inner_texts()


def ask(page: Page, question: str) -> None:
    page.fill("#q", question)
    page.click(".ask button")
    expect(page.locator(".answer h1")).to_contain_text(question)


def narrow(page: Page, name: str, value: str) -> None:
    """Choose a filter as a reader would: unfold the filters on a phone, press the button without scripts."""
    summary = page.locator(".filters > summary")
    if summary.is_visible():
        summary.click()
    page.check(f".facet input[name={name}][value={value}]")
    if page.locator(".apply button").is_visible():
        page.click(".apply button")


def test_the_first_page_speaks_the_browser_s_language(journey: Page, address: str, language: str) -> None:
    journey.goto(f"{address}/")

    assert journey.url == f"{address}/{language}/"
    assert journey.locator("html").get_attribute("lang") == language
    assert journey.locator("html").get_attribute("dir") == DIRECTIONS[language]


def test_one_click_changes_the_language_and_stays_on_the_page(
    journey: Page, address: str, language: str
) -> None:
    journey.goto(f"{address}/{language}/cases/seoul/food-waste")

    journey.click(".switch a")
    journey.wait_for_url(f"{address}/{OTHER[language]}/cases/seoul/food-waste")

    assert journey.locator("html").get_attribute("dir") == DIRECTIONS[OTHER[language]]


def test_a_question_is_answered_best_first_with_its_words_marked(
    journey: Page, address: str, watch: Watch, language: str
) -> None:
    journey.goto(f"{address}/{language}/")

    ask(journey, AIR[language])

    assert journey.locator(".card").first.get_attribute("data-topic") == "air"
    assert journey.locator(".sorts [aria-current]").count() == 1
    marks = journey.locator(".card mark").all_inner_texts()
    assert marks
    assert [mark for mark in marks if not re.match(MARKED[language], mark.lower())] == []
    assert watch.complaints == []


def test_filters_order_and_pages_follow_each_other(
    journey: Page, address: str, watch: Watch, language: str
) -> None:
    journey.goto(f"{address}/{language}/")
    ask(journey, WIDE[language])

    narrow(journey, "topic", "governance")
    expect(journey.locator(".chip")).to_have_count(1)
    narrowed = journey.url
    journey.click(".chip")
    expect(journey.locator(".chip")).to_have_count(0)
    journey.locator(".sorts a").nth(1).click()
    expect(journey.locator(".sorts a").nth(1)).to_have_attribute("aria-current", "true")
    first = titles(journey)
    journey.click(".pager a[rel=next]")
    expect(journey.locator(".pager [aria-current]")).to_have_text({"fa": "۲", "en": "2"}[language])

    assert "topic=governance" in narrowed
    assert "sort=newest" in journey.url
    assert "page=2" in journey.url
    assert len(first) == 20
    assert titles(journey)
    assert set(first).isdisjoint(titles(journey))
    assert watch.complaints == []


def test_back_from_a_case_the_answer_is_as_it_was(
    journey: Page, address: str, watch: Watch, language: str
) -> None:
    journey.goto(f"{address}/{language}/")
    ask(journey, AIR[language])
    narrow(journey, "topic", "mobility")
    expect(journey.locator(".chip")).to_have_count(1)
    answer, seen = journey.url, titles(journey)

    journey.locator(".card-title a").first.click()
    expect(journey.locator("main h1")).to_have_text(seen[0])
    journey.go_back()
    journey.wait_for_url(answer)

    expect(journey.locator(".chip")).to_have_count(1)
    assert journey.input_value("#q") == AIR[language]
    assert titles(journey) == seen
    assert journey.is_checked(".facet input[value=mobility]")
    assert watch.complaints == []


def test_the_reader_goes_on_to_city_topics_tags_networks_and_about(
    journey: Page, address: str, watch: Watch, language: str
) -> None:
    journey.goto(f"{address}/{language}/cases/{CASE}")
    headings = []

    def follow(link: str) -> None:
        journey.locator(link).first.click()
        headings.append(journey.locator("main h1").inner_text())

    follow("main a[href*='/cities/']")
    follow(".card-title a")
    follow(".nav a[href$='/topics/']")
    follow(".topic-card a")
    follow(".footer a[href$='/tags/']")
    follow(".flow a")
    follow(".nav a[href$='/networks/']")
    follow(".index a")
    follow(".nav a[href$='/cities/']")
    follow(".footer a[href$='/about']")

    assert all(headings)
    assert len(set(headings)) == len(headings)
    assert journey.url == f"{address}/{language}/about"
    assert watch.complaints == []
