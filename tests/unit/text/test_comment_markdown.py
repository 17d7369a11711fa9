"""Markdown of comments: the subset that is left, and nothing of what attacks write."""

import re
import time
from collections.abc import Iterator

import pytest

from knowledgebase.domain.errors import Invalid
from knowledgebase.text.comment_markdown import render_comment, sanitise_comment
from knowledgebase.text.renderer import Renderer
from tests.hostile import BOMBS, PAYLOADS, elements

_TAGS = {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    made = Renderer(children=1)
    made.render_comment("warm")
    yield made
    made.close()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_leaves_anything_that_runs_or_fetches_or_has_a_name(payload: str) -> None:
    html = render_comment(payload).html

    for tag, attributes in elements(html):
        assert tag in _TAGS
        assert attributes.keys() <= {"href", "rel", "dir", "start"}
        assert re.match(r"https?://|mailto:", attributes.get("href") or "mailto:")
    assert sanitise_comment(html) == html


@pytest.mark.parametrize("name", BOMBS)
def test_no_bomb_takes_longer_than_a_second(name: str, renderer: Renderer) -> None:
    began = time.monotonic()

    with pytest.raises(Invalid) as refused:
        renderer.render_comment(BOMBS[name])

    assert refused.value.faults[0].code == "too-complex"
    assert time.monotonic() - began < 1.2


def test_a_reference_repeated_may_not_blow_up_the_page() -> None:
    body = "[a]: http://e.org/" + "x" * 1_000 + "\n\n" + "\n\n".join(["[a]" * 150] * 2)

    with pytest.raises(Invalid) as refused:
        render_comment(body)

    assert refused.value.faults[0].values == {"limit": "output"}


def test_honest_marks_come_out() -> None:
    body = "**We** *tried* `x`:\n\n- one\n- two\n\n> said\n\n```\ncode\n```\n\n[here](https://e.org)"

    html = render_comment(body).html

    for tag in ("strong", "em", "code", "ul", "li", "blockquote", "pre", "a"):
        assert f"<{tag}" in html


def test_lines_stay_lines() -> None:
    assert render_comment("one\ntwo").html == '<p dir="auto">one<br>\ntwo</p>'


@pytest.mark.parametrize(
    "body", ["# a", "a\n===", "| a |\n|---|\n| b |", "x[^1]\n\n[^1]: n", "[1]", "![a](http://e.org/p.png)"]
)
def test_what_comments_do_not_have_stays_text(body: str) -> None:
    html = render_comment(body).html

    assert not re.search(r"<(?:h\d|table|sup|section|img)|\bid=", html)
    assert "a" in html or "n" in html or "[1]" in html


def test_a_picture_becomes_a_link() -> None:
    assert "https://e.org/map.png" in render_comment("![a map](https://e.org/map.png)").html


def test_a_comment_of_full_size_is_rendered_within_its_time(renderer: Renderer) -> None:
    body = "The *city* measured [it](http://e.org).\n\n" * 260

    assert renderer.render_comment(body[:10_240]).html.count("<p") > 200


def test_every_block_takes_its_own_direction() -> None:
    assert render_comment("سلام\n\nhello").html.count('<p dir="auto">') == 2
