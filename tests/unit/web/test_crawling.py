"""What search engines and browsers ask for by itself."""

from xml.etree import ElementTree

import pytest
from flask import Flask

from knowledgebase.domain.language import INTERFACE
from knowledgebase.web import addresses
from knowledgebase.web.crawling import FILE_MAX, Place, fixed_places, map_of_maps, site_map
from tests.make import NOON
from tests.unit.web.conftest import bare_app

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
BYTES_MAX = 50 * 1024 * 1024  # of one site map, by its protocol
LONGEST = "c" * 40 + "/" + "\u0633" * 60  # a case id of forty and sixty letters


def found(text: str, path: str, attribute: str = "") -> list[str]:
    elements = ElementTree.fromstring(text).findall(path, NAMES)  # noqa: S314 - our own
    return [(one.get(attribute) if attribute else one.text) or "" for one in elements]


def place(case_id: str) -> Place:
    return Place(lambda language: addresses.case(language, case_id), NOON)


def test_every_language_of_a_page_names_all_its_languages() -> None:
    text = site_map([place("tehran/clean-air")], "https://cities.example")

    pages = [f"https://cities.example/{language}/cases/tehran/clean-air" for language in INTERFACE]
    assert found(text, ".//s:loc") == pages
    assert found(text, "s:url[1]/x:link", "href") == pages
    assert found(text, "s:url[1]/x:link", "hreflang") == list(INTERFACE)
    assert found(text, ".//s:lastmod") == ["2026-01-02", "2026-01-02"]


def test_the_longest_site_map_stays_below_what_its_protocol_allows() -> None:
    one = site_map([place(LONGEST)], f"https://{'b' * 60}.example")

    assert len(one.encode()) * FILE_MAX / len(INTERFACE) < BYTES_MAX


def test_the_fixed_pages_are_the_lists_the_topics_the_networks_and_the_cities() -> None:
    places = [place.address("en") for place in fixed_places(["c40"], ["tehran"])]

    assert {"/en/", "/en/about", "/en/topics/air", "/en/networks/c40", "/en/cities/tehran"} <= set(places)
    assert len(places) == len(set(places)) == 6 + 16 + 2


def test_many_site_maps_have_a_list() -> None:
    text = map_of_maps(2, "https://cities.example")

    assert found(text, ".//s:loc") == [
        "https://cities.example/sitemap-1.xml",
        "https://cities.example/sitemap-2.xml",
    ]


def test_crawlers_stay_out_of_searches_and_find_the_site_map() -> None:
    lines = bare_app(base_url="https://cities.example").test_client().get("/robots.txt").text.splitlines()

    assert {"User-agent: *", "Disallow: /fa/search?", "Disallow: /en/search?", "Disallow: /api/"} <= set(
        lines
    )
    assert "Sitemap: https://cities.example/sitemap.xml" in lines
    assert not [
        line for line in lines if line.startswith("Disallow:") and ("cases" in line or "topics" in line)
    ]


@pytest.mark.parametrize("language", INTERFACE)
def test_a_browser_can_take_up_the_search(bare: Flask, language: str) -> None:
    answer = bare.test_client().get(f"/{language}/opensearch.xml")

    root = ElementTree.fromstring(answer.text)  # noqa: S314 - our own
    told = {one.tag.partition("}")[2]: one for one in root}
    assert answer.mimetype == "application/opensearchdescription+xml"
    assert 0 < len(told["ShortName"].text or "") <= 16
    assert told["Language"].text == language
    assert f"http://localhost/{language}/search?q={{searchTerms}}" in [one.get("template") for one in root]


def test_the_description_without_a_language_follows_the_browser(bare: Flask) -> None:
    answer = bare.test_client().get("/opensearch.xml", headers={"Accept-Language": "en"})

    assert "/en/search?q=" in answer.text
    assert "Accept-Language" in answer.headers["Vary"]


def test_the_old_name_of_the_icon_leads_to_it(bare: Flask) -> None:
    leading = bare.test_client().get("/favicon.ico")

    with bare.test_client().get(leading.location) as answer:
        assert (leading.status_code, answer.status_code, answer.mimetype) == (302, 200, "image/svg+xml")
