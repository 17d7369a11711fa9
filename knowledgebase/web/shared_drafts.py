"""A draft for whoever holds a link to it, and the sheet on which a superior signs."""

from flask import Blueprint, Response, make_response, render_template

from knowledgebase.services import draft_desk
from knowledgebase.services.draft_desk import Desk
from knowledgebase.web import addresses, draft_links
from knowledgebase.web.case_writer import administration
from knowledgebase.web.context import the_site
from knowledgebase.web.draft_view import draft_view
from knowledgebase.web.facts import dated, on_day
from knowledgebase.web.language import current
from knowledgebase.web.visitor import the_actor

pages = Blueprint("shared_drafts", __name__)
_SECRET = {  # the address itself opens the draft: it goes nowhere and is kept nowhere
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def _secret(page: str) -> Response:
    response = make_response(page)
    response.headers.update(_SECRET)
    return response


@pages.get("/<interface:language>/drafts/<token>")
def show(token: str) -> Response:
    """Show the draft of a link, to be read only."""
    desk, language = draft_desk.shared_desk(the_site(), token), current()
    return _secret(
        render_template(
            "write/shared.html",
            draft=desk.draft,
            city_name=desk.city.city.name_in(language),
            preview=draft_view(the_site(), desk.draft.typed, desk.city, language),
            sheet=draft_links.shared(language, token, "sheet"),
            case=_case(desk, language),
        )
    )


@pages.get("/<interface:language>/drafts/<token>/sheet")
def sheet(token: str) -> Response:
    """Show the approval sheet of a link's draft."""
    return _secret(_sheet(draft_desk.shared_desk(the_site(), token)))


@pages.get("/<interface:language>/write/<draft>/sheet")
def own_sheet(draft: str) -> str:
    """Show the approval sheet of a draft to those who write for its city."""
    return _sheet(draft_desk.desk(the_site(), draft, by=the_actor()))


def _case(desk: Desk, language: str) -> str | None:
    draft = desk.draft
    return addresses.case(language, draft.case_id) if draft.case_id and draft.state == "published" else None


def _sheet(desk: Desk) -> str:
    language, site = current(), the_site()
    return render_template(
        "write/sheet.html",
        draft=desk.draft,
        city_name=desk.city.city.name_in(language),
        administration=administration(desk.city.city, language),
        view=draft_view(site, desk.draft.typed, desk.city, language),
        fields=desk.draft.typed.fields,
        today=dated(on_day(site.now().date()), language).text,
    )
