"""Texts that attack, sent by people with accounts in every form: nothing runs, nothing dies."""

import html
import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from knowledgebase.domain.person import CityRole
from tests.browser.attacking import Attacker, armed, grow_old, one_line, strange
from tests.browser.living import FILED, Living, Way, living
from tests.form_fields import fields_of
from tests.hostile import BOMBS, PAYLOADS
from tests.running import processes_of

CITY = "/cities/tehran/edit"
CASE = "/cases/seoul/food-waste"
TEXTS = [armed(payload) for payload in PAYLOADS]
BATCH = 25  # comments of one account
SECONDS_MAX = 5.0  # that a bomb may keep the site busy
_DRAFT = re.compile(r"/write/[\w-]+")
_MENDED = re.compile(r'<li><a href="#([^"]+)">')
_PUBLISHED = re.compile(r'class="button" href="(/en/cases/[^"]+)"')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """Lend a running site with people who have been there for a while."""
    with living(tmp_path_factory.mktemp("attacked")) as live:
        for number in range(3):
            live.member(f"evil{number}", "tehran", CityRole.ADMIN, may_publish=True, speaks=True)
        grow_old(live)
        before = set(processes_of(live.session))
        yield live
        assert before - set(processes_of(live.session)) == set()


def attacker(browser: Browser, site: Living, number: int = 0) -> Attacker:
    evil = Attacker(browser, site, Way("en", has_scripts=True))
    evil.enter(f"evil{number}@tehran.example")
    return evil


def said(body: str, **fields: str) -> dict[str, str]:
    return {"body": body, "language": "en", "voice": "tehran", "began": "1000", "website": ""} | fields


def mended(page: str) -> list[str]:
    """Return the fields that the summary of faults leads to."""
    return _MENDED.findall(page.partition('class="wrong-all"')[2].partition("</section>")[0])


def begin(evil: Attacker) -> str:
    """Begin a draft and return its path, without its language."""
    draft = _DRAFT.search(evil.send("/write", {"city": "tehran"}).headers["location"])
    assert draft
    return draft[0]


def case_fields(text: str) -> dict[str, str]:
    """Return a case that attacks in its title, its boxes, its tags and its source."""
    boxes = dict.fromkeys(("challenge", "solution", "results"), f"Before.\n\n{text}\n\nAfter.")
    return {
        "title": one_line(text),
        "language": "en",
        "topics.1": "air",
        "status": "operating",
        "tags": one_line(text, 40),
        "summary": one_line(text),
        "sources.1.title": one_line(text),
        "sources.1.url": one_line(text),
        "contact.office": one_line(text),
    } | {f"section.{name}": body for name, body in boxes.items()}


def profile(name: str) -> dict[str, str]:
    """Return the form of a person of that name."""
    fields = dict.fromkeys(("name", "latin_name", "position", "office"), name)
    return fields | {"shows": "name-and-position", "language": "en"}


def test_no_comment_runs_anything(browser: Browser, site: Living) -> None:
    statuses = []
    for number in range(2):
        evil = attacker(browser, site, number)
        for place, text in list(enumerate(TEXTS))[number * BATCH : (number + 1) * BATCH]:
            body = f"Before {place}.\n\n{text}\n\nAfter."
            statuses.append(evil.send(f"{CASE}/comments", said(body, second_body=text[:900])).status)
            statuses.append(evil.send(f"{CASE}/comments", said(body)).status)
        evil.window.close()
    reader = Attacker(browser, site, Way("en", has_scripts=True))

    found = {}
    for path in (CASE, f"{CASE}/comments?sort=newest", "/comments/", "/search?q=Before"):
        reader.go(path)
        found[path] = strange(reader.page, ".comments .threads", ".card")

    assert set(statuses) == {303, 422}  # a second text without a language is refused
    assert statuses.count(303) == len(TEXTS)
    assert [told for told in found.values() if told] == []
    reader.go(f"{CASE}/comments")
    assert reader.page.locator(".comment-text").count() == len(TEXTS)
    assert reader.complaints() == []


def test_no_case_of_the_form_runs_anything(browser: Browser, site: Living) -> None:
    evil, reader = attacker(browser, site), Attacker(browser, site, Way("en", has_scripts=True))
    for text in TEXTS:
        draft, fields = begin(evil), case_fields(text)
        refused = evil.send(draft, fields | {"do": "publish"})
        assert refused.status == 422, text  # the address of the source is none
        evil.go(f"{draft}?preview=1")
        assert strange(evil.page, "#look", ".wrong-all") == [], text
        assert evil.page.input_value("#f-sources-1-url") == fields["sources.1.url"]
        del fields["sources.1.url"]
        if evil.send(draft, fields | {"do": "publish"}).status == 422:
            del fields["tags"]  # signs that a tag may not have
            assert evil.send(draft, fields | {"do": "publish"}).status == 303, text
        reader.page.goto(site.address + _PUBLISHED.findall(evil.read(draft))[0])

        assert strange(reader.page, "article.case") == [], text
        assert reader.page.locator(".text section[data-part]").count() == 3, text

    for path in ("/write", "/desk", "/cities/tehran/journal", "/search?city=tehran"):
        evil.go(path)
        assert strange(evil.page, ".card", ".lines p") == [], path
    assert evil.complaints() == []
    assert reader.complaints() == []


def test_no_preview_that_follows_the_writing_runs_anything(browser: Browser, site: Living) -> None:
    evil = attacker(browser, site)
    evil.go(begin(evil))
    evil.fill({"title": "Seen while writing"})

    for first in range(0, len(TEXTS), 10):
        body = "\n\nNext.\n\n".join([*TEXTS[first : first + 10], f"The end of {first}."])
        evil.fill({"section.challenge": body, "title": one_line(TEXTS[first]), "summary": one_line(body)})
        evil.reads(f"The end of {first}.", "#look .text")
        assert strange(evil.page, "#look") == []
    assert evil.complaints() == []


def test_no_city_page_of_the_form_runs_anything(browser: Browser, site: Living) -> None:
    evil = attacker(browser, site)
    accepted = 0
    for text in TEXTS:
        values = fields_of(evil.read(CITY)) | {"body": text, "contact.office": one_line(text)}
        values |= {"name.fa": one_line(text, 60), "administration.en": one_line(text), "note": one_line(text)}
        values |= {"needs.1.title": one_line(text), "needs.1.text": text, "needs.1.kind": "knowledge"}
        answer = evil.send(CITY, values)
        if answer.status == 422:
            assert "wrong-all" in answer.text(), text
            values |= {"name.fa": "تهران"}
            answer = evil.send(CITY, values | {"needs.1.title": "", "needs.1.text": "", "needs.1.kind": ""})
        accepted += answer.status == 303
        evil.go("/cities/tehran")

        assert answer.status in (303, 422), text
        assert strange(evil.page, ".city-page .text", ".city-head h1", ".openings") == [], text
    assert accepted == len(TEXTS)
    assert evil.complaints() == []


def test_no_name_of_a_person_runs_anything(browser: Browser, site: Living) -> None:
    evil, case = attacker(browser, site, 2), f"/cases/{FILED[0]}/clean-air"
    evil.send(f"{case}/comments", said("My name is strange."))
    accepted = 0
    for text in TEXTS:
        name = one_line(text, 80)
        answer = evil.send("/account/profile", profile(name), of="/account")
        accepted += answer.status == 303
        if answer.status == 422:
            assert "wrong-all" in answer.text()
            assert name in html.unescape(answer.text())
            continue
        for path in (case, "/cities/tehran/members"):
            evil.go(path)
            assert name in evil.page.inner_text("main"), text
            assert strange(evil.page, ".who", ".byline", ".lines b") == [], (path, text)
    assert accepted == len(TEXTS)
    assert evil.complaints() == []


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_words_and_keeps_nobody_waiting(
    browser: Browser, site: Living, name: str
) -> None:
    evil, bomb = attacker(browser, site, 2), BOMBS[name]
    whole_case = case_fields("Bomb") | {"sources.1.url": "", "section.solution": bomb, "do": "publish"}
    forms = [
        (f"{CASE}/comments", said(bomb), "body"),
        (begin(evil), whole_case, "section-solution"),
        (CITY, fields_of(evil.read(CITY)) | {"body": bomb}, "body"),
        ("/account/profile", profile("x") | {"office": bomb + "x" * 200}, "office"),
    ]

    for path, fields, place in forms:
        began = time.monotonic()
        answer = evil.send(path, fields, of="/account" if "account" in path else "")
        took = time.monotonic() - began

        assert answer.status == 422, path
        assert mended(answer.text()) == [f"f-{place}"], path
        assert took < SECONDS_MAX, path
    evil.window.close()
