"""One page of a list of cases, and what is behind the last one."""

import pytest
from flask import Flask

from knowledgebase.domain.errors import NotFound
from knowledgebase.domain.record import Listed, TagLine
from knowledgebase.web.paged import PAGES_MAX, asked_page, case_list
from knowledgebase.web.tags import tags_page
from tests.make import a_card


def test_the_second_page_names_its_own_address_and_the_way_back() -> None:
    shown = case_list(Listed((a_card(),), 21), 2, "/fa/topics/air", "fa")

    assert shown.address == "/fa/topics/air?page=2"
    assert shown.count == "۲۱ تجربه"
    assert shown.pager is not None
    assert (shown.pager.back, shown.pager.next) == ("/fa/topics/air", None)


def test_a_list_of_one_page_has_no_pager() -> None:
    assert case_list(Listed((a_card(),), 20), 1, "/en/topics/air", "en").pager is None


def test_an_empty_list_has_its_first_page() -> None:
    shown = case_list(Listed((), 0), 1, "/en/topics/air", "en")

    assert (shown.cards, shown.count) == ((), "0 cases")


@pytest.mark.parametrize(("total", "page"), [(0, 2), (20, 2), (21, 3), (100_000, PAGES_MAX + 1)])
def test_a_page_behind_the_last_one_is_not_there(total: int, page: int) -> None:
    with pytest.raises(NotFound):
        case_list(Listed((), total), page, "/en/topics/air", "en")


@pytest.mark.parametrize(
    ("typed", "page"),
    [("", 1), ("2", 2), ("\u06f3", 3), ("0", 1), ("-1", 1), ("\u00b2", 1), ("x", 1), ("9" * 5000, PAGES_MAX)],
)
def test_only_a_number_is_a_page(bare: Flask, typed: str, page: int) -> None:
    with bare.test_request_context("/fa/topics/air", query_string={"page": typed}):
        assert asked_page() == page


def test_the_pager_of_the_tags_knows_only_the_next_page() -> None:
    lines = (TagLine("smog", "Smog", 3),)

    first, last = tags_page(lines, 1, True, "en"), tags_page(lines, 2, False, "en")

    assert first.pager is not None
    assert last.pager is not None
    assert (first.pager.back, first.pager.next) == (None, "/en/tags/?page=2")
    assert (last.pager.back, last.pager.next) == ("/en/tags/", None)


def test_an_empty_page_of_tags_is_only_there_when_it_is_the_first() -> None:
    assert tags_page((), 1, False, "en").pager is None

    with pytest.raises(NotFound):
        tags_page((), 2, False, "en")
