"""The JSON interface: one view for each address below /api/v1."""

import json
from math import isfinite

from flask import Blueprint, Response, make_response, redirect, request
from pydantic import BaseModel

from knowledgebase.domain.errors import Moved, NotFound, PastTheEnd
from knowledgebase.domain.query import SIZE_MAX, Facet, FacetValue, Hit, Results
from knowledgebase.domain.record import CityLine
from knowledgebase.intake.characters import ascii_digits
from knowledgebase.intake.query import read
from knowledgebase.intake.slug import case_id_of, is_city_id
from knowledgebase.services import reading, searching
from knowledgebase.web import addresses, names, outlets
from knowledgebase.web.api.case_models import Case
from knowledgebase.web.api.city_models import City, city_answer
from knowledgebase.web.api.description import described, description
from knowledgebase.web.api.models import Choice, Cities, CityOfList, Found, FoundCase, InLanguage, Search
from knowledgebase.web.case_json import as_json
from knowledgebase.web.context import the_site
from knowledgebase.web.errors import answer as refusal
from knowledgebase.web.labels import Names, facet_labels, name_in
from knowledgebase.web.language import current
from knowledgebase.web.layout import absolute
from knowledgebase.web.problems import problem
from knowledgebase.web.whole_pages import answer, is_known, tag_of

CHOICES_MAX = 100  # values of a filter in one answer; chosen ones come on top
JSON = "application/json"

pages = Blueprint("api", __name__, url_prefix=outlets.API)


@pages.after_app_request
def _open_to_all(response: Response) -> Response:
    """Let scripts of any site read the interface; it knows no cookies and answers everyone the same."""
    if request.path.startswith(f"{outlets.API}/") and request.method in {"GET", "HEAD", "OPTIONS"}:
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _sent(model: BaseModel) -> Response:
    response = Response(model.model_dump_json(), mimetype=JSON)
    response.add_etag()
    response.make_conditional(request)
    return response


# Search


@pages.get("/search")
@described(Found, query=Search, problems=(400, 503))
def search() -> Response:
    """Search the cases.

    The parameters are those of the search page, so that an address of the one works with the other.
    A page past the last one is refused, so that a program which turns pages comes to an end.
    """
    site, language = the_site(), current()
    query = read(request.args.to_dict(flat=False), size_max=SIZE_MAX)
    results = searching.search(site, query, language=language, named=CHOICES_MAX)
    if _is_past_end(results, request.args.get("page", "")):
        error = PastTheEnd(f"page {query.page} of {results.total} cases")
        return refusal(problem(error.http_status, error.code, language), error)
    return _sent(found(results, language))


def _is_past_end(results: Results, typed: str) -> bool:
    """Return whether the asked page lies past the last one, or past all that may be turned."""
    query = results.query
    digits = ascii_digits(typed.strip()).lstrip("0")
    is_beyond = digits.isascii() and digits.isdigit() and digits != str(query.page)
    return is_beyond or (query.page > 1 and not results.hits and not results.is_incomplete)


def found(results: Results, language: str) -> Found:
    """Return the answer to a search with its labels in a language."""
    labels = facet_labels(Names(results.city_names, results.tag_names), language)
    return Found(
        total=results.total,
        page=results.query.page,
        size=results.query.size,
        hits=[_hit(hit, language) for hit in results.hits],
        facets={
            name: [
                Choice(
                    value=one.value, label=labels[name](one.value), count=one.cases, selected=one.is_selected
                )
                for one in _shown(facet)
            ]
            for name, facet in results.facets.items()
        },
        repaired=results.repaired,
        degraded=results.is_degraded,
        incomplete=results.is_incomplete,
    )


def _shown(facet: Facet) -> tuple[FacetValue, ...]:
    return tuple(one for at, one in enumerate(facet.values) if at < CHOICES_MAX or one.is_selected)


def _hit(hit: Hit, language: str) -> FoundCase:
    card = hit.card
    return FoundCase(
        id=card.id,
        title=card.titles[hit.language],
        summary=card.summaries[hit.language],
        language=hit.language,
        city=card.city,
        topics=list(card.topics),
        written_by=card.written_by,
        url=absolute(addresses.case(language, card.id)),
        score=hit.score if isfinite(hit.score) else 0.0,
    )


# Cases


@pages.get("/cases/<city>/<slug>")
@described(Case, query=InLanguage, problems=(404, 410, 503), is_movable=True)
def case(city: str, slug: str) -> Response:
    """Return one case: every key of its file, and what the exchange computes."""
    case_id = case_id_of(city, slug)
    now, base = reading.case_key(the_site(), case_id), absolute("")
    tag = tag_of(("api", base, case_id, now.revision, now.index_revision, now.city_revision))
    if is_known(tag):
        return answer(tag, b"", JSON)
    told = as_json(reading.case(the_site(), case_id), base)
    return answer(tag, json.dumps(told, ensure_ascii=False, allow_nan=False), JSON)


@pages.errorhandler(Moved)
def _moved(error: Moved) -> Response:
    return make_response(redirect(outlets.api_case(error.case_id), 301))


# Cities


@pages.get("/cities")
@described(Cities, query=InLanguage)
def cities() -> Response:
    """List every city with its number of cases, by id."""
    lines, language = reading.all_cities(the_site()), current()
    return _sent(Cities(total=len(lines), cities=[_city(line, language) for line in lines]))


def _city(line: CityLine, language: str) -> CityOfList:
    return CityOfList(
        id=line.id,
        name=name_in(line.names, language) or line.id,
        names=dict(line.names),
        country=line.country,
        country_name=names.country(line.country, language),
        cases=line.cases,
        url=absolute(addresses.city(language, line.id)),
    )


@pages.get("/cities/<city>")
@described(City, query=InLanguage, problems=(404, 503))
def city(city: str) -> Response:
    """Return one city: what it tells of itself, and the number of its cases."""
    if not is_city_id(city):
        raise NotFound(city)
    page = reading.city(the_site(), city, size=1)
    return _sent(
        city_answer(
            page,
            url=absolute(addresses.city(current(), city)),
            search=absolute(f"{outlets.API}/search?city={city}"),
        )
    )


@pages.get("/openapi.json")
def openapi() -> Response:
    """Describe this interface."""
    told = {**description(), "servers": [{"url": absolute("") or "/"}]}
    response = Response(json.dumps(told, ensure_ascii=False), mimetype=JSON)
    response.add_etag()
    response.make_conditional(request)
    return response
