"""Markdown to stored HTML: what honest authors write comes out, what attacks write does not."""

import re

import pytest

from knowledgebase.domain.errors import Invalid
from knowledgebase.text.markdown import plain_of, render, sanitise
from tests.hostile import BOMBS, PAYLOADS, elements

_ATTRIBUTES = {"href", "rel", "dir", "id", "align", "start", "data-part"}
_HONEST = {
    *("a", "blockquote", "br", "code", "del", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol"),
    *("p", "pre", "section", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_leaves_anything_that_runs_or_fetches(payload: str) -> None:
    html = render(payload).html

    for tag, attributes in elements(html):
        assert tag in _HONEST
        assert attributes.keys() <= _ATTRIBUTES
        assert re.match(r"https?://|mailto:|#c-", attributes.get("href") or "#c-")
        assert (attributes.get("id") or "c-").startswith("c-")
    assert sanitise(html) == html


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_before_they_cost(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        render(BOMBS[name])

    assert refused.value.faults[0].code == "too-complex"


def test_a_reference_repeated_may_not_blow_up_the_page() -> None:
    body = "[a]: http://e.org/" + "x" * 8_000 + "\n\n" + "\n\n".join(["[a]" * 150] * 20)

    with pytest.raises(Invalid) as refused:
        render(body)

    assert refused.value.faults[0].values == {"limit": "output"}


def test_honest_prose_of_full_size_is_rendered() -> None:
    paragraph = "The city **measured** it [1] and wrote:\n\n- one\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"

    rendered = render(paragraph * 1_500, sources=1)

    assert rendered.html.count("<table") == 1_500


def test_known_sections_carry_their_key_in_every_language() -> None:
    html = render("## چالش\n\nالف\n\n## The solution\n\nb\n\n## Anything\n\nc").html

    assert re.findall(r'<section(?: data-part="(\w+)")?>', html) == ["challenge", "solution", ""]


def test_headings_keep_their_script_in_anchors() -> None:
    headings = render("## نتیجه\u200cها و شواهد\n\nx\n\n## !!!\n\ny").headings

    assert [(heading.anchor, heading.part) for heading in headings] == [
        ("c-نتیجهها-و-شواهد", "results"),
        ("c-part", None),
    ]


def test_citations_become_links_to_the_sources_that_exist() -> None:
    html = render("Measured [1,2] and [9], see [1](http://e.org).", sources=2).html

    assert '<a href="#c-source-1" rel="nofollow ugc noopener noreferrer">1</a>' in html
    assert "c-source-2" in html
    assert "[9]" in html
    assert "c-source-9" not in html


def test_a_colon_after_a_citation_does_not_matter() -> None:
    html = render("As the city says [1]: clean.", sources=1).html

    assert "c-source-1" in html


def test_no_heading_takes_the_name_of_a_source() -> None:
    assert render("## Source 1\n\nx", sources=1).headings[0].anchor == "c-part-source-1"


def test_every_block_takes_its_own_direction() -> None:
    html = render("سلام\n\nhello\n\n- یک\n\n| a |\n|--:|\n| 1 |").html

    assert html.count('<p dir="auto">') == 2
    assert '<td align="right" dir="auto">' in html


def test_images_become_links() -> None:
    html = render("![a map](https://example.org/map.png)").html

    assert "<img" not in html
    assert ">a map</a>" in html


def test_plain_text_has_no_marks_and_no_citations() -> None:
    plain = render("## The challenge\n\nAir & *smoke* [1].\n\n- one\n- two", sources=1).plain

    assert plain == "The challenge:\nAir & smoke.\none ·\ntwo"


TABLE = "| year | leaks |\n|---|---|\n| 2010 | 12% |\n| 2020 | |\n"
BLOCKS = {
    "headings": ("## Results\n\n### First year\n\nLess smoke.", "Results: First year: Less smoke."),
    "questions": ("## What now?\n\nMore.", "What now? More."),
    "persian": ("## چالش\n\nدود.\n\n## چه شد؟\n\nپاک شد.", "چالش: دود. چه شد؟ پاک شد."),
    "cells": (TABLE + "\nThen.", "year · leaks · 2010 · 12% · 2020 · Then."),
    "lists": ("They gave:\n\n- water\n- air (clean.)\n\nAfter", "They gave: water · air (clean.) After"),
    "paragraphs": ("One\n\nTwo **“three.”**\n\nFour", "One · Two “three.” Four"),
    "lines": ("one  \ntwo", "one two"),
    "nothing": ("## \n\n- \n", ""),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks_stay_apart_where_plain_text_is_shown_in_one_line(name: str) -> None:
    body, shown = BLOCKS[name]

    assert " ".join(render(body).plain.split()) == shown


def test_a_long_plain_text_takes_no_long_time() -> None:
    hostile = "." + ")" * 100_000 + " " * 100_000 + "\n" * 100_000 + "<p></p>" * 50_000 + "a</p>" * 50_000

    assert plain_of(hostile).count(" ·\n") == 49_999


def test_footnotes_point_at_each_other_under_the_prefix() -> None:
    html = render("x[^1]\n\n[^1]: a note").html

    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets
    assert all(f'id="{target}"' in html for target in targets)
