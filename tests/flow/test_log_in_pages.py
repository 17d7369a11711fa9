"""Log in and log out as a browser does it: cookies, ways back, forms that meet a closed session."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from knowledgebase.services import entering
from tests.accounts import PASSWORD, csrf_of, enter, member
from tests.sites import site_of

CARRIED = re.compile(r'name="kept\.([^"]+)"')


def test_a_member_comes_in_and_goes_where_it_wanted(app: Flask) -> None:
    member(app, "mina@tehran.example")
    client = app.test_client()

    answer = enter(client, "mina@tehran.example", next="/en/topics/")

    assert (answer.status_code, answer.location) == (303, "/en/topics/")
    assert "mina" in client.get("/en/topics/").text.lower()


@pytest.mark.parametrize(
    "path", ["//e", "/\\e", "https:e", "/%09//e", "javascript:alert(1)", "\t//e", "/nowhere"]
)
def test_the_way_back_stays_on_this_site(app: Flask, path: str) -> None:
    member(app, "mina@tehran.example")

    answer = enter(app.test_client(), "mina@tehran.example", next=path)

    assert answer.location == "/en/"


def test_the_old_cookie_is_dead_after_log_out(app: Flask) -> None:
    member(app, "mina@tehran.example")
    client = app.test_client()
    enter(client, "mina@tehran.example")
    cookie = client.get_cookie("kb")
    assert cookie is not None

    client.post("/en/log-out", data={"csrf_token": csrf_of(client, "/en/account")})
    client.set_cookie("kb", cookie.value)

    assert entering.who(site_of(app), cookie.value).person is None


def test_pages_of_people_are_kept_by_nobody(app: Flask) -> None:
    member(app, "mina@tehran.example")
    client = app.test_client()
    enter(client, "mina@tehran.example")

    answer = client.get("/en/")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]


def test_a_wrong_password_keeps_the_address_and_not_the_password(app: Flask) -> None:
    member(app, "mina@tehran.example")

    answer = enter(app.test_client(), "mina@tehran.example", password="not this one at all")  # noqa: S106

    assert answer.status_code == 422
    assert "mina@tehran.example" in answer.text
    assert "not this one" not in answer.text


def test_the_eleventh_try_is_told_to_wait(app: Flask) -> None:
    member(app, "mina@tehran.example")
    client = app.test_client()

    answers = [enter(client, "mina@tehran.example", password="wrong wrong wrong") for _ in range(11)]  # noqa: S106

    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert answers[-1].headers["Retry-After"] == "300"


def test_a_form_without_its_token_changes_nothing(app: Flask) -> None:
    member(app, "mina@tehran.example")

    answer = app.test_client().post("/en/log-in", data={"email": "mina@tehran.example", "password": PASSWORD})

    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("header", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_a_form_of_another_site_is_refused_even_with_a_token(app: Flask, header: dict[str, str]) -> None:
    member(app, "mina@tehran.example")
    client = app.test_client()
    data = {"csrf_token": csrf_of(client, "/en/log-in"), "email": "mina@tehran.example", "password": PASSWORD}

    assert client.post("/en/log-in", data=data, headers=header).status_code == 403


def test_remembering_gives_a_cookie_that_outlives_the_browser(app: Flask) -> None:
    member(app, "mina@tehran.example")
    client: FlaskClient = app.test_client()

    enter(client, "mina@tehran.example", remember="yes")

    cookie = client.get_cookie("kb")
    assert cookie is not None
    assert cookie.max_age == entering.ABSOLUTE_REMEMBERED.total_seconds()
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")


def test_a_page_for_people_leads_a_visitor_to_the_log_in_and_back(app: Flask) -> None:
    answer = app.test_client().get("/en/account")

    assert (answer.status_code, answer.location) == (303, "/en/log-in?next=%2Fen%2Faccount")


def test_what_was_typed_comes_back_after_a_log_in_that_came_between(app: Flask) -> None:
    member(app, "mina@tehran.example")
    client = app.test_client()
    typed = {
        "name": "Mina Rad",
        "position": "Chief\r\nengineer",
        "csrf_token": "old",
        "new_password": "secret",
    }

    closed = client.post("/en/account/profile", data=typed)
    kept = {f"kept.{name}": typed[name] for name in CARRIED.findall(closed.text)}
    again = enter(client, "mina@tehran.example", kept_to="/en/account/profile", **kept)

    assert closed.status_code == 403
    assert set(kept) == {"kept.name", "kept.position"}
    assert again.status_code == 200
    assert 'action="/en/account/profile"' in again.text
    assert "Mina Rad" in again.text
    assert "velvet" not in closed.text + again.text


def test_a_form_whose_token_is_lost_can_be_sent_again(app: Flask) -> None:
    member(app, "mina@tehran.example")
    client = app.test_client()
    enter(client, "mina@tehran.example")

    answer = client.post("/en/account/profile", data={"name": "Mina Rad"})

    assert answer.status_code == 403
    assert "Mina Rad" in answer.text
    assert "csrf_token" in answer.text
