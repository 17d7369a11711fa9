"""The free tags: the list of all, and each with its cases; every spelling leads to the folded one."""

from dataclasses import dataclass
from functools import partial

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from knowledgebase.domain.errors import NotFound
from knowledgebase.domain.record import TagLine
from knowledgebase.intake.query import read
from knowledgebase.services import reading, tag_rules
from knowledgebase.web import addresses, alphabet, fmt
from knowledgebase.web.context import the_site
from knowledgebase.web.language import current
from knowledgebase.web.listing import Link, Pager
from knowledgebase.web.paged import PAGES_MAX, CaseList, asked_page, case_list, page_address

pages = Blueprint("tags", __name__)


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag in the list of tags."""

    name: str
    address: str
    count: str


@dataclass(frozen=True, slots=True)
class TagsPage:
    """One page of the list of tags, most used first."""

    tags: tuple[TagView, ...]
    pager: Pager | None
    address: str


@dataclass(frozen=True, slots=True)
class TagPage:
    """Everything that a tag's page shows."""

    name: str
    folded: str
    cases: CaseList
    search: str  # address of the search that the tag narrows


def tag_view(line: TagLine, language: str) -> TagView:
    """Return a tag with its number of cases."""
    return TagView(line.shown, addresses.tag(language, line.folded), fmt.number(line.cases, language))


def tags_page(lines: tuple[TagLine, ...], page: int, has_more: bool, language: str) -> TagsPage:
    """Return one page of the tags; nobody counts them all, so its pager knows only the next one.

    Raises NotFound for an empty page that is not the first.
    """
    at = addresses.tags(language)
    if page > 1 and not lines:
        raise NotFound(page_address(at, page))
    steps = None
    if page > 1 or has_more:
        here = Link(fmt.in_digits(page, language), page_address(at, page), is_current=True)
        steps = Pager(
            page_address(at, page - 1) if page > 1 else None,
            page_address(at, page + 1) if has_more else None,
            (here,),
        )
    return TagsPage(tuple(tag_view(line, language) for line in lines), steps, page_address(at, page))


@pages.get("/<interface:language>/tags/")
def index() -> str:
    """Show one page of the tags."""
    language, page = current(), asked_page()
    lines, has_more = reading.all_tags(
        the_site(), page=page, order=partial(alphabet.order, language=language)
    )
    has_more = has_more and page < PAGES_MAX
    return render_template("tags/index.html", page=tags_page(lines, page, has_more, language))


@pages.get("/<interface:language>/tags/<path:tag>")
def show(tag: str) -> str | Response:
    """Show one tag with a page of its cases; another spelling is led to the folded one."""
    language, page = current(), asked_page()
    folded = next(iter(read({"tag": [tag]}).filters.get("tag", ())), None)
    if folded is None:
        raise NotFound(tag)
    if folded != tag:
        return redirect(addresses.tag(language, folded), 301)
    try:
        line, cases = reading.of_tag(the_site(), folded, page=page)
    except NotFound:
        return redirect(addresses.tag(language, tag_rules.led_to(the_site(), folded)), 301)
    shown = TagPage(
        line.shown,
        folded,
        case_list(cases, page, addresses.tag(language, folded), language),
        addresses.search(language, [("tag", folded)]),
    )
    return render_template("tags/show.html", page=shown)
