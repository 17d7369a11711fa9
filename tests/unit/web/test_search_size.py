"""The search page stays small: 64 KB and 14 KB packed, whatever 2,000 cases bring to its filters."""

import gzip
import random
from functools import cache

import pytest
from flask import Flask, render_template

from knowledgebase.domain.language import INTERFACE
from knowledgebase.domain.query import FACETS, PAGE_SIZE, Facet, FacetValue, Hit, Piece, Query, Results
from knowledgebase.domain.record import CardResult
from knowledgebase.domain.topic import Topic
from knowledgebase.text import lists
from knowledgebase.text.vocabulary import vocabulary
from knowledgebase.web.search import results_page
from tests.make import a_card

PLAIN_MAX, PACKED_MAX = 64 * 1024, 14 * 1024  # bytes
CASES, CITIES, TAGS = 2_000, 500, 1_000
_chance = random.Random(5)  # noqa: S311 - the same every time


@cache
def _words() -> tuple[str, ...]:
    known = vocabulary()
    return tuple(word for concept in known.concepts for word in known.label(concept, "fa").split())


def persian(length: int) -> str:
    text = ""
    while len(text) < length:
        text += f"{_chance.choice(_words())} "
    return text[:length].strip()


def a_hit(number: int) -> Hit:
    title, summary = persian(80), persian(400)
    result = CardResult(persian(40), persian(12), "38.5", "29.1", "-24", "percent", "lower")
    card = a_card(
        f"city-number-{number}/{persian(40).replace(' ', '-')}",
        language="fa",
        titles={"fa": title},
        summaries={"fa": summary},
        city_names={"fa": persian(16), "en": "Name of a city"},
        written_by="editors",
        result=result,
    )
    pieces = (Piece(summary[:120]), Piece(summary[120:130], is_marked=True), Piece(summary[130:]))
    return Hit(card, 1.0, (Piece(title),), pieces, "fa", "fa")


CITY_NAMES = {f"city-number-{at}": {"fa": persian(16), "en": f"Name of city {at}"} for at in range(CITIES)}
TAG_NAMES = {f"{persian(18)} {at}": f"{persian(18)} {at}" for at in range(TAGS)}
VALUES = {
    "topic": tuple(Topic),
    "city": tuple(CITY_NAMES),
    "country": tuple(sorted(lists.codes("country"))[:150]),
    "language": tuple(sorted(lists.codes("language"))[:30]),
    "status": ("planned", "operating", "scaled", "ended", "stopped"),
    "year": tuple(str(year) for year in range(1960, 2027)),
    "tag": tuple(TAG_NAMES),
    "written_by": ("city", "editors", "researcher", "network"),
}
ASKED = {
    "browsing": Query(),
    "a question": Query(persian(60)),
    "filters": Query(filters={"city": VALUES["city"][-2:], "tag": VALUES["tag"][-2:]}),
}


def page_of(bare: Flask, language: str, query: Query, whole: str | None = None) -> str:
    facets = {
        name: Facet(
            tuple(
                FacetValue(value, CASES - at, value in query.filters.get(name, ()))
                for at, value in enumerate(VALUES[name])
            )
        )
        for name in FACETS
    }
    hits = tuple(a_hit(at) for at in range(PAGE_SIZE))
    results = Results(query, CASES, hits, facets, city_names=CITY_NAMES, tag_names=TAG_NAMES)
    with bare.test_request_context(f"/{language}/search"):
        shown = results_page(results, (), language, whole)
        return render_template("search/results.html", page=shown, is_partial=False)


@pytest.mark.parametrize("language", INTERFACE)
@pytest.mark.parametrize("asked", ASKED)
def test_a_search_page_stays_small(bare: Flask, language: str, asked: str) -> None:
    page = page_of(bare, language, ASKED[asked]).encode()

    assert page.count(b'class="card"') == PAGE_SIZE
    assert len(page) <= PLAIN_MAX
    assert len(gzip.compress(page, 6)) <= PACKED_MAX


@pytest.mark.parametrize("whole", ["city", "tag"])
def test_a_whole_filter_stays_small_and_keeps_counts_and_choices(bare: Flask, whole: str) -> None:
    page = page_of(bare, "fa", ASKED["filters"], whole)

    assert len(page.encode()) <= PLAIN_MAX
    assert len(gzip.compress(page.encode(), 6)) <= PACKED_MAX
    assert page.count(f'type="checkbox" form="search" name="{whole}"') > 100
    assert f'value="{ASKED["filters"].filters[whole][-1]}" checked' in page
    assert "<small>۲٬۰۰۰</small>" in page


def test_every_chosen_value_has_its_box(bare: Flask) -> None:
    page = page_of(bare, "en", ASKED["filters"])

    for name, values in ASKED["filters"].filters.items():
        for value in values:
            assert f'name="{name}" value="{value}" checked' in page
