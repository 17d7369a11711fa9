"""The search page: the question, the answer, and ways to narrow or loosen it."""

from dataclasses import dataclass, replace

from flask import Blueprint, Response, make_response, render_template, request
from jinja2_fragments.flask import render_block

from knowledgebase.domain.query import Query, Results, Sort
from knowledgebase.intake.query import address, read
from knowledgebase.services import loosening, searching
from knowledgebase.services.loosening import Looser
from knowledgebase.text.vocabulary import vocabulary
from knowledgebase.web import addresses, fmt
from knowledgebase.web.cards import CardView, found
from knowledgebase.web.context import the_site
from knowledgebase.web.labels import Names
from knowledgebase.web.language import current
from knowledgebase.web.listing import (
    SHOWN,
    WHOLE_MAX,
    Chip,
    FacetView,
    Link,
    Pager,
    chips,
    facet_titles,
    facet_views,
    pager,
    pages_of,
    sorts,
)
from knowledgebase.web.messages import wording
from knowledgebase.web.partial import is_partial, varies_by_htmx

WHOLE = "all"  # parameter that names the one filter to be shown whole

pages = Blueprint("search", __name__)


@dataclass(frozen=True, slots=True)
class Advice:
    """A wider search that finds something."""

    label: str
    count: str
    address: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything that the search page shows."""

    text: str
    heading: str
    count: str
    action: str
    address: str  # the one address of this answer
    first: str  # address of its first page
    sort: str | None  # what the form must carry on
    notices: tuple[tuple[str, str], ...]  # icon and sentence
    chips: tuple[Chip, ...]
    clear: str  # address without any filter
    facets: tuple[FacetView, ...]
    sorts: tuple[Link, ...]
    cards: tuple[CardView, ...]
    pager: Pager | None
    advice: tuple[Advice, ...]
    is_past_end: bool  # cases were found, but not so many
    whole: FacetView | None = None  # the one filter that is shown in place of the cases
    others: tuple[tuple[str, str], ...] = ()  # name and value of the other filters in force then


def _count(results: Results, language: str) -> str:
    shown = fmt.number(results.total, language)
    return wording(language).ngettext("%(number)s case", "%(number)s cases", results.total) % {
        "number": shown
    }


def _heading(query: Query, language: str) -> str:
    words = wording(language)
    if not query.text:
        return words.gettext("All cases")
    return words.gettext("Cases for “%(question)s”") % {"question": fmt.isolated(query.text)}


def _notices(results: Results, language: str) -> tuple[tuple[str, str], ...]:
    """Return what the reader must know about how the answer came about."""
    words = wording(language)
    notices = []
    if results.is_degraded:
        notices.append(
            (
                "warning",
                words.gettext(
                    "The search engine is away. This is a simple list of cases that hold every word, "
                    "newest first, without counts."
                ),
            )
        )
    if results.is_incomplete:
        notices.append(
            ("warning", words.gettext("A part of the search engine did not answer; cases may be missing."))
        )
    if results.query.is_cut:
        notices.append(
            ("notice", words.gettext("The question was too long; only its beginning was searched."))
        )
    if results.repaired:
        sentence = words.gettext("No case holds the words as typed. These are the cases for “%(question)s”.")
        notices.append(("notice", sentence % {"question": fmt.isolated(results.repaired)}))
    subjects = _subjects(results, language)
    if subjects:
        sentence = words.gettext("Cases in every language were also looked up by subject: %(subjects)s")
        notices.append(("tag", sentence % {"subjects": subjects}))
    return tuple(notices)


def _subjects(results: Results, language: str) -> str:
    if not results.concepts:
        return ""
    known = vocabulary()
    labels = [known.label(concept, language) for concept in results.concepts if concept in known.concepts]
    return fmt.listed(labels, language)


def _advice(looser: Looser, language: str) -> Advice:
    words, titles = wording(language), facet_titles(language)
    if len(looser.dropped) == 1:
        label = words.gettext("Without the filter %(filter)s") % {"filter": titles[looser.dropped[0]]}
    else:
        label = words.gettext("Without any filter")
    return Advice(
        label, fmt.number(looser.total, language), addresses.search(language, address(looser.query))
    )


def whole_filter(page: ResultsPage, results: Results, whole: str, language: str) -> ResultsPage:
    """Return the page of an answer with one filter whole in place of the cases."""
    (view,) = page.facets or (None,)
    others = [(name, value) for name, values in results.query.filters.items() for value in values]
    return replace(
        page,
        address=addresses.search(language, [*address(replace(results.query, page=1)), (WHOLE, whole)]),
        facets=(),
        sorts=(),
        cards=(),
        pager=None,
        whole=view,
        others=tuple((name, value) for name, value in others if name != whole),
    )


def results_page(
    results: Results, loosers: tuple[Looser, ...], language: str, whole: str | None = None
) -> ResultsPage:
    """Return the page of an answer; `loosers` are the wider searches of an empty one.

    `whole` names the one filter that is to be shown in place of the cases.
    """
    query, known = results.query, Names(results.city_names, results.tag_names)
    first = addresses.search(language, address(replace(query, page=1)))
    last = pages_of(results.total, query.size)
    page = ResultsPage(
        text=query.text,
        heading=_heading(query, language),
        count=_count(results, language),
        action=addresses.search(language),
        address=addresses.search(language, address(query)),
        first=first,
        sort=query.sort.value if query.sort is not Sort.BEST else None,
        notices=_notices(results, language),
        chips=chips(query, known, language),
        clear=addresses.search(language, address(replace(query, filters={}, page=1))),
        facets=facet_views(results.facets, known, language, whole),
        sorts=() if results.is_degraded else sorts(query, language),
        cards=tuple(found(hit, language) for hit in results.hits),
        pager=pager(first, min(query.page, last), last, language),
        advice=tuple(_advice(looser, language) for looser in loosers),
        is_past_end=bool(results.total and not results.hits),
    )
    return whole_filter(page, results, whole, language) if whole else page


def _whole(results: Results) -> str | None:
    """Return the filter that the reader asked to see whole, if this answer has it."""
    asked = request.args.get(WHOLE, "")
    facet = results.facets.get(asked)
    return asked if facet and facet.values else None


@pages.get("/<interface:language>/search")
def results() -> Response:
    """Show one page of cases for the question and filters in the query string."""
    site, language = the_site(), current()
    query = read(request.args.to_dict(flat=False))
    answer = searching.search(
        site, query, language=language, named=WHOLE_MAX if WHOLE in request.args else SHOWN
    )
    is_final = answer.total or answer.is_degraded
    loosers = () if is_final else loosening.loosen(site, query, repaired=answer.repaired)
    page = results_page(answer, loosers, language, _whole(answer))
    if is_partial():
        response = make_response(render_block("search/results.html", "found", page=page, is_partial=True))
        response.headers["HX-Push-Url"] = page.address
    else:
        response = make_response(render_template("search/results.html", page=page, is_partial=False))
    return varies_by_htmx(response)
