"""A case in its other forms, and the answers for cases that are not there."""

import re
from dataclasses import replace
from hashlib import sha256
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from knowledgebase.domain.source import Contact
from knowledgebase.intake.case import accept
from knowledgebase.intake.frontmatter import parse
from knowledgebase.store import case_writing, covers
from knowledgebase.store.values import StoredCover
from tests.case_pages import FULL, keep, withdraw
from tests.counting import counting
from tests.make import LATER, a_case, a_full_case, a_full_city
from tests.sites import site_of

# Other forms


def test_the_file_of_a_case_is_read_as_the_same_case(app: Flask) -> None:
    written = a_full_case()
    keep(site_of(app), written, a_full_city())

    answer = app.test_client().get(f"{FULL}.md")

    raw = parse(answer.data)
    case = accept(raw.mapping, raw.body, city="tehran", slug="حریم-هوای-پاک", lines=raw.lines)
    assert answer.mimetype == "text/markdown"
    assert quote("حریم-هوای-پاک.md") in answer.headers["Content-Disposition"]
    assert case == replace(written, contact=Contact("Air office", "https://example.org/air"))


def test_the_document_of_a_case_is_json(full: FlaskClient) -> None:
    told = full.get(f"{FULL}.json").json

    assert told
    assert told["id"] == "tehran/حریم-هوای-پاک"
    assert told["urls"]["pages"]["en"] == f"http://localhost{FULL}"


def test_the_history_names_every_revision_newest_first(app: Flask, short: FlaskClient) -> None:
    keep(site_of(app), a_case(title="Second title"), what="revised", at=LATER)

    html = short.get("/en/cases/tehran/clean-air/history").text

    assert re.findall(r'revision-number">(\d)<', html) == ["2", "1"]
    assert re.findall(r"<b>(\w+)</b> <time", html) == ["Revised", "Published"]


def test_the_picture_is_sent_for_ever_and_may_do_nothing(app: Flask, full: FlaskClient) -> None:
    data = b"not really a picture"
    digest = sha256(data).hexdigest()[:16]
    with site_of(app).store.writing() as db:
        covers.put(db, "tehran/حریم-هوای-پاک", StoredCover("zone.jpg", data, 4, 3, digest))

    html = full.get(FULL).text
    answer = full.get(f"/covers/tehran/{quote('حریم-هوای-پاک')}/{digest}.webp")
    other = full.get(f"/covers/tehran/{quote('حریم-هوای-پاک')}/{'0' * 16}.webp")

    assert f'{digest}.webp" alt="تابلوی ورود به حریم"' in html
    assert (answer.data, answer.mimetype) == (data, "image/webp")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert other.status_code == 404


# Cases that are not there


def test_an_address_that_was_never_given_is_not_found(short: FlaskClient) -> None:
    for path in ("tehran/none", "none/clean-air", "tehran/Clean-Air", "tehran/a%00b", "tehran/none.md"):
        assert short.get(f"/en/cases/{path}").status_code == 404


@pytest.mark.parametrize("form", ["", ".md", ".json", "/history"])
def test_a_former_address_leads_to_the_same_form_of_the_case(
    app: Flask, short: FlaskClient, form: str
) -> None:
    with site_of(app).store.writing() as db:
        case_writing.rename(db, "tehran/clean-air", "tehran/هوا", at=LATER, by="import")

    answer = short.get(f"/fa/cases/tehran/clean-air{form}")

    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/fa/cases/tehran/{quote('هوا')}{form}"


@pytest.mark.parametrize("form", ["", ".md", ".json", "/history"])
def test_a_withdrawn_case_is_gone_in_every_form(app: Flask, short: FlaskClient, form: str) -> None:
    short.get(f"/en/cases/tehran/clean-air{form}")
    withdraw(site_of(app), "tehran/clean-air")

    answer = short.get(f"/en/cases/tehran/clean-air{form}")

    assert answer.status_code == 410
    assert "Clean air zone" not in answer.text


def test_a_withdrawn_case_takes_its_picture_along(app: Flask, full: FlaskClient) -> None:
    data = b"not really a picture"
    digest = sha256(data).hexdigest()[:16]
    with site_of(app).store.writing() as db:
        covers.put(db, "tehran/حریم-هوای-پاک", StoredCover("zone.jpg", data, 4, 3, digest))
    withdraw(site_of(app), "tehran/حریم-هوای-پاک")

    assert full.get(f"/covers/tehran/{quote('حریم-هوای-پاک')}/{digest}.webp").status_code == 404


def test_the_page_of_a_withdrawn_case_asks_at_most_four_times(app: Flask, short: FlaskClient) -> None:
    withdraw(site_of(app), "tehran/clean-air")

    with counting(site_of(app).store) as counted:
        short.get("/en/cases/tehran/clean-air")

    assert counted.number <= 4
