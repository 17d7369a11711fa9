"""Which language answers, and where the same page stands in the other one."""

import pytest
from werkzeug.datastructures import LanguageAccept

from knowledgebase.web.language import editions, language_of_path, preferred


def accept(*tags: str) -> LanguageAccept:
    return LanguageAccept([(tag, 1 - at / 10) for at, tag in enumerate(tags)])


@pytest.mark.parametrize(
    ("cookie", "accepted", "wanted"),
    [
        ("en", accept("fa"), "en"),
        ("xx", accept("fa"), "fa"),
        (None, accept("en-GB", "fa"), "en"),
        (None, accept("fa-IR", "en"), "fa"),
        (None, accept("de"), "en"),
        (None, accept("de", "fa"), "fa"),
        (None, accept("*"), "fa"),
        (None, accept(), "fa"),
    ],
)
def test_cookie_then_browser_then_persian(cookie: str | None, accepted: LanguageAccept, wanted: str) -> None:
    assert preferred(cookie, accepted) == wanted


@pytest.mark.parametrize(
    ("path", "language"), [("/fa/search", "fa"), ("/en", "en"), ("/xx/", None), ("/", None), ("/fanny", None)]
)
def test_a_path_tells_its_language(path: str, language: str | None) -> None:
    assert language_of_path(path) == language


def test_the_other_edition_keeps_the_question() -> None:
    other = next(edition for edition in editions("/fa/search", "q=%D8%A2%D8%A8") if not edition.is_current)

    assert other.address == "/en/search?q=%D8%A2%D8%A8"
    assert (other.name, other.direction) == ("English", "ltr")


def test_a_page_without_a_language_leads_to_the_front_pages() -> None:
    assert [edition.address for edition in editions("/api/v1/x")] == ["/fa/", "/en/"]
