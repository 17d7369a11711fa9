"""Every outlet of the site: it answers, asks little of the database, and hides what is withdrawn."""

import random
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from knowledgebase.services.site import Site
from knowledgebase.store import case_writing
from knowledgebase.web.api.models import Withdrawn
from tests.counting import counting
from tests.sites import Folder, index, publish, site_of

PAGES = (
    "/{language}/",
    "/{language}/search",
    "/{language}/search?q=smoke&topic=air&sort=newest",
    "/{language}/search?q=nothing-like-it&city=tehran",
    "/{language}/cases/tehran/case-1",
    "/{language}/cases/tehran/case-1.md",
    "/{language}/cases/tehran/case-1.json",
    "/{language}/cases/tehran/case-1/history",
    "/{language}/cities/",
    "/{language}/cities/tehran",
    "/{language}/topics/",
    "/{language}/topics/air",
    "/{language}/topics/energy",
    "/{language}/tags/",
    "/{language}/tags/smog",
    "/{language}/networks/",
    "/{language}/networks/c40",
    "/{language}/about",
    "/{language}/feed.atom",
    "/{language}/topics/air/feed.atom",
    "/{language}/opensearch.xml",
)
MACHINE = (
    "/api/v1/search?q=smoke",
    "/api/v1/cases/tehran/case-1",
    "/api/v1/cities",
    "/api/v1/cities/tehran",
    "/api/v1/openapi.json",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
    "/readyz",
)
EVERY = [page.format(language=language) for language in ("fa", "en") for page in PAGES] + list(MACHINE)


@pytest.mark.parametrize("path", EVERY)
def test_every_outlet_answers(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 200


@pytest.mark.parametrize("path", [path for path in EVERY if path != "/readyz"])
def test_every_outlet_asks_at_most_four_statements(app: Flask, client: FlaskClient, path: str) -> None:
    client.get(path)  # the first answer of a process opens things

    with counting(site_of(app).store) as counted:
        client.get(path)

    assert counted.number <= 4, counted.statements


@pytest.mark.parametrize("path", [*EVERY, "/fa/nowhere", "/en/cases/tehran/none", "/api/v1/cases/x/y"])
def test_every_answer_carries_the_headers_and_no_cookie(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", [page.format(language="fa") for page in PAGES if "." not in page])
def test_pages_say_their_language_and_direction(client: FlaskClient, path: str) -> None:
    assert '<html lang="fa" dir="rtl"' in client.get(path).text
    assert '<html lang="en" dir="ltr"' in client.get(path.replace("/fa/", "/en/")).text


@pytest.mark.parametrize("path", [page.format(language="en") for page in PAGES if "." not in page])
def test_pages_run_and_style_nothing_inline(client: FlaskClient, path: str) -> None:
    page = client.get(path).text

    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)", page)
    assert not re.search(r"\s(?:style|on\w+)=", page)
    names = re.findall(r'\bid="([^"]+)"', page)
    assert len(names) == len(set(names))


def test_the_door_leads_to_the_readers_language(client: FlaskClient) -> None:
    persian = client.get("/", headers={"Accept-Language": "fa-IR,fa;q=0.9"})
    english = client.get("/", headers={"Accept-Language": "en-GB"})

    assert persian.headers["Location"].endswith("/fa/")
    assert english.headers["Location"].endswith("/en/")


def test_a_withdrawn_case_says_when_and_whose_it_was(app: Flask, client: FlaskClient) -> None:
    withdraw(site_of(app), "tehran/case-1")

    page, document = client.get("/en/cases/tehran/case-1"), client.get("/api/v1/cases/tehran/case-1")

    assert (page.status_code, document.status_code) == (410, 410)
    assert "Tehran" in page.text
    assert document.mimetype == "application/problem+json"


@pytest.mark.parametrize("form", [".json", ".md"])
def test_the_files_of_a_case_are_refused_as_problems(app: Flask, client: FlaskClient, form: str) -> None:
    withdraw(site_of(app), "tehran/case-1")

    gone, unknown = (client.get(f"/fa/cases/tehran/{slug}{form}") for slug in ("case-1", "none"))

    told = Withdrawn.model_validate_json(gone.data)
    assert (gone.status_code, gone.mimetype, told.city) == (410, "application/problem+json", "tehran")
    assert told.title == "این تجربه پس گرفته شده است"
    assert (unknown.status_code, unknown.mimetype) == (404, "application/problem+json")


def withdraw(site: Site, case_id: str) -> None:
    with site.store.writing() as db:
        case_writing.withdraw(db, case_id, at=site.now(), by="test")


def _probes(number: int) -> list[str]:
    """Return an address of every outlet that could show a case with this number's words."""
    word, city = f"secret{number}", f"city{number}"
    probes = []
    for language in ("fa", "en"):
        probes += [
            f"/{language}/",
            f"/{language}/search?q={word}",
            f"/{language}/search?q=secre{number}",
            f"/{language}/search?tag={word}",
            f"/{language}/search?city={city}",
            f"/{language}/search?sort=newest",
            f"/{language}/cases/{city}/{word}",
            f"/{language}/cases/{city}/{word}.md",
            f"/{language}/cases/{city}/{word}.json",
            f"/{language}/cases/{city}/{word}/history",
            f"/{language}/cities/",
            f"/{language}/cities/{city}",
            f"/{language}/topics/air",
            f"/{language}/tags/",
            f"/{language}/tags/{word}",
            f"/{language}/networks/c40",
            f"/{language}/feed.atom",
            f"/{language}/topics/air/feed.atom",
        ]
    probes += [f"/api/v1/search?q={word}", f"/api/v1/search?tag={word}&size=100", "/api/v1/search?size=100"]
    return [
        *probes,
        f"/api/v1/cases/{city}/{word}",
        "/api/v1/cities",
        f"/api/v1/cities/{city}",
        "/sitemap-1.xml",
    ]


def _is_shown(text: str, path: str, number: int) -> bool:
    """Return whether an answer shows the hidden words beyond repeating the asked address."""
    told = f"hidden{number}words"
    return told in text or (f"secret{number}" not in path and f"secret{number}" in text)


@pytest.mark.parametrize("hide", ["before-the-index", "after-the-index"])
def test_random_probes_find_no_withdrawn_case(each_app: Flask, folder: Folder, hide: str) -> None:
    chance = random.Random(11)  # noqa: S311 - the same every time
    for number in range(8):
        city, word = f"city{number}", f"secret{number}"
        folder.case(
            f"{city}/{word}",
            title=f"Title hidden{number}words",
            summary=f"Summary hidden{number}words.",
            tags=f"{word}, shared",
            body=f"Body hidden{number}words.",
        )
        folder.case(f"{city}/public-{number}", title="Another case", tags="shared")
        folder.write(
            f"{city}/_city.md", f"---\nname: {{en: {city}}}\ncountry: IR\nnetworks: [{{id: c40}}]\n---\n"
        )
    site = site_of(each_app)
    publish(site, folder)
    client = each_app.test_client()
    hidden = [0, 2, 4, 6]
    probes = [(number, path) for number in hidden for path in _probes(number)]
    shown_before = sum(_is_shown(client.get(path).text, path, number) for number, path in probes[:45])
    for number in hidden:
        withdraw(site, f"city{number}/secret{number}")
    if hide == "after-the-index":
        index(site)

    leaks = []
    for number, path in chance.sample(probes, 150):
        answer = client.get(path)
        if _is_shown(answer.text, path, number):
            leaks.append(path)

    assert shown_before > 20  # the probes see what is public
    assert leaks == []


@pytest.mark.parametrize("path", [path for path in EVERY if "openapi" not in path and path != "/healthz"])
def test_an_unforeseen_fault_is_told_by_a_number_and_no_trace(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of the house")

    app.testing = False
    monkeypatch.setattr(type(site_of(app).store), "reading", fail)

    answer = client.get(path)

    if answer.status_code == 200:  # needs no database: about, opensearch, robots
        assert "smoke" not in path
        return
    assert answer.status_code == 500
    assert "secret of the house" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_static_files_carry_the_headers_and_are_kept_for_ever(client: FlaskClient) -> None:
    page = client.get("/en/").text
    files = set(re.findall(r'(?:href|src)="(/static/[^"#]+)"', page))

    assert len(files) > 4
    for file in files:
        answer = client.get(file)
        assert answer.status_code == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Access-Control-Allow-Origin" not in answer.headers
        answer.close()
