"""What happens to a draft on its way: asked, returned, decided, shared, reconciled, withdrawn, by pages."""

import re

import pytest
from flask import Flask

from knowledgebase.domain.person import CityRole
from tests.sites import found, index, site_of
from tests.writers import SNAPSHOT, Writer

CASE = "/en/cases/tehran/clean-air-zone"


@pytest.fixture
def writer(app: Flask) -> Writer:
    """Lend somebody who must ask, at a draft with a whole text."""
    who = Writer(app, "wali@tehran.example", may_publish=False)
    who.begin()
    who.press("save", SNAPSHOT)
    return who


@pytest.fixture
def admin(app: Flask, writer: Writer) -> Writer:
    """Lend the city's admin, looking at the same draft."""
    who = Writer(app, "adel@tehran.example", role=CityRole.ADMIN)
    who.address = writer.address
    return who


@pytest.fixture
def publisher(app: Flask) -> Writer:
    """Lend somebody who has published a case."""
    who = Writer(app, "parisa@tehran.example")
    who.begin()
    who.press("publish", SNAPSHOT)
    return who


def revising(who: Writer) -> Writer:
    """Let somebody press Revise on the case's page."""
    made = who.client.post(f"{CASE}/revise", data=who.hidden(CASE))
    assert made.status_code == 303, made.text
    who.address = made.location
    return who


def test_who_may_not_publish_asks(writer: Writer) -> None:
    page = writer.client.get(writer.address).text

    assert 'value="ask"' in page
    assert 'value="publish"' not in page


def test_an_unfinished_text_is_not_asked_for(writer: Writer) -> None:
    answer = writer.press("ask", SNAPSHOT | {"section.solution": ""})

    assert answer.status_code == 422


def test_an_admin_returns_it_with_a_line_and_publishes_it_then(
    app: Flask, writer: Writer, admin: Writer
) -> None:
    writer.press("ask", SNAPSHOT)
    assert "nobody writes on it" in writer.client.get(writer.address).text

    assert admin.post("return", line=" ").status_code == 422
    admin.post("return", line="Which year?")
    assert "Which year?" in writer.client.get(writer.address).text

    writer.press("ask", SNAPSHOT | {"started": "2019"})
    answer = admin.post("decide", letter_number="12/34", letter_date="2025-03-01")
    page = writer.client.get(answer.location).text
    assert "12/34" in page
    assert "To the case" in page
    index(site_of(app))
    assert found(site_of(app), "smog") == ["tehran/clean-air-zone"]


def test_a_letter_with_a_date_and_no_number_is_a_fault(writer: Writer, admin: Writer) -> None:
    writer.press("ask", SNAPSHOT)

    answer = admin.post("decide", letter_number="", letter_date="2025-03-01")

    assert answer.status_code == 422
    assert "2025-03-01" in answer.text


def test_a_writer_takes_back_what_it_asked_for(writer: Writer) -> None:
    writer.press("ask", SNAPSHOT)

    writer.post("take-back")

    assert 'value="ask"' in writer.client.get(writer.address).text


@pytest.mark.parametrize("part", ["decide", "return"])
def test_a_writer_decides_nothing(writer: Writer, part: str) -> None:
    writer.press("ask", SNAPSHOT)

    assert writer.post(part, line="x").status_code == 403


def test_a_writer_is_told_so_before_any_fault(writer: Writer) -> None:
    writer.press("ask", SNAPSHOT)

    assert writer.post("return", line="").status_code == 403


@pytest.mark.parametrize(("part", "field"), [("return", "line"), ("decide", "letter_date")])
def test_a_faulty_decision_about_a_draft_that_waits_no_more_is_too_late(
    writer: Writer, admin: Writer, part: str, field: str
) -> None:
    writer.press("ask", SNAPSHOT)
    writer.post("take-back")

    answer = admin.post(part, **{field: " " if part == "return" else "never"})

    assert answer.status_code == 409


def test_a_save_after_the_draft_was_published_keeps_what_was_typed(publisher: Writer) -> None:
    data = {**publisher.hidden("/en/write"), "revision": "2", "do": "save", "title": "Typed too late"}

    answer = publisher.client.post(publisher.address, data=data)

    assert answer.status_code == 409
    assert "Typed too late" in answer.text


def test_a_discarded_draft_leaves_the_list(writer: Writer) -> None:
    answer = writer.post("discard")

    assert "Clean air zone" not in writer.client.get(answer.location).text
    assert "There is no draft now" in writer.client.get(answer.location).text


@pytest.mark.parametrize("part", ["", "/sheet", "/preview"])
def test_a_draft_is_not_there_for_other_cities_and_visitors(app: Flask, writer: Writer, part: str) -> None:
    stranger = Writer(app, "min@seoul.example", city="seoul", role=CityRole.ADMIN)

    if part != "/preview":
        assert stranger.client.get(writer.address + part).status_code == 404
        assert app.test_client().get(writer.address + part).status_code == 303
    data = stranger.hidden("/en/write") | SNAPSHOT
    assert stranger.client.post(writer.address + part, data=data).status_code in (404, 405)


def test_a_link_shows_the_draft_to_anybody_and_keeps_its_secret(app: Flask, writer: Writer) -> None:
    made = writer.post("share").text
    link = re.search(r"/en/drafts/[\w-]{43}", made)
    assert link

    for path in (link[0], f"{link[0]}/sheet"):
        answer = app.test_client().get(path)
        assert answer.status_code == 200
        assert "Smog over the city." in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "noindex" in answer.text
        assert "<textarea" not in answer.text


def test_a_revoked_link_is_dead(app: Flask, writer: Writer) -> None:
    link = re.search(r"/en/drafts/[\w-]{43}", writer.post("share").text)
    assert link

    writer.post("revoke")

    assert app.test_client().get(link[0]).status_code == 410


def test_the_sheet_has_lines_for_the_signature(writer: Writer) -> None:
    page = writer.client.get(f"{writer.address}/sheet").text

    for word in ("Office", "Name and position", "Number of the letter", "Date", "Signature"):
        assert f"<dt>{word}</dt>" in page


def test_two_people_on_one_draft_choose_and_lose_nothing(writer: Writer, admin: Writer) -> None:
    before = {**writer.hidden(writer.address), "do": "save"}
    admin.press("save", SNAPSHOT | {"title": "Theirs", "tags": "smog"})

    conflict = writer.client.post(
        writer.address, data={**before, **SNAPSHOT, "title": "Mine", "summary": "My words."}
    )
    assert conflict.status_code == 409
    for words in ("Theirs", "Mine", "My words.", "smog"):
        assert words in conflict.text

    carried = dict(
        re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', conflict.text, re.DOTALL)
    )
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', conflict.text))
    chosen = dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)" checked>', conflict.text))
    assert chosen == {"choice.summary": "mine", "choice.tags": "theirs"}
    again = writer.client.post(f"{writer.address}/choose", data={**hidden, **carried, **chosen})
    assert again.status_code == 422

    done = writer.client.post(
        f"{writer.address}/choose", data={**hidden, **carried, **chosen, "choice.title": "theirs"}
    )
    page = writer.client.get(done.location).text
    assert 'value="Theirs"' in page
    assert "My words.</textarea>" in page
    assert 'value="smog"' in page


def test_a_published_case_is_revised_with_a_note(publisher: Writer) -> None:
    answer = revising(publisher).press("publish", SNAPSHOT | {"title": "Cleaner air", "note": "Better title"})

    assert answer.status_code == 303
    assert "Cleaner air" in publisher.client.get(CASE).text
    assert "Better title" in publisher.client.get(f"{CASE}/history").text


def test_over_a_newer_revision_both_texts_stand_and_the_chosen_one_is_published(
    app: Flask, publisher: Writer
) -> None:
    admin = revising(Writer(app, "adel@tehran.example", role=CityRole.ADMIN))
    revising(publisher)
    admin.press("publish", SNAPSHOT | {"title": "Theirs", "section.results": "Theirs too."})

    conflict = publisher.press("publish", SNAPSHOT | {"title": "Mine", "section.challenge": "My smog."})
    assert conflict.status_code == 409
    assert "Theirs" in conflict.text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', conflict.text))
    chosen = dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)" checked>', conflict.text))
    both = {"choice.title": "mine", "choice.summary": "theirs"}
    publisher.client.post(f"{publisher.address}/choose", data={**hidden, **chosen, **both})
    page = publisher.client.get(publisher.address).text
    fields = SNAPSHOT | {"title": "Mine", "section.challenge": "My smog.", "section.results": "Theirs too."}
    assert "Theirs too.</textarea>" in page
    summary = re.search(r'name="summary"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    publisher.press("publish", fields | {"summary": summary[1] if summary else ""})

    shown = publisher.client.get(CASE).text
    for words in ("Mine", "My smog.", "Theirs too."):
        assert words in shown


def test_a_case_is_withdrawn_with_a_reason_and_shown_again(publisher: Writer) -> None:
    hidden = publisher.hidden(f"{CASE}/withdraw")

    assert publisher.client.post(f"{CASE}/withdraw", data={**hidden, "line": ""}).status_code == 422
    publisher.client.post(f"{CASE}/withdraw", data={**hidden, "line": "A mistake"})
    assert publisher.client.get(CASE).status_code == 410
    publisher.client.post(f"{CASE}/restore", data=hidden)

    assert publisher.client.get(CASE).status_code == 200
    assert "A mistake" in publisher.client.get(f"{CASE}/history").text


def test_only_those_who_write_for_the_city_see_what_can_be_done(app: Flask, publisher: Writer) -> None:
    stranger = Writer(app, "min@seoul.example", city="seoul", role=CityRole.ADMIN)
    asker = Writer(app, "wali@tehran.example", may_publish=False)

    assert f'action="{CASE}/revise"' in publisher.client.get(CASE).text
    assert f'href="{CASE}/withdraw"' in publisher.client.get(CASE).text
    assert f'action="{CASE}/revise"' in asker.client.get(CASE).text
    assert f'href="{CASE}/withdraw"' not in asker.client.get(CASE).text
    for client in (stranger.client, app.test_client()):
        assert "/revise" not in client.get(CASE).text
    hidden = stranger.hidden("/en/write")
    for part in ("revise", "withdraw", "restore"):
        answer = stranger.client.post(f"{CASE}/{part}", data={**hidden, "line": "x"})
        assert answer.status_code == 403


def test_the_city_s_page_leads_its_writers_to_writing(app: Flask, publisher: Writer) -> None:
    way = 'href="/en/write?city=tehran"'

    assert way in publisher.client.get("/en/cities/tehran").text
    assert way not in app.test_client().get("/en/cities/tehran").text
