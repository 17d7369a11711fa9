"""One page of a list of cases as topics, tags and networks show it."""

from dataclasses import dataclass

from flask import request

from knowledgebase.domain.errors import NotFound
from knowledgebase.domain.query import PAGE_SIZE, WINDOW_MAX
from knowledgebase.domain.record import Listed
from knowledgebase.intake.query import read
from knowledgebase.web import fmt
from knowledgebase.web.cards import CardView, listed
from knowledgebase.web.listing import Pager, pager, pages_of
from knowledgebase.web.messages import wording

PAGES_MAX = WINDOW_MAX // PAGE_SIZE  # pages of any list that people may turn


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page of cases with the way to the other pages."""

    cards: tuple[CardView, ...]
    count: str  # of all pages, in words
    pager: Pager | None
    address: str  # the one address of this page


def asked_page() -> int:
    """Return the page that the running request asks for; what is no number is the first."""
    return read({"page": request.args.getlist("page")}).page


def counted_cases(number: int, language: str) -> str:
    """Return a number of cases in words."""
    text = wording(language).ngettext("%(number)s case", "%(number)s cases", number)
    return text % {"number": fmt.number(number, language)}


def page_address(at: str, page: int) -> str:
    """Return the address of one page of a list whose first page is `at`."""
    return at if page == 1 else f"{at}?page={page}"


def case_list(cases: Listed, page: int, at: str, language: str) -> CaseList:
    """Return one page of cases; `at` is the address of the list.

    Raises NotFound for a page behind the last one: its address leads nowhere any more.
    """
    last = max(1, pages_of(cases.total, PAGE_SIZE))
    if page > last:
        raise NotFound(page_address(at, page))
    return CaseList(
        cards=tuple(listed(card, language) for card in cases.cards),
        count=counted_cases(cases.total, language),
        pager=pager(at, page, last, language),
        address=page_address(at, page),
    )
