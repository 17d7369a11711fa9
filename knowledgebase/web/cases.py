"""The pages of a case: the case itself, its files for people and programs, its history, its picture."""

import json
from dataclasses import replace
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.http import dump_options_header
from werkzeug.wrappers import Response as WerkzeugResponse

from knowledgebase.domain.case import Case
from knowledgebase.domain.errors import Gone, Moved, NotFound
from knowledgebase.domain.record import Card, CityRecord
from knowledgebase.intake.export import case_file
from knowledgebase.intake.slug import case_id_of
from knowledgebase.services import reading
from knowledgebase.services.reading import CaseKey, CasePage
from knowledgebase.web import addresses, case_links, fmt
from knowledgebase.web.assets import FOR_EVER
from knowledgebase.web.cards import listed
from knowledgebase.web.case_json import as_json
from knowledgebase.web.case_meta import meta_of, printed_address
from knowledgebase.web.case_state import file_names, revision_views
from knowledgebase.web.case_view import case_view
from knowledgebase.web.context import the_site
from knowledgebase.web.errors import answer as refusal
from knowledgebase.web.errors import is_for_programs
from knowledgebase.web.facts import dated, on_day
from knowledgebase.web.language import current, editions
from knowledgebase.web.layout import absolute
from knowledgebase.web.problems import problem
from knowledgebase.web.whole_pages import answer, is_known, kept_page, tag_of

DIGEST = 16  # characters of the hash in a picture's address
OTHERS = 6  # cases of the same city beside a withdrawn one
ASIDE = "default-src 'none'; sandbox"  # a picture from people may do nothing, whatever the pages may

pages = Blueprint("cases", __name__)


class Picture(Response):
    """A picture from people, with a stricter policy than that of the pages."""

    def get_wsgi_headers(self, environ: Any) -> Any:
        """Return the headers with the picture's own policy in place of the site's."""
        headers = super().get_wsgi_headers(environ)
        headers["Content-Security-Policy"] = ASIDE
        return headers


def _key(form: str, case_id: str, now: CaseKey) -> tuple[str, ...]:
    revisions = (now.revision, now.index_revision, now.city_revision)
    return (form, current(), case_id, absolute(""), *map(str, revisions))


@pages.get("/<interface:language>/cases/<city>/<slug>")
def show(city: str, slug: str) -> Response:
    """Show a case: one look at the database, and the page as it was kept for exactly this state.

    The day is part of the state because the printed page says when it was printed.
    """
    site, case_id = the_site(), case_id_of(city, slug)
    now = reading.case_key(site, case_id)
    today = site.now().date()
    key = (*_key("case", case_id, now), now.surroundings, today.isoformat())
    return kept_page(
        key,
        lambda: _render(reading.case(site, case_id, with_talk=True), dated(on_day(today), current()).text),
    )


def _render(page: CasePage, today: str) -> str:
    language, base_url, case_id = current(), absolute(""), page.record.case.id
    return render_template(
        "cases/show.html",
        page=case_view(page, language, base_url),
        meta=meta_of(page, language, base_url),
        today=today,
        acts=f"{page.record.origin}:{case_id}",
        printed_address=printed_address(base_url, language, case_id),
        editions=editions(request.path),
    )


@pages.get("/<interface:language>/cases/<city>/<slug>.md")
def markdown(city: str, slug: str) -> Response:
    """Send a case as the file that its author could have written."""
    case_id = case_id_of(city, slug)
    tag = tag_of(_key("file", case_id, reading.case_key(the_site(), case_id)))
    if is_known(tag):
        return answer(tag, b"")
    response = answer(tag, case_file(_public(reading.case(the_site(), case_id).record.case)), "text/markdown")
    response.headers["Content-Disposition"] = dump_options_header("attachment", file_names(case_id))
    return response


def _public(case: Case) -> Case:
    """Return the case without the mail address of its contact, which is shown to nobody."""
    contact = case.contact and replace(case.contact, email=None)
    return replace(case, contact=contact if contact and (contact.office or contact.url) else None)


@pages.get("/<interface:language>/cases/<city>/<slug>.json")
def document(city: str, slug: str) -> Response:
    """Send a case for programs."""
    case_id = case_id_of(city, slug)
    tag = tag_of(_key("json", case_id, reading.case_key(the_site(), case_id)))
    if is_known(tag):
        return answer(tag, b"")
    told = as_json(reading.case(the_site(), case_id), absolute(""))
    return answer(tag, json.dumps(told, ensure_ascii=False), "application/json")


@pages.get("/<interface:language>/cases/<city>/<slug>/history")
def history(city: str, slug: str) -> str:
    """Show the revisions of a case, newest first."""
    site, language, case_id = the_site(), current(), case_id_of(city, slug)
    case, revisions = reading.history(site, case_id)
    return render_template(
        "cases/history.html",
        title=case.title_in(language),
        title_language=language if language in case.translations else case.language,
        address=addresses.case(language, case_id),
        revisions=revision_views(revisions, language),
    )


@pages.get("/covers/<city>/<slug>/<digest>.webp")
def cover(city: str, slug: str, digest: str) -> Response:
    """Send the picture of a case; its address holds its hash, so it may be kept for ever."""
    picture = reading.cover(the_site(), case_id_of(city, slug))
    if sha256(picture).hexdigest()[:DIGEST] != digest:
        raise NotFound(f"{city}/{slug}")
    response = Picture(picture, mimetype="image/webp")
    response.headers["Cache-Control"] = FOR_EVER
    return response


# Cases that are not where they were


_FORMS = {
    "cases.markdown": case_links.markdown,
    "cases.document": case_links.json,
    "cases.history": case_links.history,
}


@pages.errorhandler(Moved)
def moved(error: Moved) -> WerkzeugResponse:
    """Lead from a former address to the same form of the case at the present one."""
    form = _FORMS.get(request.endpoint or "", addresses.case)
    return redirect(form(current(), error.case_id), 301)


@pages.errorhandler(Gone)
def gone(error: Gone) -> Response:
    """Say that a case was withdrawn, by which city and when, and where to go on."""
    language = current()
    if is_for_programs():
        return refusal(problem(error.http_status, error.code, language), error)
    city, others = _city_of(error)
    response = make_response(
        render_template(
            "cases/gone.html",
            city=city.city.name_in(language) if city else error.city,
            city_address=addresses.city(language, error.city) if city else None,
            date=fmt.moment(error.at, language),
            day=error.at.date().isoformat(),
            cards=[listed(card, language) for card in others],
        )
    )
    response.status_code = error.http_status
    return response


def _city_of(error: Gone) -> tuple[CityRecord | None, tuple[Card, ...]]:
    """Return the city of a withdrawn case and other cases of it, as far as they are there."""
    try:
        city, others = reading.city_with_cases(the_site(), error.city, size=OTHERS)
    except NotFound:
        return None, ()
    return city, others.cards
