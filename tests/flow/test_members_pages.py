"""The pages on which people look after people: members of a city, everybody of the exchange."""

import re

from flask import Flask
from flask.testing import FlaskClient

from knowledgebase.domain.person import CityRole
from tests.accounts import csrf_of, enter, logged_in, member, platform_admin

MEMBERS = "/en/cities/tehran/members"


def admin_of_tehran(app: Flask) -> FlaskClient:
    return logged_in(app, "chief@tehran.example")


def send(client: FlaskClient, path: str, page: str, **fields: str) -> tuple[int, str]:
    answer = client.post(path, data={"csrf_token": csrf_of(client, page), **fields}, follow_redirects=True)
    return answer.status_code, answer.text


def test_an_admin_invites_and_sees_the_link_once(app: Flask) -> None:
    client = admin_of_tehran(app)

    status, page = send(
        client,
        f"{MEMBERS}/invite",
        MEMBERS,
        email="new@tehran.example",
        role="contributor",
        may_publish="yes",
    )
    link = re.search(r"http://localhost(/en/join/[\w-]{43})", page)

    assert status == 200
    assert link
    assert app.test_client().get(link[1]).status_code == 200
    assert link[1] not in client.get(MEMBERS).text


def test_a_faulty_invitation_comes_back(app: Flask) -> None:
    client = admin_of_tehran(app)

    status, page = send(client, f"{MEMBERS}/invite", MEMBERS, email="nobody", role="king")

    assert status == 422
    assert {"#f-email", "#f-role"} <= set(re.findall(r'href="(#[^"]+)"', page))
    assert 'value="nobody"' in page


def test_a_member_is_not_invited_again(app: Flask) -> None:
    client = admin_of_tehran(app)

    status, page = send(client, f"{MEMBERS}/invite", MEMBERS, email="chief@tehran.example", role="member")

    assert (status, "member already" in page) == (422, True)


def test_rights_change_and_end_at_once(app: Flask) -> None:
    client = admin_of_tehran(app)
    person = member(app, "mina@tehran.example", role=CityRole.CONTRIBUTOR)
    other = app.test_client()
    enter(other, "mina@tehran.example")

    before = other.get(MEMBERS).status_code
    send(client, f"{MEMBERS}/{person}", MEMBERS, role="admin")
    between = other.get(MEMBERS).status_code
    send(client, f"{MEMBERS}/{person}/end", MEMBERS)

    assert (before, between, other.get(MEMBERS).status_code) == (403, 200, 403)


def test_a_link_for_another_password_is_handed_over(app: Flask) -> None:
    client = admin_of_tehran(app)
    person = member(app, "mina@tehran.example", role=CityRole.CONTRIBUTOR)

    _, page = send(client, f"{MEMBERS}/{person}/reset", MEMBERS)

    assert re.search(r"/en/reset/[\w-]{43}", page)


def test_members_of_another_city_are_out_of_reach(app: Flask) -> None:
    person = member(app, "kim@seoul.example", city="seoul", role=CityRole.CONTRIBUTOR)
    client = admin_of_tehran(app)

    answers = [
        client.get("/en/cities/seoul/members").status_code,
        send(client, f"/en/cities/seoul/members/{person}", MEMBERS, role="admin")[0],
        send(client, f"/en/cities/seoul/members/{person}/end", MEMBERS)[0],
        send(client, f"{MEMBERS}/{person}", MEMBERS, role="admin")[0],
        send(client, f"{MEMBERS}/{person}/reset", MEMBERS)[0],
    ]

    assert answers == [403, 403, 403, 404, 404]


def test_a_city_that_is_not_there_has_no_members(app: Flask) -> None:
    client = platform_admin(app)

    assert client.get("/en/cities/atlantis/members").status_code == 404


def test_a_platform_admin_suspends_and_lets_work_again(app: Flask) -> None:
    person = member(app, "mina@tehran.example")
    client = platform_admin(app)

    _, suspended = send(client, f"/en/people/{person}/suspension", "/en/people", reason="spam")
    closed = enter(app.test_client(), "mina@tehran.example").status_code
    send(client, f"/en/people/{person}/suspension", "/en/people", undo="yes")

    assert "suspended" in suspended
    assert (closed, enter(app.test_client(), "mina@tehran.example").status_code) == (422, 303)


def test_a_platform_admin_gives_and_takes_roles(app: Flask) -> None:
    person = member(app, "mina@tehran.example")
    client = platform_admin(app)
    other = app.test_client()
    enter(other, "mina@tehran.example")

    before = other.get("/en/people").status_code
    send(client, f"/en/people/{person}/role", "/en/people", platform_role="moderator")
    between = other.get("/en/people").status_code
    send(client, f"/en/people/{person}/role", "/en/people", platform_role="")

    assert (before, between, other.get("/en/people").status_code) == (403, 200, 403)


def test_a_moderator_is_invited_by_link(app: Flask) -> None:
    client = platform_admin(app)

    _, page = send(
        client, "/en/people/invite", "/en/people", email="mo@exchange.example", platform_role="moderator"
    )

    assert re.search(r"/en/join/[\w-]{43}", page)
