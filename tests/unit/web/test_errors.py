"""Refusals and failures in words, as pages, as parts of pages and as problem documents."""

import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from knowledgebase.domain import errors
from knowledgebase.domain.errors import (
    Fault,
    Gone,
    Invalid,
    KnowledgeError,
    Moved,
    SearchUnavailable,
    StoreUnavailable,
)
from knowledgebase.domain.language import INTERFACE
from tests.sites import Folder, publish, site_of
from tests.unit.web.conftest import add_route, bare_app

FAMILY = [
    kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, KnowledgeError)
]
SIMPLE = [kind for kind in FAMILY if kind not in {KnowledgeError, Gone, Moved, Invalid}]
PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#found"}


def client_that_raises(raise_it: Callable[[], object]) -> FlaskClient:
    app = bare_app()

    def view() -> str:
        raise_it()
        return ""

    for rule in ("/<interface:language>/fails", "/api/v1/fails"):
        add_route(app, rule, rule, view)
    return app.test_client()


def raising(error: Exception) -> FlaskClient:
    def raise_it() -> None:
        raise error

    return client_that_raises(raise_it)


@pytest.mark.parametrize("kind", SIMPLE, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("language", INTERFACE)
def test_every_error_of_the_family_has_a_page_in_both_languages(
    kind: type[KnowledgeError], language: str
) -> None:
    answer = raising(kind("secret/id")).get(f"/{language}/fails")

    assert answer.status_code == kind.http_status
    assert f'<html lang="{language}"' in answer.text
    assert "secret/id" not in answer.text
    assert "went wrong" not in answer.text
    assert "مشکلی در سامانه" not in answer.text


def test_a_withdrawn_case_tells_its_city_by_name_and_the_date(app: Flask, folder: Folder) -> None:
    folder.city(name="تهران")
    publish(site_of(app), folder)

    def fail() -> str:
        raise Gone("tehran/zone", "tehran", datetime(2026, 11, 24, tzinfo=UTC))

    add_route(app, "/<interface:language>/fails", "fails", fail)
    answer = app.test_client().get("/fa/fails")

    assert answer.status_code == 410
    assert "<bdi>تهران</bdi> · ۳ آذر ۱۴۰۵" in answer.text


def test_the_city_of_a_withdrawn_case_is_told_by_its_id_while_the_database_is_away(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> str:
        raise StoreUnavailable("away")

    def gone() -> str:
        raise Gone("tehran/zone", "tehran", datetime(2026, 11, 24, tzinfo=UTC))

    monkeypatch.setattr(type(site_of(app).store), "reading", fail)
    add_route(app, "/<interface:language>/fails", "fails", gone)
    answer = app.test_client().get("/en/fails")

    assert (answer.status_code, "<bdi>tehran</bdi>" in answer.text) == (410, True)


def test_a_renamed_case_leads_to_its_address_in_the_same_language() -> None:
    answer = raising(Moved("tehran/هوا")).get("/fa/fails")

    assert (answer.status_code, answer.headers["Location"]) == (301, "/fa/cases/tehran/%D9%87%D9%88%D8%A7")


def test_faults_are_told_in_sentences() -> None:
    fault = Fault("too-long", "title", 3, {"most": 120, "length": 121})

    answer = raising(Invalid([fault])).get("/fa/fails")

    assert answer.status_code == 422
    assert "۱۲۰" in answer.text
    assert "too-long" not in answer.text


def test_a_program_gets_a_problem_document() -> None:
    answer = raising(Invalid([Fault("required", "title", 2)])).get(
        "/api/v1/fails", headers={"Accept-Language": "en"}
    )

    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    document = answer.get_json(force=True)
    assert (document["code"], document["status"]) == ("invalid", 422)
    assert [(fault["code"], fault["key"], fault["line"]) for fault in document["faults"]] == [
        ("required", "title", 2)
    ]


def test_htmx_gets_a_part_with_the_id_of_what_it_replaces() -> None:
    answer = raising(SearchUnavailable("away")).get("/fa/fails", headers=PART)

    assert answer.status_code == 503
    assert answer.text.lstrip().startswith('<section class="failure" id="found">')
    assert "<html" not in answer.text


@pytest.mark.parametrize("target", ['div#x"><script>', "div", "div#" + "a" * 50])
def test_a_target_that_is_no_plain_id_is_not_repeated(target: str) -> None:
    answer = raising(SearchUnavailable("away")).get("/fa/fails", headers={**PART, "HX-Target": target})

    assert answer.text.lstrip().startswith('<section class="failure">')


def test_what_is_away_says_when_to_come_back() -> None:
    answer = raising(SearchUnavailable("away")).get("/en/fails")

    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", INTERFACE)
@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 414, 415, 418, 422, 429, 500, 503])
def test_every_status_of_http_has_a_page_in_both_languages(language: str, status: int) -> None:
    answer = client_that_raises(lambda: abort(status)).get(f"/{language}/fails")

    assert answer.status_code == status
    assert f'<html lang="{language}"' in answer.text


def test_a_method_that_is_not_answered_names_those_that_are(bare: Flask) -> None:
    answer = bare.test_client().post("/fa/search")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_an_unforeseen_failure_shows_a_number_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    client = raising(RuntimeError("password=hunter2"))

    with caplog.at_level(logging.ERROR):
        answer = client.get("/en/fails")

    assert answer.status_code == 500
    assert "hunter2" not in answer.text
    assert "Traceback" not in answer.text
    incident = re.search(r"<code>([0-9a-f]{8})</code>", answer.text)
    assert incident is not None
    (record,) = caplog.records
    assert incident[1] in record.getMessage()
    assert record.exc_info is not None


def test_an_unforeseen_failure_of_a_program_has_the_number_too() -> None:
    answer = raising(RuntimeError("x")).get("/api/v1/fails")

    assert answer.status_code == 500
    assert re.fullmatch(r"[0-9a-f]{8}", answer.get_json(force=True)["incident"])


def test_an_unknown_address_is_answered_in_the_reader_s_language(bare: Flask) -> None:
    answer = bare.test_client().get("/nowhere", headers={"Accept-Language": "fa"})

    assert answer.status_code == 404
    assert "چنین صفحه" in answer.text
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


def test_template_marks_in_an_address_are_printed_as_they_are(bare: Flask) -> None:
    answer = bare.test_client().get("/fa/{{7*7}}<b>")

    assert answer.status_code == 404
    assert ">49<" not in answer.text
    assert "/fa/49" not in answer.text
    assert "<b>" not in answer.text
