"""The pages of the account and of one-time links: joining, profile, password, sessions, leaving."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from knowledgebase.domain.person import Actor, CityRole, Invitation, Showing, rights
from knowledgebase.services import entering, joining, people
from tests.accounts import PASSWORD, csrf_of, enter, member, moderator
from tests.people import OTHER_PASSWORD
from tests.sites import site_of

OPERATOR = Actor.operator()
NEW = {
    "name": "سارا احمدی",
    "latin_name": "Sara Ahmadi",
    "position": "کارشناس آب",
    "office": "شرکت آب",
    "shows": Showing.NAME_AND_POSITION.value,
    "language": "fa",
    "password": PASSWORD,
    "has_accepted": "yes",
}


def invited(app: Flask, email: str = "sara@tehran.example", role: CityRole = CityRole.CONTRIBUTOR) -> str:
    member(app, "first@tehran.example")
    return joining.invite(site_of(app), Invitation(email, "tehran", rights(role)), by=OPERATOR).token


def join(client: FlaskClient, token: str, **changes: str) -> tuple[int, str]:
    page = f"/fa/join/{token}"
    answer = client.post(page, data={"csrf_token": csrf_of(client, page), **NEW, **changes})
    return answer.status_code, answer.location or answer.text


def test_an_invitation_makes_an_account_and_logs_in(app: Flask) -> None:
    token, client = invited(app), app.test_client()

    joined = join(client, token)

    assert joined == (303, "/fa/cities/tehran")
    assert "سارا احمدی" in client.get("/fa/account").text


def test_the_page_of_an_invitation_is_kept_nowhere_and_tells_nobody(app: Flask) -> None:
    answer = app.test_client().get(f"/fa/join/{invited(app)}")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert 'content="noindex"' in answer.text


def test_all_faults_of_joining_are_told_at_once_and_what_was_typed_stays(app: Flask) -> None:
    token = invited(app)

    status, page = join(app.test_client(), token, name="", password="shrt1x", has_accepted="")  # noqa: S106

    assert status == 422
    assert {f"#f-{name}" for name in ("name", "password", "has_accepted")} <= set(
        re.findall(r'href="(#[^"]+)"', page)
    )
    assert "کارشناس آب" in page
    assert "shrt1x" not in page


def test_a_used_link_is_gone(app: Flask) -> None:
    token = invited(app)
    join(app.test_client(), token)

    answer = app.test_client().get(f"/fa/join/{token}")

    assert answer.status_code == 410


@pytest.mark.parametrize("kind", ["join", "reset"])
def test_a_link_that_never_was_is_as_unusable(app: Flask, kind: str) -> None:
    assert app.test_client().get(f"/fa/{kind}/{'a' * 43}").status_code == 410


def test_an_invitation_is_no_link_for_a_password(app: Flask) -> None:
    assert app.test_client().get(f"/fa/reset/{invited(app)}").status_code == 410


def test_the_first_admin_says_its_own_address(app: Flask) -> None:
    link = joining.first_admin_link(site_of(app))
    assert link is not None
    client = app.test_client()

    status, _ = join(client, link.token, email="chief@exchange.example")

    assert status == 303
    assert "chief@exchange.example" in client.get("/en/people").text


def test_somebody_with_an_account_takes_an_invitation_up_with_its_password(app: Flask) -> None:
    member(app, "sara@shiraz.example", city="shiraz")
    token, client = invited(app, "sara@shiraz.example"), app.test_client()

    joined = join(client, token)

    assert joined == (303, "/fa/cities/tehran")


def test_somebody_logged_in_takes_an_invitation_up_with_one_button(app: Flask) -> None:
    member(app, "sara@shiraz.example", city="shiraz")
    token, client = invited(app, "sara@shiraz.example"), app.test_client()
    enter(client, "sara@shiraz.example")

    page = f"/fa/join/{token}"
    answer = client.post(f"{page}/take-up", data={"csrf_token": csrf_of(client, page)})

    assert (answer.status_code, answer.location) == (303, "/fa/cities/tehran")


def test_a_reset_link_sets_another_password_and_closes_all_sessions(app: Flask) -> None:
    person = member(app, "mina@tehran.example")
    client = app.test_client()
    enter(client, "mina@tehran.example")
    token = joining.reset_link(site_of(app), person, by=OPERATOR).token
    other = app.test_client()

    page = f"/fa/reset/{token}"
    answer = other.post(page, data={"csrf_token": csrf_of(other, page), "password": OTHER_PASSWORD})

    assert answer.status_code == 303
    assert client.get("/en/account").status_code == 303
    assert enter(other, "mina@tehran.example", password=OTHER_PASSWORD).status_code == 303


def test_the_profile_is_changed(app: Flask) -> None:
    member(app, "mina@tehran.example")
    client = app.test_client()
    enter(client, "mina@tehran.example")

    data = {**NEW, "csrf_token": csrf_of(client, "/en/account"), "name": "مینا راد", "language": "en"}
    answer = client.post("/en/account/profile", data=data)

    assert answer.location == "/en/account"
    assert "مینا راد" in client.get("/en/account").text


def test_another_password_ends_the_other_sessions_and_keeps_this_one(app: Flask) -> None:
    member(app, "mina@tehran.example")
    here, there = app.test_client(), app.test_client()
    enter(here, "mina@tehran.example")
    enter(there, "mina@tehran.example")

    data = {
        "csrf_token": csrf_of(here, "/en/account"),
        "old_password": PASSWORD,
        "new_password": OTHER_PASSWORD,
    }
    answer = here.post("/en/account/password", data=data)

    assert answer.status_code == 303
    assert here.get("/en/account").status_code == 200
    assert there.get("/en/account").status_code == 303


@pytest.mark.parametrize(("old", "new"), [("wrong wrong wrong", OTHER_PASSWORD), (PASSWORD, "shrt1x")])
def test_a_refused_password_changes_nothing(app: Flask, old: str, new: str) -> None:
    member(app, "mina@tehran.example")
    client = app.test_client()
    enter(client, "mina@tehran.example")

    data = {"csrf_token": csrf_of(client, "/en/account"), "old_password": old, "new_password": new}
    answer = client.post("/en/account/password", data=data)

    assert answer.status_code == 422
    assert new not in answer.text
    assert enter(app.test_client(), "mina@tehran.example").status_code == 303


def test_a_session_is_revoked_from_another_one(app: Flask) -> None:
    member(app, "mina@tehran.example")
    here, there = app.test_client(), app.test_client()
    enter(there, "mina@tehran.example")
    enter(here, "mina@tehran.example")
    page = here.get("/en/account").text
    found = re.search(r'name="session" value="([^"]+)"', page)
    assert found

    here.post("/en/account/sessions", data={"csrf_token": csrf_of(here, "/en/account"), "session": found[1]})

    assert there.get("/en/account").status_code == 303
    assert here.get("/en/account").status_code == 200


def test_leaving_a_city_works_at_once(app: Flask) -> None:
    member(app, "mina@tehran.example")
    client = app.test_client()
    enter(client, "mina@tehran.example")

    client.post("/en/account/leave/tehran", data={"csrf_token": csrf_of(client, "/en/account")})

    assert client.get("/en/cities/tehran/members").status_code == 403


def test_a_suspended_account_is_a_visitor_at_its_next_request(app: Flask) -> None:
    person = member(app, "mina@tehran.example")
    client = app.test_client()
    enter(client, "mina@tehran.example", remember="yes")

    people.suspend(site_of(app), person, by=OPERATOR)

    assert client.get("/en/account").status_code == 303
    assert enter(app.test_client(), "mina@tehran.example").status_code == 422


def test_replayed_cookies_open_nothing(app: Flask) -> None:
    person, site = member(app, "mina@tehran.example"), site_of(app)
    entered = entering.log_in(site, "mina@tehran.example", PASSWORD, is_remembered=True)
    people.suspend(site, person, by=OPERATOR)
    people.unsuspend(site, person, by=OPERATOR)
    client = app.test_client()

    client.set_cookie("kb", entered.token)

    assert client.get("/en/account").status_code == 303


def test_moderators_see_people_and_change_none(app: Flask) -> None:
    member(app, "mina@tehran.example")
    moderator(app, "mo@exchange.example")
    client = app.test_client()
    enter(client, "mo@exchange.example")

    page = client.get("/en/people")

    assert (page.status_code, "mina@tehran.example" in page.text) == (200, True)
    assert "suspension" not in page.text


def test_who_tries_too_many_passwords_is_told_when_to_come_again(app: Flask) -> None:
    member(app, "sara@shiraz.example", city="shiraz")
    token, client = invited(app, "sara@shiraz.example"), app.test_client()
    page = f"/fa/join/{token}"
    data = {"csrf_token": csrf_of(client, page), "password": "wrong wrong wrong"}

    invitations = [client.post(page, data=data) for _ in range(11)]

    assert [answer.status_code for answer in invitations] == [422] * 10 + [429]
    assert invitations[-1].headers["Retry-After"] == "300"


def test_who_tries_too_many_present_passwords_is_told_when_to_come_again(app: Flask) -> None:
    member(app, "mina@tehran.example")
    client = app.test_client()
    enter(client, "mina@tehran.example")
    data = {"csrf_token": csrf_of(client, "/en/account"), "new_password": OTHER_PASSWORD}

    tries = [
        client.post("/en/account/password", data=data | {"old_password": "wrong wrong"}) for _ in range(11)
    ]

    assert [answer.status_code for answer in tries] == [422] * 10 + [429]
    assert tries[-1].headers["Retry-After"] == "300"
