"""Letters in words: the same in text and HTML, in the language of their reader, and never as markup."""

from datetime import UTC, datetime
from typing import Any

import pytest

from knowledgebase.domain.letter import LetterKind, News, NewsKind, Readable
from knowledgebase.services.posting import Word
from tests.letters import BASE, some_news

CITIES = {"tehran": {"fa": "تهران", "en": "Tehran"}}
HOSTILE = '"><script>alert(1)</script>'
TOKEN = "x" * 43


def a_letter(kind: LetterKind = LetterKind.NEWS, language: str = "en", **changes: Any) -> Readable:
    """Return a letter about Tehran."""
    means: dict[str, Any] = {"token": TOKEN, "expires": datetime(2026, 3, 15, tzinfo=UTC), "cities": CITIES}
    means |= {"person": "sara00000000", "news": (some_news(),), "told": {"city": "tehran", "note": "Why."}}
    return Readable(kind, language, **(means | changes))


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("kind", LetterKind)
def test_every_letter_says_the_same_in_text_and_html(word: Word, kind: LetterKind, language: str) -> None:
    worded = word(a_letter(kind, language))

    lines = [line.strip("*>:- ") for line in worded.text.splitlines()]
    shown = worded.html.replace("<wbr>", "").replace("&#39;", "'").replace("&#34;", '"')
    assert worded.subject
    assert [line for line in lines if line and line.partition(": http")[0] not in shown] == []
    assert "%(" not in worded.text


@pytest.mark.parametrize(("language", "direction"), [("fa", "rtl"), ("en", "ltr")])
def test_html_carries_language_and_direction_inside_its_body_too(
    word: Word, language: str, direction: str
) -> None:
    html = word(a_letter(language=language)).html

    assert html.count(f'lang="{language}" dir="{direction}"') == 2


def test_a_language_that_the_pages_do_not_speak_becomes_the_first_one(word: Word) -> None:
    assert word(a_letter(language="xx")).language == "fa"


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_address_begins_with_the_site_s_own(word: Word, language: str) -> None:
    text = "".join(word(a_letter(kind, language)).text for kind in LetterKind)

    assert text.count("http") == text.count(f"{BASE}/{language}/")


def test_names_titles_and_reasons_are_no_markup(word: Word) -> None:
    news = (some_news(title=HOSTILE, by=HOSTILE, note=HOSTILE),)

    html = (
        word(a_letter(news=news)).html
        + word(a_letter(LetterKind.JOINING_REFUSED, told={"city_name": HOSTILE, "note": HOSTILE})).html
    )

    assert "<script" not in html


def test_a_hostile_path_stays_an_address_of_ours(word: Word) -> None:
    html = word(a_letter(news=(some_news(path='"><b>//evil.example'),))).html

    assert "<b>" not in html
    assert f'href="{BASE}/en/%22%3E%3Cb%3E//evil.example"' in html


def test_one_piece_of_news_is_told_in_the_subject(word: Word) -> None:
    assert word(a_letter()).subject == "\u2068Min-ji\u2069 answered your comment: Smog"


def test_several_are_counted_there(word: Word) -> None:
    assert word(a_letter(news=(some_news(), some_news()), language="fa")).subject == "۲ خبر برای شما"


def test_a_persian_slug_is_encoded(word: Word) -> None:
    news = News(NewsKind.COMMENT_ON_CASE, "cases/tehran/هوا#comment-3", "هوا", "Min-ji")

    assert (
        f"{BASE}/fa/cases/tehran/%D9%87%D9%88%D8%A7#comment-3"
        in word(a_letter(news=(news,), language="fa")).text
    )


def test_an_invitation_says_until_when_in_the_calendar_of_its_reader(word: Word) -> None:
    persian, english = (word(a_letter(LetterKind.INVITATION, language)).text for language in ("fa", "en"))

    assert f"{BASE}/fa/join/{TOKEN}" in persian
    assert "۲۴ اسفند ۱۴۰۴" in persian
    assert "15 March 2026" in english
