"""The way through a list that nobody counts: one page back, one page on."""

from knowledgebase.web import fmt
from knowledgebase.web.listing import Link, Pager


def steps(at: str, page: int, has_more: bool, language: str) -> Pager | None:
    """Return the steps of one page of the list at this address, None where there is only one page."""
    if page == 1 and not has_more:
        return None
    here = Link(fmt.in_digits(page, language), page_at(at, page), is_current=True)
    return Pager(
        page_at(at, page - 1) if page > 1 else None, page_at(at, page + 1) if has_more else None, (here,)
    )


def page_at(at: str, page: int) -> str:
    """Return the address of one page of a list, whose own address may ask for something already."""
    return at if page == 1 else f"{at}{'&' if '?' in at else '?'}page={page}"
