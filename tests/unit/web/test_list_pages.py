"""Lists of topics, tags, networks and cities as a reader opens them."""

import re
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from knowledgebase.domain.language import INTERFACE
from knowledgebase.services.site import Site
from tests.sites import Folder, publish, site_of

each_language = pytest.mark.parametrize("language", INTERFACE)
PLACES = ("cities/", "topics/", "topics/air", "tags/", "networks/", "networks/c40", "about")
MEMBER = """---
name: {en: Seoul, fa: سئول}
country: KR
networks: [{id: c40}, {name: Cities of the river}]
---
"""


@pytest.fixture
def reader(app: Flask, site: Site, folder: Folder) -> FlaskClient:
    """Lend a browser on a site with two cities and three cases."""
    folder.write("seoul/_city.md", MEMBER)
    folder.case("seoul/buses", topics="mobility", tags="Bus, café")
    folder.case("tehran/smog", tags="Smog, bus")
    folder.case("tehran/dust", title="Dust & wind")
    publish(site, folder)
    return app.test_client()


@each_language
def test_an_empty_site_has_all_its_lists(app: Flask, language: str) -> None:
    answers = [app.test_client().get(f"/{language}/{place}") for place in PLACES]

    assert [answer.status_code for answer in answers] == [200] * len(PLACES)
    assert all(f'<html lang="{language}"' in answer.text for answer in answers)


@each_language
def test_every_list_names_its_languages_and_its_own_address(app: Flask, language: str) -> None:
    for place in PLACES:
        text = app.test_client().get(f"/{language}/{place}").text

        assert f'<link rel="canonical" href="http://localhost/{language}/{place}">' in text
        for other in INTERFACE:
            assert f'hreflang="{other}" href="http://localhost/{other}/{place}"' in text


def test_a_topic_shows_its_cases_and_a_search_within(reader: FlaskClient) -> None:
    text = reader.get("/en/topics/air").text

    assert "Dust &amp; wind" in text
    assert "/en/cases/seoul/buses" not in text
    assert '<input type="hidden" name="topic" value="air">' in text
    assert 'type="application/atom+xml"' in text
    assert "2 cases" in text


def test_the_topics_tell_their_numbers(reader: FlaskClient) -> None:
    text = reader.get("/fa/topics/").text

    assert "۲ تجربه" in text
    assert text.count('<article class="card topic-card"') == 16


def test_what_is_not_there_is_not_found(app: Flask) -> None:
    places = ("topics/nope", "topics/AIR", "tags/nope", "networks/nope", "topics/air/more")

    assert [app.test_client().get(f"/en/{place}").status_code for place in places] == [404] * len(places)


@pytest.mark.parametrize("place", ["topics/air", "tags/smog", "tags/", "networks/c40"])
def test_a_page_behind_the_last_one_is_not_found(reader: FlaskClient, place: str) -> None:
    pages = ("1", "\u00b2", "2", "9" * 5000)

    found = [reader.get(f"/en/{place}", query_string={"page": page}).status_code for page in pages]

    assert found == [200, 200, 404, 404]


def test_a_tag_is_one_whatever_its_spelling(reader: FlaskClient) -> None:
    text = reader.get("/en/tags/bus").text

    assert "/en/cases/seoul/buses" in text
    assert "/en/cases/tehran/smog" in text
    assert "2 cases" in text


@pytest.mark.parametrize("typed", ["Caf\u00e9", "CAFE", " cafe ", "caf\u0065\u0301", "ca\u200bfe"])
def test_another_spelling_is_led_to_the_folded_one(reader: FlaskClient, typed: str) -> None:
    answer = reader.get(f"/fa/tags/{quote(typed)}")

    assert (answer.status_code, answer.location) == (301, "/fa/tags/cafe")
    assert reader.get("/fa/tags/cafe").status_code == 200


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("fa", ["پل", "چاه", "گاز", "rail", "water"]), ("en", ["rail", "water", "پل", "چاه", "گاز"])],
)
def test_the_tags_of_the_reader_s_script_come_first(
    app: Flask, folder: Folder, language: str, wanted: list[str]
) -> None:
    folder.case("tehran/one", tags="water, گاز, rail, چاه, پل, smog")
    folder.case("tehran/two", tags="smog")
    publish(site_of(app), folder)

    text = app.test_client().get(f"/{language}/tags/").text

    assert re.findall(r"/tags/[^\"]+\"><bdi>([^<]+)", text) == ["smog", *wanted]


def test_the_tags_lead_to_their_folded_addresses(reader: FlaskClient) -> None:
    text = reader.get("/en/tags/").text

    assert re.search(r'<a href="/en/tags/bus"><bdi>[Bb]us</bdi> <span class="count">2</span>', text)
    assert '<a href="/en/tags/cafe"><bdi>café</bdi>' in text


def test_a_network_shows_its_cities_and_their_cases(reader: FlaskClient) -> None:
    text = reader.get("/fa/networks/c40").text

    assert "سئول" in text
    assert "/fa/cases/seoul/buses" in text
    assert "/fa/cases/tehran/smog" not in text
    assert 'href="https://www.c40.org"' in text


def test_a_network_without_an_id_is_found_by_its_name(reader: FlaskClient) -> None:
    index = reader.get("/en/networks/").text

    assert '<a href="/en/networks/Cities%20of%20the%20river">' in index
    assert reader.get("/en/networks/Cities%20of%20the%20river").status_code == 200


def test_the_cities_stand_below_their_countries(reader: FlaskClient) -> None:
    text = reader.get("/en/cities/").text

    assert text.index("Iran") < text.index("/en/cities/tehran") < text.index("South Korea")
    assert "2 cities" in text
    assert "3 cases" in text


def test_a_withdrawn_case_is_on_no_list(reader: FlaskClient, site: Site, folder: Folder) -> None:
    folder.remove("tehran/smog.md")
    publish(site, folder, may_withdraw=True)

    outlets = ("topics/air", "tags/bus", "feed.atom", "topics/air/feed.atom", "cities/")
    texts = [reader.get(f"/en/{outlet}").text for outlet in outlets] + [reader.get("/sitemap.xml").text]

    assert [text for text in texts if "tehran/smog" in text] == []
    assert reader.get("/en/tags/smog").text.count("/en/cases/") == 1  # of the case that still has it


@each_language
def test_the_page_about_the_exchange_explains_every_level(app: Flask, language: str) -> None:
    text = app.test_client().get(f"/{language}/about").text

    assert text.count('class="level-number"') == 5
    assert 'href="/api/v1/openapi.json"' in text
    assert f"http://localhost/api/v1/search?q=water&amp;topic=water&amp;lang={language}" in text
