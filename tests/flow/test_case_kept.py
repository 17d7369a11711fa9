"""The page of a case is kept, sent once, and follows the case, its city and the day."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from knowledgebase.services.site import Site
from knowledgebase.store import covers
from knowledgebase.store.values import StoredCover
from tests.case_pages import FULL, keep
from tests.counting import counting
from tests.make import a_case, a_city
from tests.sites import site_of


def _at(site: Site, moment: datetime) -> Site:
    return Site(site.store, site.index, site.renderer, now=lambda: moment)


# Kept pages


def test_a_page_that_is_known_is_not_sent_again(short: FlaskClient) -> None:
    first = short.get("/en/cases/tehran/clean-air")

    again = short.get("/en/cases/tehran/clean-air", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_kept_page_asks_the_database_once(app: Flask, full: FlaskClient) -> None:
    with counting(site_of(app).store) as first:
        full.get(FULL)
    with counting(site_of(app).store) as again:
        full.get(FULL)

    assert first.number <= 4
    assert again.number == 1


@pytest.mark.parametrize("form", [".md", ".json", "/history"])
def test_every_form_of_a_case_asks_at_most_four_times(app: Flask, full: FlaskClient, form: str) -> None:
    with site_of(app).store.writing() as db:
        covers.put(db, "tehran/حریم-هوای-پاک", StoredCover("zone.jpg", b"zone", 4, 3, "abc"))

    with counting(site_of(app).store) as counted:
        assert full.get(f"{FULL}{form}").status_code == 200

    assert counted.number <= 4


def test_a_kept_page_follows_the_case_and_its_city(app: Flask, short: FlaskClient) -> None:
    site, path = site_of(app), "/en/cases/tehran/clean-air"
    before = short.get(path)

    keep(site, a_case(title="Second title"), a_city(name={"en": "Greater Tehran"}), what="revised")
    after = short.get(path, headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    assert "Second title" in after.text
    assert "Greater Tehran" in after.text


def test_what_one_reader_adds_to_the_address_reaches_nobody_else(short: FlaskClient) -> None:
    short.get("/en/cases/tehran/clean-air?from=elsewhere")

    assert "elsewhere" not in short.get("/en/cases/tehran/clean-air").text


def test_a_day_later_the_page_is_printed_with_the_new_date(
    app: Flask, short: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = []
    for day in (date(2026, 11, 24), date(2026, 11, 25)):
        at = datetime(day.year, day.month, day.day, tzinfo=UTC)
        monkeypatch.setattr("knowledgebase.web.cases.the_site", lambda at=at: _at(site_of(app), at))
        pages.append(short.get("/en/cases/tehran/clean-air").text)

    assert "printed on 24 November 2026" in pages[0]
    assert "printed on 25 November 2026" in pages[1]
