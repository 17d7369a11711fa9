"""How a city begins to write itself: it is added in a form, or takes over what came from files."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from knowledgebase.domain.city import City
from knowledgebase.domain.person import PlatformRole
from knowledgebase.domain.record import Origin
from knowledgebase.services import editing_city, taking_over
from knowledgebase.services.site import Site
from knowledgebase.store import cases, cities
from tests.accounts import enter, member, moderator
from tests.form_fields import fields_of
from tests.make import a_case, a_full_city
from tests.people import OPERATOR
from tests.sites import Folder, publish
from tests.stores import keep_case, keep_city


def stored(site: Site, city: str) -> City:
    with site.store.reading() as db:
        found = cities.find(db, city)
    assert found
    return found.city


@pytest.fixture
def filed(app: Flask, site: Site) -> FlaskClient:
    """Keep Tehran and two cases as files, and log in as its admin."""
    keep_city(site.store, a_full_city())
    keep_case(site.store, a_case())
    keep_case(site.store, a_case("tehran/noise", title="Noise <map>"))
    member(app, "mina@tehran.example")
    client = app.test_client()
    enter(client, "mina@tehran.example")
    return client


def origins(site: Site) -> list[Origin]:
    with site.store.reading() as db:
        found = [
            cities.stamp(db, "tehran"),
            *(cases.stamp(db, f"tehran/{one}") for one in ("clean-air", "noise")),
        ]
    return [one.origin for one in found if one]


@pytest.mark.parametrize(
    ("what", "taken"),
    [
        ("page", [Origin.FORM, Origin.FILE, Origin.FILE]),
        ("tehran/noise", [Origin.FILE, Origin.FILE, Origin.FORM]),
        ("all", [Origin.FORM] * 3),
    ],
)
def test_a_city_takes_over_its_page_one_case_or_all(
    site: Site, filed: FlaskClient, what: str, taken: list[Origin]
) -> None:
    path = "/en/cities/tehran/take-over"
    page = filed.get(path).text
    assert "Noise &lt;map&gt;" in page

    answer = filed.post(path, data=fields_of(page) | {"what": what, "note": "Letter 12"})

    assert (answer.status_code, answer.location) == (303, path)
    assert origins(site) == taken
    assert "city&#39;s own now" in filed.get(path).text


@pytest.mark.parametrize("what", ["", "everything", "seoul/x", "tehran"])
def test_taking_over_without_saying_what_changes_nothing(site: Site, filed: FlaskClient, what: str) -> None:
    path = "/en/cities/tehran/take-over"

    answer = filed.post(path, data=fields_of(filed.get(path).text) | {"what": what})

    assert answer.status_code == 422
    assert origins(site) == [Origin.FILE] * 3


def test_taking_over_what_is_not_there_is_not_found(filed: FlaskClient) -> None:
    path = "/en/cities/tehran/take-over"

    assert filed.post(path, data=fields_of(filed.get(path).text) | {"what": "tehran/no"}).status_code == 404


def test_when_nothing_is_left_the_page_says_so(filed: FlaskClient) -> None:
    path = "/en/cities/tehran/take-over"
    filed.post(path, data=fields_of(filed.get(path).text) | {"what": "all"})

    filed.get(path)
    page = filed.get(path).text

    assert "own already" in page
    assert "/en/cities/tehran/edit" in page
    assert "/take-over" not in filed.get("/en/cities/tehran").text


@pytest.fixture
def chief(app: Flask) -> FlaskClient:
    """Log in as the exchange's admin."""
    moderator(app, "chief@exchange.example", PlatformRole.ADMIN)
    client = app.test_client()
    enter(client, "chief@exchange.example")
    return client


def test_a_platform_admin_adds_a_city(site: Site, chief: FlaskClient) -> None:
    assert "/en/cities/new" in chief.get("/en/cities/").text
    filled = fields_of(chief.get("/en/cities/new").text) | {
        "name.en": "Cape Town",
        "name.fa": "کیپ‌تاون",
        "country": "ZA",
    }

    answers = [chief.post("/en/cities/new", data=filled) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location.startswith("/en/cities/cape-town")
    assert stored(site, "cape-town").name == {"en": "Cape Town", "fa": "کیپ‌تاون"}
    assert editing_city.open_city(site, "cape-town", by=OPERATOR).record.revision == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name.en": ""}, "name-en"),
        ({"country": ""}, "country"),
        ({"id": "Cape Town"}, "id"),
        ({"id": "new"}, "id"),
        ({"name.en": "کیپ"}, "id"),
        ({"name.en": "T\u0435hran"}, "name-en"),
        ({"id": "tehran"}, "id"),
    ],
)
def test_a_city_that_cannot_be_added_comes_back_with_its_faults(
    site: Site, chief: FlaskClient, changes: dict[str, str], field: str
) -> None:
    keep_city(site.store, a_full_city())
    filled = {"name.en": "Cape Town", "name.fa": "", "country": "ZA", "id": ""} | changes

    answer = chief.post("/en/cities/new", data=fields_of(chief.get("/en/cities/new").text) | filled)

    assert answer.status_code == 422
    assert f'<a href="#f-{field}">' in answer.text


def test_a_taken_over_case_stays_as_it_is_after_the_next_import(
    app: Flask, site: Site, folder: Folder
) -> None:
    folder.case("tehran/clean-air", title="Of the editors")
    publish(site, folder)
    taking_over.take_over_all(site, "tehran", by=OPERATOR)
    folder.case("tehran/clean-air", title="Changed later")

    publish(site, folder)

    assert "Of the editors" in app.test_client().get("/en/cases/tehran/clean-air").text
