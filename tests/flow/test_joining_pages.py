"""Pages on which people ask to join, whoever decides does so, and a city shows how it was verified."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from knowledgebase.domain.person import CityRole
from knowledgebase.store.tables_joining import join_requests
from knowledgebase.web.context import keep_site
from tests.accounts import csrf_of, enter, logged_in, member, platform_admin
from tests.counting import counting
from tests.people import rows
from tests.sites import site_of

ASKED = {
    "city": "tehran",
    "name": "Nima Rad",
    "position": "Planner",
    "office": "Parks",
    "email": "nima@tehran.example",
    "letter": "I look after the parks.\n\nOur registry: 123.",
}


def ask(app: Flask, **changes: str) -> tuple[int, str]:
    client = app.test_client()
    data = {"csrf_token": csrf_of(client, "/en/join"), **ASKED, **changes}
    answer = client.post("/en/join", data=data, follow_redirects=True)
    return answer.status_code, answer.text


def admin(app: Flask, city: str = "tehran") -> FlaskClient:
    return logged_in(app, f"chief@{city}.example", city)


def request_page(client: FlaskClient) -> str:
    found = re.search(r'href="(/en/requests/[a-z0-9]{12})"', client.get("/en/requests").text)
    assert found
    return found[1]


def send(client: FlaskClient, page: str, to: str, **fields: str) -> tuple[int, str]:
    answer = client.post(to, data={"csrf_token": csrf_of(client, page), **fields}, follow_redirects=True)
    return answer.status_code, answer.text


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("page", ["join", "join/asked", "forgotten", "forgotten/sent"])
def test_pages_for_visitors_are_there_and_not_for_search_engines(
    app: Flask, language: str, page: str
) -> None:
    answer = app.test_client().get(f"/{language}/{page}")

    assert answer.status_code == 200
    assert '<meta name="robots" content="noindex">' in answer.text


def test_a_request_is_thanked_for_and_kept_once(app: Flask) -> None:
    member(app, "chief@tehran.example")

    first, second = ask(app), ask(app)

    assert first == second
    assert first[0] == 200
    assert "Thank you" in first[1]
    assert rows(site_of(app).store, join_requests) == 1


def test_every_fault_is_linked_and_what_was_typed_comes_back(app: Flask) -> None:
    status, page = ask(app, city="", email="nobody", letter="", name="Nima \u202e Rad")

    assert status == 422
    assert {"#f-city_name", "#f-country", "#f-email", "#f-letter", "#f-name"} <= set(
        re.findall(r'href="(#[^"]+)"', page)
    )
    assert 'value="Planner"' in page


def test_a_city_that_is_not_here_is_a_fault_of_the_form(app: Flask) -> None:
    assert ask(app, city="atlantis")[0] == 422


def test_the_sixth_request_of_an_address_waits_an_hour(app: Flask) -> None:
    member(app, "chief@tehran.example")
    for number in range(5):
        ask(app, email=f"p{number}@x.example")

    status, page = ask(app, email="p5@x.example")

    assert status == 429
    assert 'value="p5@x.example"' in page


def test_the_answer_is_the_same_for_an_address_that_has_an_account(app: Flask) -> None:
    member(app, "chief@tehran.example")

    assert ask(app, email="chief@tehran.example") == ask(app, email="nobody@tehran.example")


def test_an_admin_accepts_and_sees_the_link_once(app: Flask) -> None:
    client = admin(app)
    ask(app)
    page = request_page(client)

    shown = client.get(page).text
    status, listed = send(client, page, f"{page}/accept", role="contributor", may_publish="yes")
    link = re.search(r"http://localhost(/en/join/[\w-]{43})", listed)

    assert "Our registry: 123." in shown
    assert status == 200
    assert link
    assert app.test_client().get(link[1]).status_code == 200
    assert link[1] not in client.get("/en/requests").text
    assert "Nobody waits for you." in client.get("/en/requests").text


def test_an_admin_refuses_with_a_line(app: Flask) -> None:
    client = admin(app)
    ask(app)
    page = request_page(client)

    without = send(client, page, f"{page}/refuse", note="")
    status, listed = send(client, page, f"{page}/refuse", note="No letter.")

    assert without[0] == 422
    assert "#f-note" in without[1]
    assert (status, "The request is refused." in listed) == (200, True)
    assert client.get(page).status_code == 404


def test_a_new_city_is_named_by_a_platform_admin(app: Flask) -> None:
    client = platform_admin(app)
    member(app, "chief@tehran.example")
    ask(app, city="", city_name="Shiraz", country="IR")
    page = request_page(client)

    without = send(client, page, f"{page}/accept", role="admin", city="")
    status, listed = send(client, page, f"{page}/accept", role="admin", city="tehran")

    assert without[0] == 422
    assert status == 200
    assert "/en/join/" in listed


def test_others_find_no_request(app: Flask) -> None:
    ours, theirs = admin(app), admin(app, "seoul")
    member(app, "m@tehran.example", role=CityRole.MEMBER)
    simple = app.test_client()
    enter(simple, "m@tehran.example")
    ask(app)
    page = request_page(ours)

    assert [client.get(page).status_code for client in (theirs, simple)] == [404, 404]
    assert [client.get("/en/requests").status_code for client in (theirs, simple)] == [200, 403]
    for act in ("accept", "refuse"):
        assert send(theirs, "/en/account", f"{page}/{act}", role="admin", note="No.")[0] == 404
    assert app.test_client().get("/en/requests").status_code == 303


def test_the_second_page_of_requests(app: Flask) -> None:
    client = admin(app)
    for number in range(21):
        asker = app.test_client()
        data = {"csrf_token": csrf_of(asker, "/en/join"), **ASKED, "email": f"p{number}@x.example"}
        asker.post("/en/join", data=data, environ_base={"REMOTE_ADDR": f"192.0.2.{number}"})

    first, second = client.get("/en/requests"), client.get("/en/requests?page=2")

    assert (first.text.count("@x.example"), second.text.count("@x.example")) == (20, 1)
    assert client.get("/en/requests?page=3").status_code == 404


def test_a_hostile_request_runs_nothing(app: Flask) -> None:
    client = admin(app)
    ask(app, office='"><script>x</script>', letter="<img src=x onerror=x>")

    page = client.get(request_page(client)).text

    assert "<script>x" not in page
    assert "<img src=x" not in page


def test_a_platform_admin_verifies_a_city_and_readers_see_it(app: Flask) -> None:
    client = platform_admin(app)
    member(app, "chief@tehran.example")
    page = "/en/cities/tehran/verified"

    faulty = send(client, page, page, how="")
    send(client, page, page, how="official-letter", note="No. 12/34")
    seen = app.test_client().get("/en/cities/tehran").text
    send(client, page, f"{page}/take-back")

    assert faulty[0] == 422
    assert "Official letter" in seen
    assert "12/34" not in seen
    assert "Official letter" not in app.test_client().get("/en/cities/tehran").text


def test_a_city_does_not_verify_itself(app: Flask) -> None:
    client = admin(app)

    assert client.get("/en/cities/tehran/verified").status_code == 403
    assert client.post("/en/cities/tehran/verified", data={"how": "visit"}).status_code == 403


def test_a_city_page_asks_the_database_little(app: Flask) -> None:
    visitor, client = app.test_client(), platform_admin(app)
    member(app, "chief@tehran.example")

    with counting(site_of(app).store) as for_visitor:
        visitor.get("/en/cities/tehran")
    with counting(site_of(app).store) as for_admin:
        client.get("/en/cities/tehran")

    assert for_visitor.number <= 4
    assert for_admin.number <= 6


@pytest.fixture
def mailing_app(app: Flask) -> Flask:
    """Lend an application that sends letters."""
    keep_site(app, replace(site_of(app), sends_letters=True))
    return app


def test_a_forgotten_password_is_answered_alike_for_everybody(mailing_app: Flask) -> None:
    member(mailing_app, "chief@tehran.example")
    answers = []

    for email in ("chief@tehran.example", "nobody@x.example"):
        client = mailing_app.test_client()
        answers.append(send(client, "/en/forgotten", "/en/forgotten", email=email))

    assert answers[0] == answers[1]
    assert "A letter is on its way" in answers[0][1]


def test_without_letters_the_page_says_who_helps(app: Flask) -> None:
    page = app.test_client().get("/en/forgotten").text

    assert "This exchange sends no letters." in page
    assert 'name="email"' not in page
    assert "on its way" not in app.test_client().get("/en/forgotten/sent").text.partition("<main")[2]
