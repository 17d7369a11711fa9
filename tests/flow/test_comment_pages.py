"""The pages of comments as a browser meets them: reading, saying, answering, and what visitors do not see."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from knowledgebase.domain.comment import About
from knowledgebase.domain.person import CityRole
from knowledgebase.services import comment_marks, commenting
from knowledgebase.services.site import Site
from tests.accounts import csrf_of, logged_in
from tests.comments import a_moderator, an_admin, answer, as_the_city, by_request, say, somebody
from tests.counting import counting
from tests.make import a_city
from tests.stores import keep_city

CASE = "/en/cases/tehran/clean-air"
COMMENTED, CITY = About.of_case("tehran/clean-air"), About("seoul")
TALK = f"{CASE}/comments"
_TOKEN = re.compile(r'name="token" value="([^"]+)"')


@pytest.fixture
def reza(stage: Site, app: Flask) -> FlaskClient:  # noqa: ARG001  # its case is what the browser visits
    """Lend the browser of somebody of Seoul who is logged in."""
    return logged_in(app, "reza@seoul.example", "seoul", CityRole.CONTRIBUTOR)


def send(client: FlaskClient, to: str = TALK, body: str = "We did the same.", **fields: Any) -> TestResponse:
    page = client.get(to if to.endswith("comments") else to.rpartition("/")[0]).text
    token = _TOKEN.search(page)
    values = {"body": body, "language": "en", "began": "1000", "token": token[1] if token else ""}
    values |= {"voice": "seoul", "csrf_token": csrf_of(client, "/en/log-in" if not token else CASE)}
    return client.post(to, data=values | fields)


@pytest.mark.parametrize("about", [CASE.replace("/en/", "/fa/"), "/fa/cities/seoul"])
def test_pages_about_what_has_no_name_in_their_language_use_its_own(
    stage: Site, reza: FlaskClient, about: str
) -> None:
    keep_city(stage.store, a_city("seoul", name={"en": "Seoul"}))
    subject = CITY if "cities" in about else COMMENTED
    said = say(stage, somebody(stage, "nima"), about=subject)

    pages = [reza.get(f"{about}/comments"), reza.get(f"/fa/comments/{said.id}")]
    pages.append(send(reza, f"{about}/comments", preview="yes"))

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert all(("Seoul" if "cities" in about else "Clean air zone") in page.text for page in pages)


def test_what_somebody_says_is_on_the_case_page_at_once(reza: FlaskClient, app: Flask) -> None:
    before = app.test_client().get(CASE)

    answered = send(reza, body="We did *the same*.")

    assert answered.status_code == 303
    assert answered.location.startswith(f"{CASE}#comment-")
    after = app.test_client().get(CASE, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "We did <em>the same</em>." in after.text
    assert "Reza" in after.text
    assert "Your comment is here." in reza.get(CASE).text


def test_visitors_are_told_how_to_join_and_members_have_a_form(reza: FlaskClient, app: Flask) -> None:
    visitor = app.test_client().get(CASE).text

    assert "Log in to comment" in visitor
    assert "<textarea" not in visitor
    assert 'name="body"' in reza.get(CASE).text


@pytest.mark.usefixtures("stage")
def test_a_form_of_a_visitor_comes_back_after_the_log_in(app: Flask) -> None:
    answered = app.test_client().post(TALK, data={"body": "Typed for an hour.", "language": "en"})

    assert answered.status_code == 403
    assert "Typed for an hour." in answered.text


def test_a_faulty_form_keeps_what_was_typed(reza: FlaskClient) -> None:
    answered = send(reza, body="A long text.", language="xx", second_body="Ein Text")

    assert answered.status_code == 422
    assert "A long text." in answered.text
    assert "Ein Text" in answered.text
    assert "is not the code of a language" in answered.text


def test_a_preview_stores_nothing_and_can_be_sent(reza: FlaskClient, app: Flask) -> None:
    shown = send(reza, body="A **preview**.", preview="yes")

    assert shown.status_code == 200
    assert "A <strong>preview</strong>." in shown.text
    assert "preview" not in app.test_client().get(TALK).text
    token = _TOKEN.search(shown.text)
    assert token
    sent = send(reza, body="A **preview**.", token=token[1])
    assert sent.status_code == 303


def test_a_machine_is_not_listened_to(reza: FlaskClient) -> None:
    assert send(reza, website="http://spam.example").status_code == 422
    assert send(reza, began="99999999999").status_code == 422


def test_a_double_click_is_one_comment(reza: FlaskClient, app: Flask) -> None:
    token = "a-token-of-a-form-0123"  # noqa: S105 - of a form, opens nothing

    answers = [send(reza, token=token).location for _ in range(2)]

    assert answers[0] == answers[1]
    assert app.test_client().get(TALK).text.count("We did the same.") == 1


def test_who_says_too_much_is_told_when_to_come_again(reza: FlaskClient) -> None:
    answers = [send(reza, body=f"Number {number}") for number in range(4)]

    assert [answered.status_code for answered in answers] == [303, 303, 303, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 600
    assert "Number 3" in answers[-1].text


def test_an_answer_joins_its_thread(reza: FlaskClient, app: Flask, stage: Site) -> None:
    first = say(stage, somebody(stage, "omid"), "First.")

    answered = send(reza, f"/en/comments/{first.id}/reply", body="Second.")

    assert answered.status_code == 303
    page = app.test_client().get(CASE).text
    assert page.index("First.") < page.index('class="answers"') < page.index("Second.")


def test_a_city_is_asked_on_its_own_page(reza: FlaskClient, app: Flask) -> None:
    answered = send(reza, "/en/cities/tehran/comments", body="Who runs it?", kind="yes")

    assert answered.status_code == 303
    page = app.test_client().get("/en/cities/tehran/comments").text
    assert "Who runs it?" in page
    assert "Question to the city" in page
    assert "/en/cities/tehran/comments" in app.test_client().get("/en/cities/tehran").text


@pytest.mark.usefixtures("stage")
def test_a_voice_chooses_to_speak_for_its_city(app: Flask) -> None:
    chief = logged_in(app, "chief@tehran.example")

    answered = send(chief, voice="tehran+")

    assert answered.status_code == 303
    page = app.test_client().get(CASE).text
    assert "In the city's name" in page
    assert "Chief" not in page


@pytest.mark.parametrize("voice", ["tehran", "seoul+", "../x"])
def test_a_forged_voice_is_refused(reza: FlaskClient, voice: str) -> None:
    assert send(reza, voice=voice).status_code in {403, 422}


def test_fields_that_a_form_does_not_have_change_nothing(reza: FlaskClient, app: Flask) -> None:
    send(reza, is_pinned="yes", state="visible", writer_number="1", case_number="7", is_accepted="yes")

    assert "Statement of the city" not in app.test_client().get(CASE).text


def test_what_is_not_shown_leaks_nowhere(app: Flask, stage: Site) -> None:
    omid, mina = somebody(stage, "omid"), a_moderator(stage)
    held = say(stage, by_request(stage, somebody(stage, "lena")), "pachyderm-held")
    gone = say(stage, omid, "pachyderm-deleted")
    hidden = say(stage, omid, "pachyderm-hidden")
    answer(stage, gone, somebody(stage, "sara", "tehran"), "Still here.")
    commenting.delete(stage, gone.id, by=omid)
    comment_marks.hide(stage, hidden.id, "Rude", by=mina)
    visitor = app.test_client()

    for path in (
        CASE,
        TALK,
        f"{TALK}?sort=newest",
        f"{CASE}.json",
        f"{CASE}.md",
        f"{CASE}/comments.atom",
        "/en/comments/",
        "/en/comments/feed.atom",
        "/en/cities/tehran",
        "/en/",
        f"/en/comments/{hidden.id}",
        "/api/v1/cases/tehran/clean-air",
    ):
        answered = visitor.get(path)
        assert answered.status_code == 200, path
        assert "pachyderm" not in answered.text, path
    assert visitor.get(f"/en/comments/{held.id}").status_code == 404
    assert visitor.get(f"/en/comments/{gone.id}").status_code == 404
    page = visitor.get(CASE).text
    assert "Hidden by a moderator" in page
    assert "This comment was deleted." in page
    assert '<span class="count">1</span>' in page


def test_the_statement_of_the_city_stands_beside_the_evidence(app: Flask, stage: Site) -> None:
    chief = an_admin(stage)
    spoken = say(stage, chief, "We measured again.", voice=as_the_city(chief))

    comment_marks.pin(stage, spoken.id, by=chief)

    page = app.test_client().get(CASE).text
    evidence = page[page.index('id="evidence"') : page.index('class="case-columns"')]
    assert "We measured again." in evidence


def test_each_text_has_its_language_and_direction(app: Flask, stage: Site) -> None:
    say(stage, somebody(stage), "ما هم همین کار را کردیم.", language="fa")

    page = app.test_client().get(CASE).text

    assert '<div class="text comment-text" lang="fa" dir="rtl">' in page


def test_cards_say_how_many_comments_a_case_has(app: Flask, stage: Site) -> None:
    say(stage, somebody(stage))

    assert "1 comment" in app.test_client().get("/en/cities/tehran").text
    assert "۱ نظر" in app.test_client().get("/fa/cities/tehran").text


def test_two_hundred_comments_ask_as_much_as_none(app: Flask, stage: Site, reza: FlaskClient) -> None:
    counts = []
    for number in (0, 8):
        for at in range(number):
            say(stage, somebody(stage, f"writer-{at}"))
        for client in (app.test_client(), reza):
            with counting(stage.store) as counted:
                assert client.get(CASE).status_code == 200
            counts.append(counted.number)

    assert counts[:2] == counts[2:]
    assert counts[0] <= 4
    assert counts[1] <= 6


def test_talk_of_a_case_without_the_reader_s_language_is_headed_in_its_own(
    app: Flask, stage: Site, reza: FlaskClient
) -> None:
    said = say(stage, somebody(stage, "lee"))

    pages = [reader.get(TALK.replace("/en/", "/fa/")) for reader in (app.test_client(), reza)]
    pages.append(reza.get(f"/fa/comments/{said.id}"))
    pages.append(send(reza, TALK.replace("/en/", "/fa/"), body=""))

    assert [page.status_code for page in pages] == [200, 200, 200, 422]
    assert ["Clean air zone" in page.text for page in pages] == [True] * 4


def test_an_atom_feed_says_who_says_what(app: Flask, stage: Site) -> None:
    say(stage, somebody(stage), "We did the same.")

    for path in (f"{CASE}/comments.atom", "/fa/comments/feed.atom"):
        answered = app.test_client().get(path)
        assert answered.mimetype == "application/atom+xml"
        assert "We did the same." in answered.text
        assert "Reza Ahmadi" in answered.text


@pytest.mark.usefixtures("stage")
def test_a_withdrawn_or_unknown_thing_has_no_comments(app: Flask) -> None:
    client = app.test_client()

    assert client.get("/en/cases/tehran/nothing/comments").status_code == 404
    assert client.get("/en/cities/nowhere/comments").status_code == 404
    assert client.get(f"{TALK}?page=2").status_code == 404
    assert client.get("/en/comments/?page=2").status_code == 404
    assert client.get("/en/comments/nobody").status_code == 404
