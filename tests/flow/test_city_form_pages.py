"""A city's form on its page: fill, add rows, save, meet a newer text; who may open it."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from knowledgebase.domain.city import City
from knowledgebase.domain.person import CityRole
from knowledgebase.domain.record import Origin
from knowledgebase.services import editing_city
from knowledgebase.services.site import Site
from knowledgebase.store import cities, revisions
from tests.accounts import csrf_of, enter, member, moderator
from tests.counting import counting
from tests.form_fields import fields_of
from tests.make import a_full_city
from tests.people import OPERATOR
from tests.stores import keep_city

EDIT = "/en/cities/tehran/edit"


@pytest.fixture
def tehran(site: Site) -> City:
    """Keep Tehran with every key of the format, as its own people edit it."""
    keep_city(
        site.store, replace(a_full_city(), sources=a_full_city().sources * 2), origin=Origin.FORM, folder=None
    )
    keep_city(site.store, a_full_city("seoul", name={"en": "Seoul", "fa": "سئول"}, country="KR"))
    return stored(site)


@pytest.fixture
def admin(app: Flask, tehran: City) -> FlaskClient:
    """Log in as Tehran's admin."""
    assert tehran.id == "tehran"
    member(app, "mina@tehran.example")
    client = app.test_client()
    enter(client, "mina@tehran.example")
    return client


def stored(site: Site, city: str = "tehran") -> City:
    with site.store.reading() as db:
        found = cities.find(db, city)
    assert found
    return found.city


def send(client: FlaskClient, path: str = EDIT, **changes: str) -> TestResponse:
    """Open a form, change some fields, and send it; `__` stands for a dot."""
    fields = fields_of(client.get(path).text)
    return client.post(path, data=fields | {name.replace("__", "."): text for name, text in changes.items()})


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_form_that_is_sent_as_it_came_changes_nothing(
    site: Site, admin: FlaskClient, tehran: City, language: str
) -> None:
    answer = send(admin, f"/{language}/cities/tehran/edit")

    assert (answer.status_code, answer.location) == (303, f"/{language}/cities/tehran")
    assert stored(site) == tehran
    with site.store.reading() as db:
        assert len(revisions.of_city(db, "tehran")) == 1


def test_what_is_changed_is_saved_with_its_note_and_told(
    site: Site, admin: FlaskClient, tehran: City
) -> None:
    answer = send(admin, climate="Csa", hazards__flood="yes", note="New study")

    page = admin.get(answer.location)
    assert stored(site) == replace(tehran, climate="Csa", hazards=("earthquake", "flood"))
    assert "was saved" in page.text
    with site.store.reading() as db:
        assert revisions.of_city(db, "tehran")[0].note == "New study"


def test_all_faults_come_at_once_with_links_to_fields_and_nothing_typed_is_lost(
    site: Site, admin: FlaskClient, tehran: City
) -> None:
    answer = send(
        admin,
        country="",
        website="javascript:x",
        capacities__1__title="",
        note="n" * 400,
        body="Typed <b>text",
    )

    assert answer.status_code == 422
    for name in ("country", "website", "capacities-1-title", "note"):
        assert f'<a href="#f-{name}">' in answer.text
        assert f'id="f-{name}"' in answer.text
    assert "javascript:x" in answer.text
    assert "Typed &lt;b&gt;text" in answer.text
    assert "What the city can give, Row 1, Title" in answer.text
    assert stored(site) == tehran


def test_a_row_is_added_and_removed_without_saving(site: Site, admin: FlaskClient, tehran: City) -> None:
    added = send(admin, row="add:needs", climate="Csa")
    fields = fields_of(added.text)

    removed = admin.post(EDIT, data=fields | {"row": "remove:needs.1"})

    assert added.status_code == removed.status_code == 200
    assert {"needs.1.title", "needs.2.title"} <= set(fields)
    assert fields["climate"] == "Csa"
    assert fields_of(removed.text)["needs.1.title"] == ""
    assert "needs.2.title" not in fields_of(removed.text)
    assert stored(site) == tehran


def test_removing_a_source_moves_the_citations(admin: FlaskClient) -> None:
    removed = send(admin, row="remove:sources.1", body="See [1] and [2].", population__sources="1, 2")

    fields = fields_of(removed.text)
    assert fields["body"] == "See  and [1]."
    assert fields["population.sources"] == "1"


def test_a_sister_city_is_shown_and_read_by_its_name(site: Site, admin: FlaskClient) -> None:
    page = admin.get("/fa/cities/tehran/edit").text

    assert fields_of(page)["sisters.1.city"] == "سئول"
    assert '<option value="سئول"></option>' in page
    send(admin, sisters__1__city="SEOUL")
    assert stored(site).sisters[0].city == "seoul"


def test_fields_that_the_form_does_not_have_are_not_read(
    site: Site, admin: FlaskClient, tehran: City
) -> None:
    send(admin, id="seoul", origin="file", state="withdrawn", revision_="9", city_id="seoul")

    assert stored(site) == tehran
    assert stored(site, "seoul").name["en"] == "Seoul"


def test_a_form_that_was_overtaken_shows_both_texts(site: Site, admin: FlaskClient, tehran: City) -> None:
    mine = fields_of(admin.get(EDIT).text) | {"climate": "Csa", "body": "My own words"}
    theirs = replace(tehran, elevation_m=1300, body="Their own words")
    editing_city.edit_city(site, theirs, expected=1, by=OPERATOR)

    conflict = admin.post(EDIT, data=mine | {"note": "Mine"})

    assert conflict.status_code == 409
    assert stored(site) == theirs
    fields = fields_of(conflict.text)
    assert (fields["take.climate"], fields["take.elevation_m"]) == ("mine", "theirs")
    assert "take.body" not in fields
    assert "<mark>My</mark> own words" in conflict.text
    assert "<mark>Their</mark> own words" in conflict.text
    undecided = admin.post(EDIT, data=fields)
    assert undecided.status_code == 409
    assert '<a href="#f-take-body">' in undecided.text
    answer = admin.post(EDIT, data=fields | {"take.body": "mine"})
    assert answer.status_code == 303
    assert stored(site) == replace(theirs, climate="Csa", body="My own words")


def test_a_third_text_meanwhile_is_shown_again(site: Site, admin: FlaskClient, tehran: City) -> None:
    mine = fields_of(admin.get(EDIT).text) | {"climate": "Csa"}
    editing_city.edit_city(site, replace(tehran, elevation_m=1300), expected=1, by=OPERATOR)
    fields = fields_of(admin.post(EDIT, data=mine).text)
    editing_city.edit_city(site, replace(tehran, elevation_m=1400), expected=2, by=OPERATOR)

    again = admin.post(EDIT, data=fields)
    answer = admin.post(EDIT, data=fields_of(again.text))

    assert again.status_code == 409
    assert answer.status_code == 303
    assert stored(site) == replace(tehran, elevation_m=1400, climate="Csa")


def test_a_chosen_text_that_does_not_fit_comes_back_as_the_form(
    site: Site, admin: FlaskClient, tehran: City
) -> None:
    mine = fields_of(admin.get(EDIT).text) | {"body": "See [2]."}
    fewer = replace(tehran, sources=tehran.sources[:1], body="Theirs")
    editing_city.edit_city(site, fewer, expected=1, by=OPERATOR)
    fields = fields_of(admin.post(EDIT, data=mine).text)

    answer = admin.post(EDIT, data=fields | {"take.body": "mine", "take.sources": "theirs"})

    assert answer.status_code == 422
    assert fields_of(answer.text)["revision"] == "2"
    assert '<a href="#f-body">' in answer.text


def test_a_form_page_asks_few_questions_and_is_kept_by_nobody(site: Site, admin: FlaskClient) -> None:
    for path in (EDIT, "/en/cities/tehran", "/en/cities/tehran/take-over"):
        with counting(site.store) as counted:
            page = admin.get(path)

        assert counted.number <= 6
        assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("tehran")
@pytest.mark.parametrize("path", [EDIT, "/en/cities/tehran/take-over", "/en/cities/new"])
@pytest.mark.parametrize("who", ["visitor", "contributor", "stranger", "moderator"])
def test_nobody_else_opens_or_sends_these_pages(app: Flask, site: Site, path: str, who: str) -> None:
    member(app, "contributor@tehran.example", role=CityRole.CONTRIBUTOR)
    member(app, "stranger@seoul.example", "seoul")
    moderator(app, "moderator@exchange.example")
    client = app.test_client()
    emails = {"contributor": "contributor@tehran.example", "stranger": "stranger@seoul.example"}
    before = stored(site)
    if who == "visitor":
        assert client.get(path).location.startswith("/en/log-in?next=")
        token = csrf_of(client, "/en/log-in")
    else:
        enter(client, emails.get(who, "moderator@exchange.example"))
        assert client.get(path).status_code == 403
        token = ""  # the answer comes before anybody asks for it

    answer = client.post(path, data={"csrf_token": token, "name.en": "X", "country": "IR", "what": "all"})

    assert answer.status_code == 403
    assert stored(site) == before


def test_a_city_of_a_file_leads_to_taking_over(app: Flask, site: Site) -> None:
    keep_city(site.store, a_full_city())
    member(app, "mina@tehran.example")
    client = app.test_client()
    enter(client, "mina@tehran.example")

    assert client.get(EDIT).location == "/en/cities/tehran/take-over"
    page = client.get("/en/cities/tehran").text
    assert "/en/cities/tehran/take-over" in page
    assert "/en/cities/tehran/edit" not in page


@pytest.mark.usefixtures("tehran")
def test_a_visitor_s_page_offers_nothing_of_it(app: Flask) -> None:
    page = app.test_client().get("/en/cities/tehran").text

    assert "city-desk" not in page
    assert "/edit" not in page
