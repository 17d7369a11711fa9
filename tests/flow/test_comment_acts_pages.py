"""What is done to comments and decided about them, button by button, as a browser sends it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from knowledgebase.domain.comment import Comment, CommentKind
from knowledgebase.domain.person import CityRole, PlatformRole
from knowledgebase.services import comment_marks, comment_reading
from knowledgebase.services.site import Site
from tests.accounts import csrf_of, enter, logged_in, moderator
from tests.comments import an_admin, answer, by_request, said, say, somebody

CASE = "/en/cases/tehran/clean-air"
TALK = f"{CASE}/comments"


@pytest.fixture
def first(stage: Site) -> Comment:
    """Lend a comment of somebody of Seoul."""
    return say(stage, somebody(stage), "First.")


def the_moderator(app: Flask, email: str = "mina@exchange.example") -> FlaskClient:
    moderator(app, email)
    client = app.test_client()
    enter(client, email)
    return client


def reza(app: Flask) -> FlaskClient:
    client = app.test_client()
    enter(client, "reza@seoul.example")
    return client


def do(client: FlaskClient, comment: Comment, act: str, **fields: str) -> TestResponse:
    at = f"/en/comments/{comment.id}"
    return client.post(f"{at}/{act}", data={"csrf_token": csrf_of(client, at), **fields})


def test_a_writer_edits_its_comment(app: Flask, stage: Site, first: Comment) -> None:
    client = reza(app)
    form = client.get(f"/en/comments/{first.id}/edit").text
    assert "First." in form
    assert 'name="revision" value="1"' in form

    answered = do(client, first, "edit", body="Second.", language="en", revision="1")

    assert answered.status_code == 303
    assert said(stage) == ["Second."]
    stale = do(client, first, "edit", body="Third.", language="en", revision="1")
    assert stale.status_code == 409
    assert "Third." in stale.text
    assert "Second." in stale.text


def test_nobody_else_gets_the_form_for_editing(app: Flask, first: Comment) -> None:
    client = logged_in(app, "omid@tehran.example")

    assert client.get(f"/en/comments/{first.id}/edit").status_code == 403
    assert do(client, first, "edit", body="Ha.", language="en", revision="1").status_code == 403


def test_a_writer_deletes_its_comment(app: Flask, stage: Site, first: Comment) -> None:
    answered = do(reza(app), first, "delete")

    assert answered.location == TALK
    assert said(stage) == []


def test_buttons_are_only_those_that_work(app: Flask, first: Comment) -> None:
    at = f"/en/comments/{first.id}"
    seen = {
        who: {
            name
            for name in ("edit", "delete", "report", "hide", "pin", "suspension")
            if f'{at}/{name}"' in page
        }
        for who, page in {
            "visitor": app.test_client().get(at).text,
            "writer": reza(app).get(at).text,
            "city": logged_in(app, "chief@tehran.example").get(at).text,
            "moderator": the_moderator(app).get(at).text,
        }.items()
    }

    assert seen == {
        "visitor": set(),
        "writer": {"edit", "delete"},
        "city": {"report", "hide"},
        "moderator": {"report", "hide", "suspension"},
    }


def test_a_hiding_needs_a_reason_and_is_restored_with_one(app: Flask, stage: Site, first: Comment) -> None:
    client = logged_in(app, "chief@tehran.example")

    assert do(client, first, "hide", reason=" ").status_code == 422
    assert do(client, first, "hide", reason="Rude").status_code == 303
    assert said(stage) == []
    assert "Rude" in app.test_client().get(TALK).text
    assert do(client, first, "restore", reason="A mistake").status_code == 303
    assert said(stage) == ["First."]


def test_a_hidden_text_is_read_by_its_writer_alone(app: Flask, stage: Site, first: Comment) -> None:
    client = logged_in(app, "chief@tehran.example")
    do(client, first, "hide", reason="Rude")

    assert "First." in reza(app).get(f"/en/comments/{first.id}").text
    assert "First." not in app.test_client().get(f"/en/comments/{first.id}").text
    assert said(stage) == []


def test_the_city_pins_and_unpins_its_statement(app: Flask, stage: Site) -> None:
    client = logged_in(app, "chief@tehran.example")
    own = say(stage, somebody(stage, "sara", "tehran"), "Ours.")

    do(client, own, "pin")
    pinned = comment_reading.talk(stage, own.about).statement
    do(client, own, "unpin")

    assert pinned
    assert comment_reading.talk(stage, own.about).statement is None


@pytest.mark.parametrize("act", ["explode", "release", "reply2"])
def test_there_are_no_other_acts(app: Flask, first: Comment, act: str) -> None:
    assert do(reza(app), first, act, reason="x").status_code == 404


def decide(
    client: FlaskClient, decision: str, reason: str = "", page: str = "/en/moderation"
) -> TestResponse:
    shown = client.get(page).text
    found = re.search(r'action="(/en/moderation/\d+)"', shown)
    assert found
    values = {"csrf_token": csrf_of(client, page), "decision": decision, "reason": reason}
    return client.post(found[1], data=values)


def test_a_held_comment_is_released_by_its_own_city(app: Flask, stage: Site) -> None:
    say(stage, by_request(stage, somebody(stage)), "Waits.")
    chief = logged_in(app, "chief@seoul.example", "seoul")
    assert "Waits." in chief.get("/en/moderation").text
    assert "Waits." not in logged_in(app, "other@tehran.example").get("/en/moderation").text

    assert decide(chief, "release").status_code == 303

    assert said(stage) == ["Waits."]
    assert "Nothing waits." in chief.get("/en/moderation").text
    assert decide(chief, "undo", page="/en/moderation?decided=yes").status_code == 303
    assert said(stage) == []
    assert decide(chief, "refuse").status_code == 422
    assert decide(chief, "refuse", "An advertisement").status_code == 303
    assert "An advertisement" in chief.get("/en/moderation?decided=yes").text


def test_a_report_is_decided_by_a_moderator(app: Flask, stage: Site, first: Comment) -> None:
    omid = logged_in(app, "omid@tehran.example", role=CityRole.MEMBER)
    assert do(omid, first, "report", reason="Very rude").status_code == 303
    mina = the_moderator(app)
    assert "Very rude" in mina.get("/en/moderation").text

    assert decide(mina, "hide", "It is").status_code == 303

    assert said(stage) == []


def test_a_hiding_by_the_city_is_reversed_by_a_moderator(app: Flask, stage: Site, first: Comment) -> None:
    do(logged_in(app, "chief@tehran.example"), first, "hide", reason="Rude")

    assert decide(the_moderator(app), "reverse", "It is not").status_code == 303

    assert said(stage) == ["First."]


def test_a_suspension_is_asked_for_and_decided_by_a_platform_admin(app: Flask, first: Comment) -> None:
    mina = the_moderator(app)
    assert do(mina, first, "suspension", reason="Spams").status_code == 303
    assert decide(mina, "suspend").status_code == 403
    moderator(app, "boss@exchange.example", PlatformRole.ADMIN)
    boss, writer = app.test_client(), reza(app)
    enter(boss, "boss@exchange.example")

    assert decide(boss, "suspend").status_code == 303

    assert writer.get("/en/account").status_code == 303


def test_what_was_decided_meanwhile_is_not_decided_twice(app: Flask, stage: Site) -> None:
    say(stage, by_request(stage, somebody(stage)))
    mina, nina = the_moderator(app), the_moderator(app, "nina@exchange.example")
    found = re.search(r'action="(/en/moderation/\d+)"', nina.get("/en/moderation").text)
    assert found
    values = {"csrf_token": csrf_of(nina, "/en/moderation"), "decision": "release"}
    decide(mina, "release")

    assert nina.post(found[1], data=values).status_code == 409
    assert nina.post(found[1], data=values | {"decision": "explode"}).status_code == 404


def test_an_empty_queue_says_so_in_persian(app: Flask) -> None:
    page = the_moderator(app).get("/fa/moderation").text

    assert "چیزی در انتظار نیست." in page


def test_an_accepted_answer_is_marked(app: Flask, stage: Site) -> None:
    chief = an_admin(stage)
    asked = say(stage, somebody(stage), "Why?", kind=CommentKind.QUESTION)

    comment_marks.accept_answer(stage, answer(stage, asked, chief, "Because.").id, by=chief)

    assert "Accepted by the city" in app.test_client().get(CASE).text


@pytest.mark.usefixtures("stage")
def test_nobody_reads_the_queue_who_may_not(app: Flask) -> None:
    moderator(app, "mina@exchange.example")
    partner = logged_in(app, "partner@seoul.example", "seoul", CityRole.MEMBER)

    assert app.test_client().get("/en/moderation").status_code == 303
    assert partner.get("/en/moderation").status_code == 403
