"""The pages of tags, proposals, the journal and the desk, without script, in both languages."""

import json
import re

import pytest
from flask import Flask

from knowledgebase.domain.person import CityRole, PlatformRole
from tests.accounts import csrf_of, member, moderator
from tests.counting import counting
from tests.sites import Folder, publish, site_of
from tests.web_tagging import CASE, at_desk, send

FORM = "x" * 20
FRENCH = {"what": "translation", "language": "fr", "title": "Zone d'air", "summary": "Les vieux diesels."}


@pytest.fixture
def town(app: Flask, folder: Folder) -> Flask:
    """Lend an application with a case of Tehran and people round it."""
    folder.case("tehran/clean-air", tags="smog")
    folder.case("seoul/quiet", tags="noise")
    publish(site_of(app), folder)
    member(app, "mayor@tehran.example")
    member(app, "mina@seoul.example", "seoul", CityRole.MEMBER)
    moderator(app, "chief@exchange.example", PlatformRole.ADMIN)
    return app


def test_a_city_tags_its_case_from_the_page(town: Flask) -> None:
    mayor = at_desk(town, "mayor@tehran.example")
    assert f"{CASE}/tags" in mayor.get(CASE).text

    answer = send(mayor, f"{CASE}/tags", tag="Diesel")

    assert (answer.status_code, answer.location) == (303, f"{CASE}/tags")
    assert "Diesel" in mayor.get(CASE).text
    assert "Diesel" in town.test_client().get(CASE).text


def test_a_tag_is_taken_away_on_the_page(town: Flask) -> None:
    mayor = at_desk(town, "mayor@tehran.example")
    send(mayor, f"{CASE}/tags", tag="Diesel")

    send(mayor, f"{CASE}/tags", f"{CASE}/tags/remove", folded="diesel")

    assert "Diesel" not in town.test_client().get(CASE).text


def test_the_files_tag_says_where_it_is_changed(town: Flask) -> None:
    mayor = at_desk(town, "mayor@tehran.example")

    answer = send(mayor, f"{CASE}/tags", f"{CASE}/tags/remove", folded="smog")

    assert answer.status_code == 422
    assert "stands in the file" in answer.text


def test_a_refused_tag_keeps_what_was_typed(town: Flask) -> None:
    mayor = at_desk(town, "mayor@tehran.example")

    answer = send(mayor, f"{CASE}/tags", tag="p\u0430ris")

    assert answer.status_code == 422
    assert 'value="p\u0430ris"' in answer.text
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize(
    "path", [f"{CASE}/tags", "/en/tag-rules", "/en/journal", "/en/cities/tehran/journal"]
)
def test_a_page_that_is_not_for_somebody_is_refused(town: Flask, path: str) -> None:
    mina = at_desk(town, "mina@seoul.example")

    assert mina.get(path).status_code == 403
    assert mina.post(path, data={"csrf_token": csrf_of(mina, f"{CASE}/propose")}).status_code in (403, 405)


@pytest.mark.parametrize(
    "path", [f"{CASE}/tags", f"{CASE}/propose", "/en/tag-rules", "/en/journal", "/en/proposals", "/en/desk"]
)
def test_a_visitor_is_led_to_the_log_in(town: Flask, path: str) -> None:
    answer = town.test_client().get(path)

    assert answer.status_code == 303
    assert answer.location.startswith("/en/log-in?next=")


def test_a_proposal_goes_from_hand_to_hand(town: Flask) -> None:
    mina, mayor = at_desk(town, "mina@seoul.example"), at_desk(town, "mayor@tehran.example")
    sent = send(mina, f"{CASE}/propose", token=FORM, **FRENCH)
    again = send(mina, f"{CASE}/propose", token=FORM, **FRENCH)
    assert (sent.status_code, again.status_code) == (303, 303)
    assert mina.get("/en/proposals/own").text.count("Zone d&#39;air") == 1

    queue = mayor.get("/en/proposals").text
    act = re.search(r'action="(/en/proposals/\w+/accept)"', queue)
    assert act
    send(mayor, "/en/proposals", act[1], line="Merci.")

    page = town.test_client().get(CASE).text
    assert "Zone d&#39;air" in page
    assert "Translated by" in page
    assert "Merci." in mina.get("/en/proposals/own").text
    send(mayor, "/en/proposals?state=accepted", act[1].replace("/accept", "/reopen"))
    assert "Zone d&#39;air" not in town.test_client().get(CASE).text


def test_both_forms_of_one_page_can_be_sent(town: Flask) -> None:
    mina = at_desk(town, "mina@seoul.example")

    send(mina, f"{CASE}/propose", token=FORM, **FRENCH)
    send(mina, f"{CASE}/propose", token=FORM, what="tag", tag="Diesel")

    own = mina.get("/en/proposals/own").text
    assert "Diesel" in own
    assert "Zone d&#39;air" in own


def test_a_faulty_proposal_comes_back_with_every_fault(town: Flask) -> None:
    mina = at_desk(town, "mina@seoul.example")

    answer = send(mina, f"{CASE}/propose", what="translation", language="en", title="", summary="Kept text")

    assert answer.status_code == 422
    assert "1 thing has to be mended" in answer.text
    assert "Kept text" in answer.text


def test_a_foreign_proposal_cannot_be_decided(town: Flask) -> None:
    mina = at_desk(town, "mina@seoul.example")
    send(mina, f"{CASE}/propose", what="tag", tag="Diesel", token=FORM)
    act = re.search(r"/en/proposals/(\w+)/withdraw", mina.get("/en/proposals/own").text)
    assert act
    member(town, "mayor@seoul.example", "seoul")
    stranger = at_desk(town, "mayor@seoul.example")
    csrf = {"csrf_token": csrf_of(stranger, f"{CASE}/propose")}

    assert stranger.post(f"/en/proposals/{act[1]}/accept", data=csrf).status_code == 404


def test_a_merged_tag_leads_to_the_other_one(town: Flask) -> None:
    chief = at_desk(town, "chief@exchange.example")
    assert "Merge, rename or forbid" in chief.get("/en/tags/smog").text

    answer = send(chief, "/en/tags/smog", "/en/tag-rules", folded="smog", into="Air pollution", act="merge")

    assert (answer.status_code, answer.location) == (303, "/en/tags/air%20pollution")
    led = town.test_client().get("/en/tags/smog")
    assert (led.status_code, led.location) == (301, "/en/tags/air%20pollution")
    assert town.test_client().get("/en/tags/air%20pollution").status_code == 200


def test_a_forbidden_tag_is_gone_until_the_rule_is_undone(town: Flask) -> None:
    chief = at_desk(town, "chief@exchange.example")
    send(chief, "/en/tag-rules", tag="smog", act="forbid", line="too vague")
    gone = town.test_client().get("/en/tags/smog").status_code
    assert "too vague" in chief.get("/en/tag-rules").text

    send(chief, "/en/tag-rules", "/en/tag-rules/undo", folded="smog")

    assert (gone, town.test_client().get("/en/tags/smog").status_code) == (404, 200)


def test_a_visitor_sees_nothing_of_the_admins_tools(town: Flask) -> None:
    assert "tag-rules" not in town.test_client().get("/en/tags/smog").text


def test_tags_are_suggested_to_programs_of_ours(town: Flask) -> None:
    answer = town.test_client().get("/en/tags/suggest?q=smo")

    assert json.loads(answer.text)[0] == {"tag": "smog", "cases": 1}
    assert town.test_client().get("/en/tags/suggest").status_code == 404


def test_the_journal_of_a_city_is_its_own(town: Flask) -> None:
    mayor = at_desk(town, "mayor@tehran.example")
    send(mayor, f"{CASE}/tags", tag="Diesel")

    page = mayor.get("/en/cities/tehran/journal").text

    assert "the tag “<bdi>Diesel</bdi>”" in page
    assert "seoul" not in page.partition("<main")[2].partition("</main>")[0]
    assert mayor.get("/en/cities/seoul/journal").status_code == 403


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_journal_is_narrowed(town: Flask, language: str) -> None:
    chief = at_desk(town, "chief@exchange.example")
    day = site_of(town).now().date().isoformat()

    some = chief.get(f"/{language}/journal?action=published&day={day}&city=tehran").text
    none = chief.get(f"/{language}/journal?action=suspended").text
    wrong = chief.get(f"/{language}/journal?day=yesterday").text

    assert '<ol class="journal">' in some
    assert '<ol class="journal">' not in none
    assert 'aria-invalid="true"' in wrong


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(
    "path",
    [
        "desk",
        "proposals",
        "proposals/own",
        "journal",
        "cities/tehran/journal",
        "tag-rules",
        "tags/smog",
        "cases/tehran/clean-air",
        "cases/tehran/clean-air/tags",
        "cases/tehran/clean-air/propose",
    ],
)
def test_pages_for_people_ask_at_most_six_questions(town: Flask, path: str, language: str) -> None:
    chief = at_desk(town, "chief@exchange.example")
    chief.get(f"/{language}/{path}")

    with counting(site_of(town).store) as counted:
        answer = chief.get(f"/{language}/{path}")

    assert answer.status_code == 200
    assert counted.number <= 6, counted.statements
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_desk_counts_what_waits(town: Flask) -> None:
    mina, mayor = at_desk(town, "mina@seoul.example"), at_desk(town, "mayor@tehran.example")
    send(mina, f"{CASE}/propose", what="tag", tag="Diesel", token=FORM)

    desk = mayor.get("/en/desk").text

    assert re.search(
        r"<li data-waits><a href=\"/en/proposals\">[^<]+</a> <span class=\"count\">1</span>", desk
    )
    assert "/en/cities/tehran/journal" in desk
    assert "/en/cities/tehran/members" in desk
    assert '/en/proposals"' not in mina.get("/en/desk").text
