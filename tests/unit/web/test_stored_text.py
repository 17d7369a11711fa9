"""A stored text on a page: tables scroll by themselves, citations have the reader's digits."""

import pytest

from knowledgebase.domain.record import Heading
from knowledgebase.text.markdown import render
from knowledgebase.web.stored_text import contents_of, direction_of, text_of

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"


def test_each_table_stands_in_a_box_that_the_keyboard_reaches() -> None:
    html = text_of(render(f"{TABLE}\ntext\n\n{TABLE}"), 'A "table"', "en")

    assert (
        html.count('<div class="scroll" role="region" tabindex="0" aria-label="A &#34;table&#34;"><table')
        == 2
    )
    assert html.count("</table></div>") == 2


def test_a_table_that_was_only_written_about_gets_no_box() -> None:
    html = text_of(render("`<table>` and </table>"), "Table", "en")

    assert "scroll" not in html


def test_citations_have_the_digits_of_the_reader() -> None:
    html = text_of(render("So it is [1, 2].", sources=2), "Table", "fa")

    assert '<a href="#c-source-2"' in html
    assert ">۲</a>" in html
    assert ">2</a>" not in html


@pytest.mark.parametrize("gap", [" ", "\n", "  "])
def test_a_citation_stays_on_the_line_of_the_word_before_it(gap: str) -> None:
    html = text_of(render(f"So it is{gap}[1], and x <sup>2</sup> too.", sources=1), "Table", "en")

    assert 'is\u00a0<sup dir="ltr">[<a href="#c-source-1"' in html


def test_the_contents_name_parts_of_the_page_round_the_headings() -> None:
    lines = contents_of([Heading("c-solution", "راه‌حل")], [("results", "Results")], [("sources", "Sources")])

    assert [(line.anchor, line.is_author) for line in lines] == [
        ("results", False),
        ("c-solution", True),
        ("sources", False),
    ]


def test_a_text_without_language_goes_by_its_first_letter() -> None:
    assert direction_of("۱۲ شهر and more") == "rtl"
    assert direction_of("12 cities و دیگران") == "ltr"
    assert direction_of("12") == "ltr"
