"""Texts that attack: published as cases and opened in a real browser, they run nothing and fetch nothing."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.attacking import CANARY, HARMED, armed, strange
from tests.browser.watching import Watch
from tests.hostile import PAYLOADS
from tests.running import running
from tests.sites import Folder

CASES = [f"tehran/attack-{number}" for number in range(len(PAYLOADS))]
CITY = f"""---
name: {{en: '<img src=x onerror="{CANARY}">', fa: '"><script>{CANARY}</script>'}}
administration: {{en: '<svg onload="{CANARY}">'}}
country: IR
---

<img src=x onerror="{CANARY}"> [x](javascript:{CANARY})
"""
PLACES = ("article.case", ".card", ".city-page")


def one_line(text: str) -> str:
    """Return a text as a quoted scalar of one line, as a title has to be."""
    return json.dumps(" ".join(text.split())[:110], ensure_ascii=False)[1:-1]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Publish every payload as title, summary, tag and body of a case, and of a city's page."""
    place = tmp_path_factory.mktemp("hostile")
    folder = Folder(place / "content")
    folder.write("tehran/_city.md", CITY)
    for case, payload in zip(CASES, PAYLOADS, strict=True):
        text = armed(payload)
        folder.case(
            case,
            title=one_line(text),
            summary=one_line(text),
            tags=json.dumps(text[:40]) if text[:40].isprintable() else "plain",
            body=f"Before.\n\n{text}\n\nAfter.",
        )
    with running(place / "instance", folder.path) as (address, _):
        yield address


@pytest.fixture
def visitor(context: BrowserContext, attacked: str) -> tuple[Page, Watch]:
    """Lend a watched page of the attacked site."""
    watch = Watch(attacked)
    return watch.over(context), watch


def test_no_case_runs_or_fetches_anything(attacked: str, visitor: tuple[Page, Watch]) -> None:
    page, watch = visitor

    for case in CASES:
        page.goto(f"{attacked}/en/cases/{case}")
        found = strange(page, *PLACES)

        assert page.locator("main h1").count() == 1, case
        assert page.locator(".text section[data-part]").count() == 3, case  # none was swallowed
        assert found == [], case
        assert watch.complaints == [], case


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search",
        "/search?page=2",
        "/search?page=3",
        "/search?q=script+alert",
        "/search?city=tehran",
        "/search?q=%3Cimg+src%3Dx+onerror%3D%22window.__x%3D1%22%3E",
        "/cities/",
        "/cities/tehran",
        "/topics/air",
        "/tags/",
        "/cases/tehran/attack-0/history",
        "/cases/tehran/%3Cscript%3Ewindow.__x=1%3C%2Fscript%3E",
    ],
)
def test_no_list_runs_or_fetches_anything(attacked: str, visitor: tuple[Page, Watch], path: str) -> None:
    page, watch = visitor

    page.goto(f"{attacked}/en{path}")

    assert strange(page, *PLACES) == []
    assert [said for said in watch.complaints if " 404 " not in said and "status of 404" not in said] == []


def test_every_attack_was_published(attacked: str, visitor: tuple[Page, Watch]) -> None:
    page, _ = visitor

    page.goto(f"{attacked}/en/search")

    assert page.inner_text(".answer-count") == f"{len(CASES)} cases"


def test_a_page_that_does_attack_is_noticed_and_held_by_the_policy(
    attacked: str, visitor: tuple[Page, Watch]
) -> None:
    page, watch = visitor
    policy = page.goto(f"{attacked}/en/").headers["content-security-policy"]  # type: ignore[union-attr]
    attacks = (
        f"<script>{CANARY}</script><img src=x onerror='{CANARY}'><p style='color:red'>x</p>"
        "<img src='http://127.0.0.2/p.png'><iframe src='/en/'></iframe>"
    )
    page.route(
        "**/control",
        lambda route: route.fulfill(
            body=attacks, content_type="text/html", headers={"content-security-policy": policy}
        ),
    )

    page.goto(f"{attacked}/control")
    page.wait_for_timeout(200)

    heard = " ".join(watch.complaints)
    assert not page.evaluate(HARMED)
    assert [name for name in ("script-src", "style-src", "img-src", "frame-src") if name not in heard] == []


def test_without_the_policy_the_same_page_does_harm(attacked: str, visitor: tuple[Page, Watch]) -> None:
    page, watch = visitor
    page.route(
        "**/control",
        lambda route: route.fulfill(body=f"<img src=x onerror='{CANARY}'>", content_type="text/html"),
    )

    page.goto(f"{attacked}/control")
    page.wait_for_function(HARMED)

    assert page.evaluate(HARMED)
    assert "dialog: 1" in watch.complaints
