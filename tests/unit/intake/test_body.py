"""Sections and citations of a Markdown body, and that no body makes them slow."""

import time

import pytest

from knowledgebase.intake.body import citation_faults, sections, tidy_body


def keys(body: str, language: str = "en") -> list[str | None]:
    return [section.key for section in sections(body, language)]


def cited(body: str, sources: int = 0) -> list[tuple[str | int, int | None]]:
    return [(fault.values["number"], fault.line) for fault in citation_faults(body, sources, 10)]


def test_level_two_headings_open_sections_and_others_do_not() -> None:
    body = "# Results\n\n## Results\nx\n### Challenge\n\n## Something else\ny\n#### Solution"

    assert keys(body) == ["results", None]


@pytest.mark.parametrize(
    "heading",
    [
        "## Results",
        "##Results",
        "## results ##",
        "## **Results**",
        "## Results:",
        "## 3. Results",
        "Results\n-------",
        "## Results {#r}",
    ],
)
def test_a_heading_may_be_written_in_many_ways(heading: str) -> None:
    assert keys(f"{heading}\n\nText") == ["results"]


@pytest.mark.parametrize("heading", ["راه‌حل", "راه حل", "راه‌حل:", "اقدام شهر", "اقدام شهر ", "۲. راه‌حل"])
def test_a_persian_heading_may_be_written_in_many_ways(heading: str) -> None:
    assert keys(f"## {heading}\n\nمتن", "fa") == ["solution"]


def test_arabic_letters_in_a_persian_heading_do_not_matter() -> None:
    assert keys("## نتيجه‌ها\n\nمتن", "fa") == ["results"]


def test_headings_in_fenced_code_are_no_headings() -> None:
    assert keys("```\n## Results\n```\n\n~~~~ text\n## Challenge\n~~~\n~~~~\n\n## Solution\nx") == [
        "solution"
    ]


def test_an_unclosed_fence_is_no_fence() -> None:
    assert keys("```\n## Results\nx") == ["results"]


def test_a_section_knows_whether_anything_stands_below_it() -> None:
    found = sections("## Results\n\n \n## Challenge\n### Detail\n## Solution\n\n```\ncode\n```", "en")

    assert [(section.key, section.is_empty, section.line) for section in found] == [
        ("results", True, 0),
        ("challenge", False, 3),
        ("solution", False, 5),
    ]


def test_a_list_item_above_a_rule_is_no_title_of_the_paragraph_before() -> None:
    assert keys("one\ntwo\n---\n\n## Results\nx") == ["results"]


def test_citations_are_found_with_their_lines() -> None:
    assert cited("a [1]\n\nb [2,3] c [ 4]\nd [5 , 6]") == [(1, 10), (2, 12), (3, 12), (5, 13), (6, 13)]


def test_citations_may_stand_side_by_side_and_in_persian_digits() -> None:
    assert cited("x [7](y) [1] [2]\n[\u06f3\u060c \u06f4]") == [(1, 10), (2, 10), (3, 11), (4, 11)]


@pytest.mark.parametrize(
    "text",
    [
        "[1](https://x.org)",
        "[1][ref]",
        "[1]: https://x.org",
        "\\[1]",
        "`[1]`",
        "[^1]",
        "[a1]",
        "[2019]",
        "[]",
        "```\n[1]\n```",
        "x[0x1]",
    ],
)
def test_what_is_no_citation_is_left_alone(text: str) -> None:
    assert cited(text) == []


def test_zero_is_no_source() -> None:
    assert cited("[0]", sources=3) == [(0, 10)]


def test_at_most_twenty_faults_are_named() -> None:
    assert len(cited("[9]\n" * 500)) == 20


def test_a_body_is_tidied_and_counts_the_lines_it_lost() -> None:
    assert tidy_body("\r\n\n  \n    code\r\n\r\n") == ("    code", 3)
    assert tidy_body("") == ("", 0)
    assert tidy_body("e\u0301") == ("é", 0)


BOMBS = {
    "opening fences": "```a\n" * 40_000,
    "fences": "```\n" * 50_000,
    "longer fences": "\n".join("`" * (600 - length) + "x" for length in range(590)),
    "brackets": "[" * 200_000,
    "citations": "[1" * 100_000,
    "one citation": "[1" + ",1" * 99_000,
    "spaces in a citation": "[1" + " " * 199_000,
    "backticks": "`" * 200_000,
    "backticks and brackets": "`[" * 100_000,
    "headings": "## \n" * 50_000,
    "hashes": "#" * 200_000,
    "braces": "## " + "{" * 199_000,
    "rules": "a\n---\n\n" * 25_000,
    "blank lines": "\n" * 200_000,
    "spaces": " " * 200_000,
    "commas": "[1]" * 60_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_body_is_slow(name: str) -> None:
    body = BOMBS[name]

    started = time.process_time()
    tidied, _ = tidy_body(body)
    sections(tidied, "en")
    list(citation_faults(tidied, 50, 1))

    assert time.process_time() - started < 1.0
