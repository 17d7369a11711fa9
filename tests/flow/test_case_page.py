"""The page of a case on real parts: all that the format holds, in its reader's words; nothing withdrawn."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from knowledgebase.domain.case import Writer, WriterKind
from knowledgebase.domain.evidence import Better
from knowledgebase.services.site import Site
from tests.case_pages import FULL, keep, withdraw
from tests.make import a_case, a_city, a_full_case, a_full_city, an_outcome
from tests.sites import site_of
from tests.stores import keep_city

FULL_FA = FULL.replace("/en/", "/fa/")


class Parsed(HTMLParser):
    """The ids, the links within the page and the words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._is_shown = True
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_shown = tag not in {"script", "title"}
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name in {"href", "aria-labelledby"} and value:
                self.links += [value[1:]] if name == "href" and value.startswith("#") else []
                self.links += [value] if name == "aria-labelledby" else []

    def handle_data(self, data: str) -> None:
        if self._is_shown:
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub("[\u2068\u2069]", "", " ".join(" ".join(self.words).split()))


# What every key looks like to a reader of English; each string must stand in the page.
SHOWN = {
    "title": "Clean air zone",
    "summary": "Old diesel cars stay out.",
    "formerly": "Earlier addresses",
    "language": "the text is in Persian",
    "written_by": "The city itself",
    "led_by": "شرکت کنترل کیفیت هوا",
    "translations": "منطقة الهواء النقي",
    "topics": "Traffic and mobility",
    "tags": "هوای پاک",
    "concepts": "Subjects and tags",
    "sdgs": "11. Sustainable cities and communities",
    "interventions": "Regulation",
    "scale": "Scale",
    "status": "Scaled up",
    "status_as_of": "as of August 2023",
    "calendar": "written as 1398 in the Jalali calendar",
    "started": "2019–20",
    "ended": "29 February 2024",
    "months_to_implement": "59 months",
    "partners": "Air Quality Control Company",
    "context": "11,800.5 per km²",
    "cost": "2.5 million euros",
    "cost per resident": "0.29 euros",
    "cost staff": "12.5 full-time posts",
    "cost funding": "City's own money 62.5%",
    "results": "PM2.5",
    "results change": "better",
    "results target": "Target: 25 by 2030",
    "results output": "Cameras",
    "evidence": "Measured and independently evaluated",
    "evidence reasons": "The values were measured or surveyed, with a source.",
    "evaluation": "Sharif University",
    "beneficiaries": "9,000,000 people",
    "preconditions": "A plate register",
    "offers": "Study visit",
    "adapted_from": "london/ulez",
    "stakeholders": "Traffic police",
    "participation": "Consult",
    "contact": "https://example.org/air",
    "sources": "last looked at on 2 January 2024",
    "cover": "AQCC",
    "license": "Creative Commons Attribution-ShareAlike 4.0",
    "confirmed": "30 November 2025",
    "body": "حریم",
    "city": "Tehran Municipality",
    "revision": "2 January 2026",
    "completeness": "75%",
}


@pytest.mark.parametrize("key", SHOWN)
def test_every_part_of_the_format_is_shown(full: FlaskClient, key: str) -> None:
    assert SHOWN[key] in Parsed(full.get(FULL).text).text


def test_the_address_of_the_contact_is_given_to_nobody(full: FlaskClient) -> None:
    for form in (FULL, FULL_FA, f"{FULL}.md", f"{FULL}.json", f"{FULL}/history"):
        answer = full.get(form)

        assert answer.status_code == 200
        assert "air@example.org" not in answer.text


def test_sections_without_content_are_left_out(short: FlaskClient) -> None:
    page = Parsed(short.get("/en/cases/tehran/clean-air").text)

    absent = {"results", "preconditions", "costs", "people", "context", "transfer", "sources", "subjects"}
    assert absent & set(page.ids) == set()
    assert {"evidence", "reuse", "city"} <= set(page.ids)
    assert "None" not in page.text


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("reader", ["full", "short"])
def test_ids_are_unique_and_every_anchor_leads_somewhere(
    request: pytest.FixtureRequest, reader: str, language: str
) -> None:
    client: FlaskClient = request.getfixturevalue(reader)
    path = FULL if reader == "full" else "/en/cases/tehran/clean-air"

    page = Parsed(client.get(path.replace("/en/", f"/{language}/")).text)

    assert page.ids
    assert len(page.ids) == len(set(page.ids))
    assert set(page.links) - set(page.ids) == set()


@pytest.mark.parametrize("path", [FULL, FULL_FA])
def test_the_contents_name_every_part_of_the_page(full: FlaskClient, path: str) -> None:
    html = full.get(path).text

    headed = re.findall(r'<h2[^>]* id="([^"]+)"', html)
    contents = html[html.index('<nav class="contents"') :].partition("</nav>")[0]
    named = re.findall(r'href="#([^"]+)"', contents)
    assert {"languages", "subjects"} < set(named)
    assert set(headed) - {"contents"} == set(named)
    assert [name for name in headed if name != "contents"] == named


def test_citations_of_the_text_lead_to_the_sources(full: FlaskClient) -> None:
    page = Parsed(full.get(FULL).text)

    assert {"c-source-1", "c-source-2"} <= set(page.links) & set(page.ids)


def test_a_persian_reader_gets_persian_words_digits_and_both_calendars(full: FlaskClient) -> None:
    text = Parsed(full.get(FULL_FA).text).text

    assert "۱۳۹۸ (۲۰۱۹–۲۰)" in text
    assert "۵۹ ماه" in text
    assert "سنجیده و ارزیابی‌شده به دست نهاد مستقل" in text
    assert "۱۱. شهرها و جوامع پایدار" in text


def test_the_printed_page_says_when_it_was_printed_in_both_calendars(
    full: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime(2026, 11, 24, 8, tzinfo=UTC)
    monkeypatch.setattr("knowledgebase.web.cases.the_site", lambda: _at(site_of(app), at))

    text = Parsed(full.get(FULL_FA).text).text

    assert "چاپ در ۳ آذر ۱۴۰۵ (۲۴ نوامبر ۲۰۲۶)" in text


def _at(site: Site, moment: datetime) -> Site:
    return Site(site.store, site.index, site.renderer, now=lambda: moment)


def test_a_text_that_the_city_did_not_write_says_so_everywhere(app: Flask) -> None:
    keep(site_of(app), a_case(written_by=Writer(WriterKind.RESEARCHER, "A. Moradi")))
    client, sentence = (
        app.test_client(),
        "Written by the researcher A. Moradi from public sources; not confirmed",
    )

    text = Parsed(client.get("/en/cases/tehran/clean-air").text).text
    told = client.get("/en/cases/tehran/clean-air.json").json

    assert text.count(sentence) == 2  # on top and in the citation
    assert told
    assert told["notice"]["en"].startswith(sentence)


def test_a_worse_outcome_stands_there_as_worse(app: Flask) -> None:
    keep(site_of(app), a_case(results=(an_outcome(better=Better.HIGHER),)))

    assert 'data-verdict="worse">worse</span>' in app.test_client().get("/en/cases/tehran/clean-air").text


def test_own_sources_alone_are_named(app: Flask) -> None:
    case = a_full_case(results=(an_outcome(sources=(1,)),))
    keep(site_of(app), case, a_full_city(administration={"en": "AQCC"}))

    assert "Only the city's own sources." in Parsed(app.test_client().get(FULL).text).text


def test_what_a_case_mentions_is_named_and_linked_where_it_is_here(app: Flask, full: FlaskClient) -> None:
    before = full.get(FULL_FA).text

    keep(site_of(app), a_case("london/ulez", title="Ultra low"), a_city("london", name={"en": "London"}))
    keep_city(site_of(app).store, a_city("seoul", name={"en": "Seoul", "fa": "سئول"}))
    after = full.get(FULL_FA).text

    assert "/fa/cases/london/ulez" not in before
    assert "<bdi>london/ulez</bdi>" in before
    assert "/fa/cities/seoul" not in before
    assert '<a href="/fa/cases/london/ulez"><bdi lang="en">Ultra low</bdi></a>' in after
    assert '<a href="/fa/cities/seoul"><bdi>سئول</bdi></a>' in after


def test_a_withdrawn_model_is_named_no_longer(app: Flask, full: FlaskClient) -> None:
    keep(site_of(app), a_case("london/ulez", title="Ultra low"), a_city("london", name={"en": "London"}))
    before = full.get(FULL).text
    withdraw(site_of(app), "london/ulez")

    after = full.get(FULL).text

    assert "Ultra low" in before
    assert "Ultra low" not in after
    assert "/en/cases/london/ulez" not in after


def test_a_withdrawn_case_is_gone_with_city_and_date_and_a_way_on(app: Flask, short: FlaskClient) -> None:
    keep(site_of(app), a_case("tehran/other", title="Another case"))
    short.get("/fa/cases/tehran/clean-air")  # kept before it is withdrawn
    withdraw(site_of(app), "tehran/clean-air")

    answer = short.get("/fa/cases/tehran/clean-air")

    text = Parsed(answer.text).text
    assert answer.status_code == 410
    assert "تهران" in text
    assert "۱۳ اسفند ۱۴۰۴" in text
    assert "Another case" in text
    assert "Clean air zone" not in text
    assert 'href="/fa/search"' in answer.text
