"""A case on paper: a brief on A4 with everything a letter needs, and nothing to click."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.places import place
from tests.servers import missing

WANTED = {
    "fa": ("سئول؛ هر کس", "چالش", "راه‌حل", "نتیجه‌ها به عدد", "۲٬۴۱۹", "منابع", "/fa/cases/seoul/food-waste"),
    "en": (
        *(
            "Copenhagen's cloudburst plan",
            "The challenge",
            "The solution",
            "Results in figures",
            "billion DKK",
        ),
        *("Sources", "/en/cases/copenhagen/cloudburst-plan", "not confirmed by"),
    ),
}
UNWANTED = {
    "fa": ("موضوع‌ها", "شبکه‌ها", "جست‌وجو", "پرش به متن", "در این صفحه", "English"),
    "en": ("Topics", "Networks", "Search", "Skip to", "On this page", "About the exchange", "Markdown file"),
}
A4 = (595, 842)  # points
PAGES_MAX = 6
# What the extraction adds or cannot know: marks of direction, joiners, lines.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\\s]+")


def seen(text: str) -> str:
    """Return a text as it can be compared with what was read from paper."""
    return _UNSEEN.sub("", text)


def read(command: str, *arguments: str) -> str:
    """Return what a tool of poppler says; skips the test, or fails it with CI set, when there is none."""
    if shutil.which(command) is None:
        missing(f"no {command} (Debian: poppler-utils)")
    return subprocess.run([command, *arguments], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_case_is_printed_as_a_brief_on_a4(page: Page, address: str, tmp_path: Path, language: str) -> None:
    page.goto(address + place("case", language))
    paper = str(tmp_path / "case.pdf")

    page.pdf(path=paper, prefer_css_page_size=True)

    facts = read("pdfinfo", paper)
    text = seen(read("pdftotext", paper, "-"))
    sheet = re.search(r"Page size: +([\d.]+) x ([\d.]+)", facts)
    assert sheet
    assert tuple(round(float(side)) for side in sheet.groups()) == A4
    assert 1 <= int(re.findall(r"Pages: +(\d+)", facts)[0]) <= PAGES_MAX
    assert [words for words in WANTED[language] if seen(words) not in text] == []
    assert [words for words in UNWANTED[language] if seen(words) in text] == []


@pytest.mark.parametrize("name", ["case", "results", "city-full", "home"])
def test_paper_is_white_even_for_readers_of_dark_pages(page: Page, address: str, name: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")

    page.goto(address + place(name, "en"))

    assert page.evaluate("getComputedStyle(document.body).color") in {"rgb(0, 0, 0)", "rgb(22, 32, 43)"}
    assert not page.locator(".nav").is_visible()
    assert not page.locator(".footer nav").is_visible()
    assert not page.locator(".switch").is_visible()
