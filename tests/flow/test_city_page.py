"""The page of a city on real parts: who it is, what it gives and wants, and its cases."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from knowledgebase.domain.city import Sister
from knowledgebase.services.reading import CITY_CARDS
from knowledgebase.store import case_writing
from tests.counting import counting
from tests.make import LATER, NOON, a_case, a_city, a_full_city
from tests.sites import site_of
from tests.stores import keep_case, keep_city

# What every key looks like to a reader of English; each string must stand in the page.
SHOWN = {
    "name": "<h1>Tehran</h1>",
    "other names": '<bdi lang="ar">طهران</bdi>',
    "administration": "Tehran Municipality",
    "country": "Iran",
    "location": "35.69° north, 51.39° east",
    "population": "8,700,000",
    "area_km2": "730.5 km²",
    "density": "11,910 per km²",
    "elevation_m": "1,200 m",
    "coastal": "On the coast",
    "climate": "Cold semi-arid (BSk)",
    "income_band": "Upper-middle-income country",
    "hazards": "Earthquake",
    "languages": "Persian",
    "website": 'href="https://example.org"',
    "governance": "How it is governed",
    "capacities": "Metro training",
    "investments": "Tram",
    "needs": "Leak detection",
    "sisters": "Sister cities",
    "networks": 'href="/en/networks/c40"',
    "contact": "International office",
    "sources": 'id="c-source-1"',
    "body": "A city.",
}


@pytest.fixture
def full(app: Flask) -> FlaskClient:
    """Lend a reader of a site with one city in which every key has a value."""
    keep_city(site_of(app).store, a_full_city())
    return app.test_client()


@pytest.mark.parametrize("key", SHOWN)
def test_every_part_of_the_format_is_shown(full: FlaskClient, key: str) -> None:
    assert SHOWN[key] in full.get("/en/cities/tehran").text


def test_the_address_of_the_contact_is_given_to_nobody(full: FlaskClient) -> None:
    assert "io@example.org" not in full.get("/en/cities/tehran").text


def test_what_a_city_does_not_have_is_left_out(app: Flask) -> None:
    keep_city(site_of(app).store, a_city())

    html = app.test_client().get("/en/cities/tehran").text

    assert "None" not in html
    assert re.findall(r'<h2 id="(\w+)"', html) == []


def test_a_sister_city_that_names_this_one_too_is_confirmed(app: Flask, full: FlaskClient) -> None:
    store = site_of(app).store
    keep_city(store, a_city("seoul", name={"en": "Seoul"}, country="KR"))
    alone = full.get("/en/cities/tehran").text

    keep_city(store, a_city("seoul", name={"en": "Seoul"}, country="KR", sisters=(Sister("tehran"),)))
    both = full.get("/en/cities/tehran").text

    assert "not confirmed by" in alone
    assert "not confirmed by" not in both
    assert '<a href="/en/cities/seoul">Seoul</a>' in both


def test_the_cases_of_a_city_come_newest_first_and_by_pages(app: Flask) -> None:
    store = site_of(app).store
    keep_city(store)
    for number in range(CITY_CARDS + 1):
        keep_case(store, a_case(f"tehran/c{number}", title=f"C{number}"), at=NOON + timedelta(days=number))
    client = app.test_client()

    first, second = (client.get(f"/en/cities/tehran{page}").text for page in ("", "?page=2"))

    title = re.compile(r'class="card-title"[^>]*><a[^>]*>(C\d+)</a>')
    assert title.findall(first)[:2] == [f"C{CITY_CARDS}", f"C{CITY_CARDS - 1}"]
    assert title.findall(second) == ["C0"]
    assert 'rel="next" href="/en/cities/tehran?page=2"' in first
    assert client.get("/en/cities/tehran?page=3").status_code == 404


def test_a_withdrawn_case_is_not_among_them(app: Flask) -> None:
    store = site_of(app).store
    keep_city(store)
    keep_case(store, a_case("tehran/kept", title="Kept case"))
    keep_case(store, a_case("tehran/gone", title="Gone case"))
    with store.writing() as db:
        case_writing.withdraw(db, "tehran/gone", at=LATER, by="somebody")

    html = app.test_client().get("/en/cities/tehran").text

    assert "Kept case" in html
    assert "Gone case" not in html


@pytest.mark.parametrize("path", ["none", "T%C3%89HRAN", "a%00b", "tehran?page=2"])
def test_a_city_that_is_not_there_is_not_found(full: FlaskClient, path: str) -> None:
    assert full.get(f"/en/cities/{path}").status_code == 404


def test_a_city_asks_the_database_at_most_four_times(app: Flask, full: FlaskClient) -> None:
    keep_case(site_of(app).store, a_case())

    with counting(site_of(app).store) as counted:
        full.get("/en/cities/tehran")

    assert counted.number <= 4
