"""Bad addresses, words of an attacker and a broken database are answered and break nothing."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.sites import Folder, publish, site_of


@pytest.mark.parametrize(
    "path",
    [
        "/en/search?page=999999999",
        "/en/search?page=-1",
        "/en/search?page=%C2%B2",
        "/en/search?page=" + "9" * 5_000,
        "/en/search?q=" + "a" * 7_000,
        "/en/search?q=" + "%5B" * 2_000,
        "/en/search?q[]=x&topic=../../etc&sort=;drop&city=%00&year=abc",
        "/en/search?q=%7B%22match%22:1%7D&q=second",
        "/en/search?q=title:x AND *:* /re/ ~2 ^3 \\",
        "/api/v1/search?size=100000&page=1e9",
        "/en/cities/..%2f..%2fetc",
        "/en/cases/tehran/%F0%9F%92%A9",
        "/fa/tags/%00",
    ],
)
def test_bad_addresses_are_answered_and_break_nothing(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code in {200, 301, 308, 400, 404, 414}
    assert "Traceback" not in answer.text


def test_words_of_an_attacker_are_shown_as_text(app: Flask, folder: Folder) -> None:
    attack = "<img src=x onerror=alert(1)>"
    folder.case("tehran/attack", title=attack, summary=f"{attack} {{{{7*7}}}}", tags="smog", body=attack)
    publish(site_of(app), folder)
    client = app.test_client()

    pages: list[Callable[[], str]] = [
        lambda: client.get("/en/search?q=onerror").text,
        lambda: client.get("/en/cases/tehran/attack").text,
        lambda: client.get("/en/").text,
        lambda: client.get("/en/search", query_string={"q": attack}).text,
        lambda: client.get("/en/feed.atom").text,
    ]

    for page in pages:
        assert "<img src=x" not in page()
        assert f"{attack} 49" not in page()


def test_a_broken_database_gives_a_page_that_needs_none(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from knowledgebase.domain.errors import StoreUnavailable

    def away(*_: object, **__: object) -> None:
        raise StoreUnavailable("away")

    monkeypatch.setattr(type(site_of(app).store), "reading", away)

    page, ready = client.get("/fa/search?q=x"), client.get("/readyz")

    assert (page.status_code, ready.status_code) == (503, 503)
    assert "Retry-After" in page.headers
    assert client.get("/healthz").status_code == 200
