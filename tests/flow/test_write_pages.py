"""Writing a case as a browser without scripts does it: begin, type, mend, preview, publish, find."""

import re

import pytest
from flask import Flask

from knowledgebase.domain.person import CityRole
from knowledgebase.store.tables import cases
from knowledgebase.web import draft_view
from tests.counting import counting
from tests.people import rows
from tests.sites import found, index, site_of
from tests.writers import SNAPSHOT, Writer


@pytest.fixture
def writer(app: Flask) -> Writer:
    """Lend somebody who may publish, at a new draft."""
    found = Writer(app, "parisa@tehran.example")
    found.begin()
    return found


def test_a_visitor_is_led_to_the_log_in(app: Flask) -> None:
    answer = app.test_client().get("/en/write")

    assert (answer.status_code, answer.location) == (303, "/en/log-in?next=%2Fen%2Fwrite")


def test_somebody_without_a_city_to_write_for_is_told_so(app: Flask) -> None:
    reader = Writer(app, "rana@tehran.example", may_publish=False, role=CityRole.MEMBER)

    assert "You write for no city yet" in reader.client.get("/en/write").text
    assert reader.client.get("/en/write?city=tehran").status_code == 403


def test_a_case_is_written_published_and_found(app: Flask, writer: Writer) -> None:
    site = site_of(app)

    answer = writer.press("publish", SNAPSHOT)

    assert answer.status_code == 303
    assert "The case is published" in writer.client.get(answer.location).text
    index(site)
    assert found(site, "smog") == ["tehran/clean-air-zone"]
    assert "The search finds it." in writer.client.get(answer.location).text
    assert writer.client.get("/en/cases/tehran/clean-air-zone").status_code == 200


def test_a_double_click_a_retry_and_back_make_one_case(app: Flask, writer: Writer) -> None:
    data = {**writer.hidden(writer.address), **SNAPSHOT, "do": "publish"}

    answers = [writer.client.post(writer.address, data=data) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert rows(site_of(app).store, cases) == 1


def test_a_double_click_begins_one_draft(writer: Writer) -> None:
    data = writer.hidden("/en/write")

    places = {writer.client.post("/en/write", data=data).location for _ in range(2)}

    assert len(places) == 1


def test_a_faulty_form_names_every_fault_and_keeps_every_letter(writer: Writer) -> None:
    typed = SNAPSHOT | {"title": "هوای پاک\u200cتر" * 20, "section.results": " ", "sources.1.url": "x:y"}

    answer = writer.press("publish", typed)

    assert answer.status_code == 422
    assert 'href="#f-title"' in answer.text
    assert 'href="#f-section-results"' in answer.text
    assert 'href="#f-sources-1-title"' in answer.text
    assert 'href="#f-sources-1-url"' in answer.text
    assert "هوای پاک\u200cتر" * 20 in answer.text
    assert 'value="x:y"' in answer.text
    assert "هوای پاک\u200cتر" * 20 in writer.client.get(writer.address).text


def test_a_draft_may_be_faulty(writer: Writer) -> None:
    answer = writer.press("save", {"status": "operating", "section.challenge": "a\n\n  b"})

    assert answer.status_code == 303
    assert "a\n\n  b</textarea>" in writer.client.get(writer.address).text


def test_a_part_is_added_filled_and_taken_out_without_scripts(writer: Writer) -> None:
    added = writer.press("add:results", SNAPSHOT)
    page = writer.client.get(added.location).text
    assert 'name="results.1.indicator"' in page
    assert 'name="results.1.indicator"' not in writer.client.get(writer.address).text

    filled = {"results.1.indicator": "Soot", "results.1.what": "outcome"}
    more = writer.press("row:results", SNAPSHOT | filled, open=["results"])
    assert 'name="results.2.indicator"' in writer.client.get(more.location).text

    writer.press("remove:results", SNAPSHOT | filled)
    assert 'name="results.1.indicator"' not in writer.client.get(writer.address).text


def test_a_row_that_is_taken_out_lets_the_next_one_move_up(writer: Writer) -> None:
    typed = SNAPSHOT | {"sources.1.title": "One", "sources.2.title": "Two", "sources.3.title": "Three"}

    writer.press("remove:sources.2", typed)

    page = writer.client.get(writer.address).text
    assert re.findall(r'name="sources\.\d\.title" value="([^"]*)"', page) == ["One", "Three"]


def test_ticks_come_and_go(writer: Writer) -> None:
    writer.press("save", SNAPSHOT, offers=["call", "training"])
    page = writer.client.get(writer.address).text

    assert re.findall(r'name="offers" value="([a-z-]+)" checked', page) == ["call", "training"]


def test_the_preview_is_the_real_page(writer: Writer) -> None:
    answer = writer.press("preview", SNAPSHOT | {"section.solution": "A *zone* <script>alert(1)</script>"})

    page = writer.client.get(answer.location).text
    assert "<em>zone</em>" in page
    assert "<script>alert(1)" not in page
    assert 'data-part="findings"' in page


def test_the_live_preview_saves_nothing(writer: Writer) -> None:
    answer = writer.post("preview", **SNAPSHOT)

    assert "Smog over the city." in answer.text
    assert "<html" not in answer.text
    assert "Smog over the city." not in writer.client.get(writer.address).text


def test_an_unfinished_text_is_previewed_all_the_same(writer: Writer) -> None:
    answer = writer.post("preview", **{"section.challenge": "**Smog**", "language": "en"})

    assert "<strong>Smog</strong>" in answer.text


def test_a_bomb_is_refused_and_the_draft_stays(writer: Writer) -> None:
    answer = writer.press("publish", SNAPSHOT | {"section.solution": "[" * 5_000})

    assert answer.status_code == 422
    assert "[" * 5_000 in answer.text
    assert writer.post("preview", **SNAPSHOT).status_code == 200


def test_fields_that_the_form_does_not_have_are_not_read(app: Flask, writer: Writer) -> None:
    writer.press("publish", SNAPSHOT | {"city": "seoul", "written_by.kind": "editors", "id": "x/y"})

    page = writer.client.get("/en/cases/tehran/clean-air-zone")
    assert page.status_code == 200
    assert rows(site_of(app).store, cases) == 1


def test_the_pages_ask_few_questions(app: Flask, writer: Writer) -> None:
    writer.press("save", SNAPSHOT)
    for path in (writer.address, "/en/write", f"{writer.address}?preview=1", f"{writer.address}/sheet"):
        writer.client.get(path)
        with counting(site_of(app).store) as counted:
            assert writer.client.get(path).status_code == 200
        assert counted.number <= 6, counted.statements


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_pages_answer_in_both_languages(writer: Writer, language: str) -> None:
    writer.press("save", SNAPSHOT)
    place = writer.address.replace("/en/", f"/{language}/")

    for path in (place, f"{place}?open=results&open=cost&open=section.more&row=results", f"{place}/sheet"):
        assert writer.client.get(path).status_code == 200


def test_many_fields_at_once_are_no_trouble(writer: Writer) -> None:
    wide = {
        f"results.{place}.{name}": "7"
        for place in range(1, 21)
        for name in ("indicator", "unit", "before.value", "before.date", "after.value", "sources")
    }

    answer = writer.press("publish", SNAPSHOT | wide)

    assert answer.status_code == 422
    assert answer.text.count('class="wrong"') > 20


def test_only_so_many_previews_are_made_at_once(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_view, "PATIENCE", 0.05)
    for _ in range(draft_view.PREVIEWS):
        draft_view._turns.acquire()

    busy = writer.post("preview", **SNAPSHOT)
    for _ in range(draft_view.PREVIEWS):
        draft_view._turns.release()

    assert busy.status_code == 503
    assert writer.post("preview", **SNAPSHOT).status_code == 200
