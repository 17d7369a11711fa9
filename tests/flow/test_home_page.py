"""The front page on real parts."""

import re

from flask import Flask

from tests.sites import Folder, publish, site_of


def test_an_empty_site_has_a_front_page(app: Flask) -> None:
    answer = app.test_client().get("/fa/")

    assert answer.status_code == 200
    assert "شهر شما با چه مسئله" in answer.text
    assert "card" not in answer.text


def test_the_front_page_counts_cases_cities_and_topics(app: Flask, folder: Folder) -> None:
    folder.city("seoul", country="KR")
    folder.case("tehran/zone", title="Clean air zone")
    folder.case("seoul/bus", title="Night bus", topics="mobility")
    publish(site_of(app), folder)

    text = app.test_client().get("/en/").text

    assert re.findall(r"<dt>(\w+)</dt><dd>(\d+)</dd>", text) == [
        ("cases", "2"),
        ("cities", "2"),
        ("countries", "2"),
    ]
    topics = re.findall(r'href="/en/topics/(\w+)">.*?<span class="count">(\d+)</span>', text)
    assert {topic: count for topic, count in topics if count != "0"} == {"air": "1", "mobility": "1"}
    assert len(topics) == 16
    assert '<a href="/en/cities/seoul"><bdi>Seoul</bdi></a>' in text
    assert text.count('<article class="card"') == 2


def test_the_newest_case_comes_first(app: Flask, folder: Folder) -> None:
    site = site_of(app)
    folder.case("tehran/first", title="First")
    publish(site, folder)
    folder.case("tehran/second", title="Second")
    publish(site, folder)

    text = app.test_client().get("/en/").text

    assert re.findall(r'class="card-title"[^>]*><a[^>]*>(\w+)</a>', text) == ["Second", "First"]


def test_a_front_page_that_is_known_is_not_sent_again(app: Flask, folder: Folder) -> None:
    folder.case("tehran/first", title="First")
    publish(site_of(app), folder)
    client = app.test_client()
    tag = client.get("/en/").headers["ETag"]

    again = client.get("/en/", headers={"If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")


def test_a_kept_front_page_follows_every_change(app: Flask, folder: Folder) -> None:
    site, client = site_of(app), app.test_client()
    folder.case("tehran/first", title="First title")
    publish(site, folder)
    before = client.get("/en/")

    folder.case("tehran/first", title="Second title")
    folder.city("tehran", name="Greater Tehran")
    publish(site, folder)
    after = client.get("/en/", headers={"If-None-Match": before.headers["ETag"]})

    assert "First title" in before.text
    assert "Second title" in after.text
    assert "Greater Tehran" in after.text
    assert "First title" not in after.text


def test_a_kept_front_page_speaks_the_language_that_is_asked_for(app: Flask) -> None:
    client = app.test_client()

    pages = [client.get(address).text for address in ("/fa/", "/en/", "/en/?q=x")]

    assert ['<html lang="fa"' in page for page in pages] == [True, False, False]
    assert ['href="/fa/?q=x"' in page for page in pages] == [False, False, True]
