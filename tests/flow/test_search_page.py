"""The search page on real parts: question, filters, chips, order, pages, nothing found."""

import re

import pytest
from flask import Flask

from knowledgebase.domain.query import PAGE_SIZE
from knowledgebase.web.listing import SHOWN
from tests.sites import Folder, publish, site_of

PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#found"}
PAGE_BYTES_MAX = 64 * 1024


@pytest.fixture
def filled(app: Flask, folder: Folder) -> Flask:
    """Lend an application with a handful of cases."""
    folder.city("seoul", country="KR")
    folder.case(
        "tehran/zone", title="Clean air zone", summary="Old diesel cars stay out of the centre.", tags="smog"
    )
    folder.case("tehran/metro", title="Metro to the south", topics="mobility", tags="metro", started="2010")
    folder.case(
        "seoul/bus", title="Night bus by phone records", topics="mobility", tags="bus, night", started="2013"
    )
    publish(site_of(app), folder)
    return app


def titles(text: str) -> list[str]:
    found = re.findall(r'class="card-title"[^>]*><a[^>]*>(.*?)</a>', text, re.DOTALL)
    return [re.sub("<[^>]+>", "", title) for title in found]


def test_an_empty_question_shows_all_cases(filled: Flask) -> None:
    answer = filled.test_client().get("/en/search")

    assert answer.status_code == 200
    assert len(titles(answer.text)) == 3
    assert "3 cases" in answer.text


def test_the_reader_s_words_are_marked(filled: Flask) -> None:
    answer = filled.test_client().get("/en/search?q=diesel")

    assert titles(answer.text) == ["Clean air zone"]
    assert "<mark>diesel</mark>" in answer.text


def test_a_filter_is_ticked_counted_and_can_be_taken_off_by_its_chip(filled: Flask) -> None:
    answer = filled.test_client().get("/en/search?topic=mobility&city=tehran")

    assert titles(answer.text) == ["Metro to the south"]
    assert re.search(r'name="topic" value="mobility" checked>', answer.text)
    chips = re.findall(r'class="chip" href="([^"]+)"', answer.text)
    assert chips == ["/en/search?city=tehran", "/en/search?topic=mobility"]


def test_a_filter_counts_without_its_own_choice(filled: Flask) -> None:
    answer = filled.test_client().get("/en/search?city=seoul")

    counts = dict(
        re.findall(r'name="city" value="(\w+)"[^>]*><bdi>[^<]*</bdi><small>(\d+)</small>', answer.text)
    )
    assert counts == {"tehran": "2", "seoul": "1"}


def test_persian_pages_speak_persian(filled: Flask) -> None:
    answer = filled.test_client().get("/fa/search?city=seoul")

    assert '<html lang="fa" dir="rtl">' in answer.text
    assert "۱ تجربه" in answer.text
    assert "۲۰۱۳ (۱۳۹۱–۹۲)" in answer.text
    assert "کرهٔ جنوبی" in answer.text


def test_nothing_found_says_what_can_be_loosened(filled: Flask) -> None:
    answer = filled.test_client().get("/en/search?q=diesel&city=seoul")

    assert answer.status_code == 200
    assert titles(answer.text) == []
    assert re.search(
        r'<a href="/en/search\?q=diesel">Without the filter City</a> <span class="count">1<', answer.text
    )


def test_a_mistyped_word_is_repaired_and_said_so(filled: Flask) -> None:
    answer = filled.test_client().get("/en/search?q=deisel")

    assert titles(answer.text) == ["Clean air zone"]
    assert "No case holds the words as typed" in answer.text


def test_htmx_gets_the_results_alone_with_their_one_address(filled: Flask) -> None:
    answer = filled.test_client().get("/en/search?sort=best&q=bus&page=1", headers=PART)

    assert answer.text.lstrip().startswith('<div id="found"')
    assert "<html" not in answer.text
    assert answer.headers["HX-Push-Url"] == "/en/search?q=bus"
    assert "HX-Request-Type" in answer.vary


def test_going_back_gets_the_whole_page(filled: Flask) -> None:
    headers = {**PART, "HX-Request-Type": "full", "HX-History-Restore-Request": "true"}

    answer = filled.test_client().get("/en/search?q=bus", headers=headers)

    assert "<html" in answer.text


def test_a_long_answer_is_paged_in_a_stable_order(app: Flask, folder: Folder) -> None:
    for at in range(PAGE_SIZE + 5):
        folder.case(f"tehran/case-{at:02}", title=f"Bus number {at}")
    publish(site_of(app), folder)
    client = app.test_client()

    first, second = client.get("/en/search?q=bus"), client.get("/en/search?q=bus&page=2")

    shown = [*titles(first.text), *titles(second.text)]
    assert len(shown) == len(set(shown)) == PAGE_SIZE + 5
    assert 'rel="next" href="/en/search?q=bus&amp;page=2"' in first.text
    assert 'aria-current="page">2</a>' in second.text
    assert len(first.data) <= PAGE_BYTES_MAX


def test_a_page_past_the_end_leads_back(filled: Flask) -> None:
    answer = filled.test_client().get("/en/search?q=bus&page=40")

    assert answer.status_code == 200
    assert '<a href="/en/search?q=bus">To the first page</a>' in answer.text


def test_a_page_past_the_end_is_no_page_for_crawlers(filled: Flask) -> None:
    assert "noindex" in filled.test_client().get("/en/search?page=40").text


def test_a_search_is_no_page_for_crawlers_but_browsing_is(filled: Flask) -> None:
    client = filled.test_client()

    assert "noindex" in client.get("/en/search?topic=air").text
    assert "noindex" not in client.get("/en/search").text


@pytest.mark.parametrize(
    "asked", ["<script>alert(1)</script>", "{{7*7}}", '"><img src=x onerror=alert(1)>', "\ue000mark\ue001"]
)
def test_a_hostile_question_is_printed_as_text(filled: Flask, asked: str) -> None:
    answer = filled.test_client().get("/en/search", query_string={"q": asked, "topic": asked, "sort": asked})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    assert "49" not in re.sub(r"/static/\w+/", "", answer.text)


def test_a_hostile_title_is_printed_as_text(app: Flask, folder: Folder) -> None:
    folder.case("tehran/x", title="<b onclick=x>diesel</b> {{7*7}}", summary="<mark>diesel</mark>")
    publish(site_of(app), folder)

    answer = app.test_client().get("/en/search?q=diesel")

    assert "&lt;b onclick=x&gt;<mark>diesel</mark>&lt;/b&gt; {{7*7}}" in answer.text
    assert "&lt;mark&gt;<mark>diesel</mark>&lt;/mark&gt;" in answer.text


def test_a_long_filter_can_be_asked_whole(app: Flask, folder: Folder) -> None:
    for at in range(12):
        folder.case(f"city-{at:02}/bus", title=f"Bus number {at}", topics="mobility")
    publish(site_of(app), folder)
    client = app.test_client()

    short = client.get("/en/search?q=bus&topic=mobility")
    whole = client.get("/en/search?q=bus&topic=mobility&all=city")

    assert short.text.count('type="checkbox" form="search" name="city"') == SHOWN
    assert '<button class="whole" type="submit" form="search" name="all" value="city">' in short.text
    assert whole.text.count('type="checkbox" form="search" name="city"') == 12
    assert '<input type="hidden" form="search" name="topic" value="mobility">' in whole.text
    assert titles(whole.text) == []
    assert '<a href="/en/search?q=bus&amp;topic=mobility">Back to the cases</a>' in whole.text


@pytest.mark.parametrize("asked", ["all=nope", "all=", "q=nothing-like-it&all=city"])
def test_a_filter_that_is_not_there_cannot_be_asked_whole(filled: Flask, asked: str) -> None:
    answer = filled.test_client().get(f"/en/search?{asked}")

    assert answer.status_code == 200
    assert "facet-whole" not in answer.text
