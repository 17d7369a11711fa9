"""The JSON interface: what it answers, and that its description tells the truth."""

import json
import math
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from knowledgebase.domain.language import INTERFACE
from knowledgebase.domain.query import Facet, FacetValue, Hit, Piece, Query, Results
from knowledgebase.domain.record import Listed
from knowledgebase.services.reading import CasePage, CityPage
from knowledgebase.services.site import Site
from knowledgebase.web.api.case_models import Case
from knowledgebase.web.api.city_models import City, city_answer
from knowledgebase.web.api.models import Cities, Found, Problem, Withdrawn
from knowledgebase.web.api.views import CHOICES_MAX, found
from knowledgebase.web.case_json import as_json
from tests.make import a_card, a_case, a_city_record, a_full_case, a_full_city, a_record
from tests.sites import Folder, publish

BASE = "https://cities.example"
RENAMED = 'formerly: ["smog"]\n'


@pytest.fixture
def program(app: Flask, site: Site, folder: Folder) -> FlaskClient:
    """Lend a client of a site with two cases."""
    folder.city("seoul", "KR")
    folder.case("tehran/smog", title="Smog in winter", tags="Smog, هوا")
    folder.case("seoul/buses", topics="mobility", title="Buses first")
    publish(site, folder)
    return app.test_client()


def results(**changes: Any) -> Results:
    hit = Hit(a_card(), 1.5, (Piece("Clean air zone", True),), (Piece("Old"),), "en", "en")
    told: dict[str, Any] = {"query": Query("clean"), "total": 1, "hits": (hit,)} | changes
    return Results(**told)


# Search


def test_a_search_finds_what_the_page_finds(program: FlaskClient) -> None:
    told = Found.model_validate_json(program.get("/api/v1/search?q=winter").data)

    assert [hit.id for hit in told.hits] == ["tehran/smog"]
    assert told.hits[0].url == "http://localhost/en/cases/tehran/smog"
    assert told.hits[0].score > 0
    assert (told.total, told.page, told.size) == (1, 1, 20)
    assert (told.degraded, told.incomplete, told.repaired) == (False, False, None)


def test_the_labels_of_the_filters_are_in_the_asked_language(program: FlaskClient) -> None:
    english, persian = (
        Found.model_validate_json(program.get(f"/api/v1/search?topic=air{lang}").data)
        for lang in ("", "&lang=fa")
    )

    chosen = {
        choice.value: (choice.label, choice.count, choice.selected) for choice in english.facets["topic"]
    }
    assert chosen["air"] == ("Air quality", 1, True)
    assert {choice.label for choice in persian.facets["topic"]} == {"کیفیت هوا", "ترافیک و حمل\u200cونقل"}


def test_a_reader_chooses_how_many_hits_come(program: FlaskClient) -> None:
    sizes = {
        size: Found.model_validate_json(program.get(f"/api/v1/search?size={size}").data).size
        for size in ("1", "100", "101", "x")
    }

    assert sizes == {"1": 1, "100": 100, "101": 100, "x": 20}


def test_nothing_that_is_asked_is_refused(program: FlaskClient) -> None:
    asked = {
        "q": "a" * 5000,
        "page": "-1",
        "size": "0",
        "topic": "nope",
        "sort": "up",
        "year": "x",
        "lang": "xx",
    }

    answer = program.get("/api/v1/search", query_string={**asked, "unknown": "1"})

    assert answer.status_code == 200
    Found.model_validate_json(answer.data)


@pytest.mark.parametrize(
    "asked", ["page=2", "page=3&size=1", "page=۲", "page=999999999", "q=nothing-like-it&page=2"]
)
def test_a_page_past_the_end_is_refused(program: FlaskClient, asked: str) -> None:
    answer = program.get(f"/api/v1/search?{asked}")

    told = Problem.model_validate_json(answer.data)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert (told.code, told.title) == ("past-the-end", "There are fewer pages than that.")


@pytest.mark.parametrize(
    "asked", ["page=2&size=1", "page=002&size=1", "page=1", "page=0", "page=", "q=nothing-like-it"]
)
def test_every_page_up_to_the_last_is_answered(program: FlaskClient, asked: str) -> None:
    assert program.get(f"/api/v1/search?{asked}").status_code == 200


def test_a_mistyped_word_is_told(program: FlaskClient) -> None:
    told = Found.model_validate_json(program.get("/api/v1/search?q=wintor").data)

    assert (told.repaired, [hit.id for hit in told.hits]) == ("winter", ["tehran/smog"])


@pytest.mark.parametrize("score", [math.nan, math.inf])
def test_a_score_is_always_a_number(bare: Flask, score: float) -> None:
    hit = Hit(a_card(), score, (), (), "en", "en")

    with bare.test_request_context("/"):
        told = found(results(hits=(hit,)), "en")

    assert json.loads(told.model_dump_json())["hits"][0]["score"] == 0


def test_a_hit_is_in_the_language_in_which_it_is_shown(bare: Flask) -> None:
    hit = Hit(a_card(), 1.0, (Piece("حریم هوای پاک"),), (), "fa", "en")

    with bare.test_request_context("/"):
        told = found(results(hits=(hit,)), "fa").hits[0]

    assert (told.title, told.language, told.written_by) == ("حریم هوای پاک", "fa", "city")
    assert told.summary.startswith("خودروهای")


def test_a_long_filter_is_cut_but_keeps_what_was_chosen(bare: Flask) -> None:
    values = tuple(FacetValue(f"t{number}", 1, number == 500) for number in range(600))

    with bare.test_request_context("/"):
        told = found(results(facets={"tag": Facet(values)}), "en").facets["tag"]

    assert len(told) == CHOICES_MAX + 1
    assert (told[-1].value, told[-1].selected) == ("t500", True)


def test_the_simple_list_of_the_database_is_labelled(bare: Flask) -> None:
    with bare.test_request_context("/"):
        told = found(results(is_degraded=True, is_incomplete=True, repaired="winter"), "en")

    assert (told.degraded, told.incomplete, told.repaired, told.facets) == (True, True, "winter", {})


# Cases and cities


@pytest.mark.parametrize("case", [a_case(), a_full_case()], ids=["short", "full"])
def test_a_case_is_what_the_description_says(bare: Flask, case: Any) -> None:
    page = CasePage(a_record(case), a_city_record(a_full_city()), cover="0123456789abcdef")

    with bare.test_request_context("/"):
        text = json.dumps(as_json(page, BASE), allow_nan=False)

    told = Case.model_validate_json(text)
    assert json.loads(told.model_dump_json(by_alias=True)).keys() == json.loads(text).keys()
    assert "air@example.org" not in text


def test_a_stored_case_is_what_the_description_says(program: FlaskClient) -> None:
    answer = program.get("/api/v1/cases/tehran/smog")

    told = Case.model_validate_json(answer.data)
    assert (answer.mimetype, told.id, told.city.country) == ("application/json", "tehran/smog", "IR")
    assert told.urls.pages["fa"] == "http://localhost/fa/cases/tehran/smog"


def test_a_case_is_sent_once(program: FlaskClient) -> None:
    tag = program.get("/api/v1/cases/tehran/smog").headers["ETag"]

    again = program.get("/api/v1/cases/tehran/smog", headers={"If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")


def test_a_withdrawn_case_is_gone_with_its_city_and_date(
    program: FlaskClient, site: Site, folder: Folder
) -> None:
    folder.remove("tehran/smog.md")
    publish(site, folder, may_withdraw=True)

    answer = program.get("/api/v1/cases/tehran/smog?lang=fa")

    told = answer.get_json()
    Withdrawn.model_validate_json(answer.data)
    assert (answer.status_code, answer.mimetype) == (410, "application/problem+json")
    assert (told["code"], told["city"], told["title"]) == ("gone", "tehran", "این تجربه پس گرفته شده است")
    assert datetime.fromisoformat(told["withdrawn"]).tzinfo == UTC


def test_a_renamed_case_is_led_to_its_new_address(program: FlaskClient, site: Site, folder: Folder) -> None:
    folder.remove("tehran/smog.md")
    folder.case("tehran/winter-smog", more=RENAMED)
    publish(site, folder)

    answer = program.get("/api/v1/cases/tehran/smog")

    assert (answer.status_code, answer.location) == (301, "/api/v1/cases/tehran/winter-smog")


@pytest.mark.parametrize(
    "place",
    ["cases/tehran/nope", "cases/tehran/..", "cases/TEHRAN/smog", "cities/nope", "cities/NOPE", "nope"],
)
def test_what_is_not_there_is_a_problem_document(program: FlaskClient, place: str) -> None:
    answer = program.get(f"/api/v1/{place}")

    told = Problem.model_validate_json(answer.data)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert told.status == 404


def test_all_cities_are_listed(program: FlaskClient) -> None:
    told = Cities.model_validate_json(program.get("/api/v1/cities?lang=fa").data)

    assert [(city.id, city.country_name, city.cases) for city in told.cities] == [
        ("seoul", "کرهٔ جنوبی", 1),
        ("tehran", "ایران", 1),
    ]
    assert told.total == 2


def test_a_city_tells_every_key_but_the_address_of_its_contact() -> None:
    page = CityPage(a_city_record(a_full_city()), Listed((), 0), {}, frozenset({"seoul"}))

    text = city_answer(page, url=f"{BASE}/en/cities/tehran", search=BASE).model_dump_json()

    told = json.loads(text)
    City.model_validate_json(text)
    assert "io@example.org" not in text
    assert told["contact"] == {"office": "International office", "url": "https://example.org/io"}
    assert (told["location"], told["area_km2"]) == ({"lat": 35.6892, "lon": 51.389}, 730.5)
    assert told["investments"][0]["amount"] == {"low": 1, "high": 2}
    assert told["investments"][0]["as_of"]["first"] == "2024-01-01"
    assert told["sisters"][0]["confirmed"] is True
    assert told["sources"][0]["number"] == 1


def test_a_stored_city_is_what_the_description_says(program: FlaskClient) -> None:
    told = City.model_validate_json(program.get("/api/v1/cities/tehran").data)

    assert (told.id, told.cases, told.url) == ("tehran", 1, "http://localhost/en/cities/tehran")
    assert Found.model_validate_json(program.get(told.search).data).total == 1


# Everyone's


def test_scripts_of_every_site_may_read_the_interface_and_nothing_else(program: FlaskClient) -> None:
    def opened(address: str) -> str | None:
        return program.get(address).headers.get("Access-Control-Allow-Origin")

    assert {opened(f"/api/v1/{place}") for place in ("search", "cities", "openapi.json", "nope")} == {"*"}
    assert {opened(place) for place in ("/en/", "/en/search", "/api/v2/search", "/readyz")} == {None}


def test_the_language_of_a_browser_changes_nothing(program: FlaskClient) -> None:
    answers = {
        program.get("/api/v1/search?topic=air", headers={"Accept-Language": language}).data
        for language in INTERFACE
    }

    assert len(answers) == 1


@pytest.mark.parametrize("place", ["nope", "cases/tehran/nope"])
def test_programs_that_name_no_language_are_refused_in_english(program: FlaskClient, place: str) -> None:
    plain = program.get(f"/api/v1/{place}")
    persian = program.get(f"/api/v1/{place}", headers={"Accept-Language": "fa"})
    asked = program.get(f"/api/v1/{place}?lang=fa")

    assert plain.data == persian.data
    assert Problem.model_validate_json(plain.data).title.isascii()
    assert not Problem.model_validate_json(asked.data).title.isascii()
    assert "Accept-Language" not in plain.vary


def test_lists_are_sent_once(program: FlaskClient) -> None:
    for place in ("search", "cities", "cities/tehran", "openapi.json"):
        tag = program.get(f"/api/v1/{place}").headers["ETag"]

        assert program.get(f"/api/v1/{place}", headers={"If-None-Match": tag}).status_code == 304
