"""The pages of a case: the case itself, its files for people and programs, its history, its picture."""

import json
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.http import dump_options_header

from knowledgebase.domain.errors import Gone, Moved, NotFound
from knowledgebase.domain.period import PartialDate
from knowledgebase.intake.export import case_file
from knowledgebase.intake.slug import is_city_id, is_slug
from knowledgebase.services import reading
from knowledgebase.services.reading import CaseKey, CasePage, CityPage
from knowledgebase.web import addresses, case_links, fmt
from knowledgebase.web.assets import FOR_EVER
from knowledgebase.web.cards import listed
from knowledgebase.web.case_json import as_json
from knowledgebase.web.case_meta import meta_of, printed_address
from knowledgebase.web.case_state import file_name, revision_views
from knowledgebase.web.case_view import case_view
from knowledgebase.web.context import the_site
from knowledgebase.web.facts import dated, on_day
from knowledgebase.web.language import current, editions
from knowledgebase.web.layout import absolute
from knowledgebase.web.whole_pages import answer, kept_page, is_known, tag_of

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


def _id_of(city: str, slug: str) -> str:
    """Return the id that an address means. Raises NotFound for what cannot be an id."""
    if not (is_city_id(city) and is_slug(slug)):
        raise NotFound(f"{city}/{slug}")
    return f"{city}/{slug}"


def _key(form: str, case_id: str, now: CaseKey) -> tuple[str, ...]:
    revisions = (now.revision, now.index_revision, now.city_revision)
    return (form, current(), case_id, absolute(""), *map(str, revisions))


@pages.get("/<interface:language>/cases/<city>/<slug>")
def show(city: str, slug: str) -> Response:
    """Show a case: one look at the database, and the page as it was kept for exactly this state.

    The day is part of the state because the printed page says when it was printed.
    """
    site, case_id = the_site(), _id_of(city, slug)
    now = reading.case_key(site, case_id)
    today = site.now().date()
    key = (*_key("case", case_id, now), today.isoformat())
    return kept_page(key, lambda: _render(reading.case(site, case_id), dated(on_day(today), current()).text))


def _render(page: CasePage, today: str) -> str:
    language, base_url, case_id = current(), absolute(""), page.record.case.id
    return render_template(
        "cases/show.html",
        page=case_view(page, language, base_url),
        meta=meta_of(page, language, base_url),
        today=today,
        printed_address=printed_address(base_url, language, case_id),
        editions=editions(request.path),
    )
