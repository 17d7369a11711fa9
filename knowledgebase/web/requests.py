"""Requests to join, for whoever decides: the list, one of them, accepting and refusing."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from knowledgebase.domain.errors import AlreadyThere, Fault, Invalid, NotFound
from knowledgebase.domain.joining import AskedToJoin, UnknownCity
from knowledgebase.domain.person import CityRole
from knowledgebase.intake.joining import accept_note
from knowledgebase.intake.person import accept_rights
from knowledgebase.services import mailing, requesting
from knowledgebase.web import account_links, fmt, names, visitor
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, choices, done, form_page, refused, typed
from knowledgebase.web.joining import city_choices
from knowledgebase.web.labels import name_in
from knowledgebase.web.language import current
from knowledgebase.web.listing import pager, pages_of
from knowledgebase.web.members import RIGHTS, role_choices, show_link
from knowledgebase.web.messages import wording
from knowledgebase.web.paged import asked_page
from knowledgebase.web.problems import later

pages = Blueprint("requests", __name__)
ANSWER = (*RIGHTS, "city")


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request as whoever decides sees it."""

    id: str
    heading: str
    city: str
    is_new_city: bool
    name: str
    title: str  # position and office
    email: str
    website: str | None
    paragraphs: tuple[str, ...]  # of the letter
    asked: str
    address: str


def _view(asked: AskedToJoin, cities: Mapping[str, Mapping[str, str]], language: str) -> RequestView:
    request = asked.request
    if isinstance(request.city, UnknownCity):
        city = f"{request.city.name} ({names.country(request.city.country, language)})"
    else:
        city = name_in(cities.get(request.city, {}), language) or request.city
    return RequestView(
        asked.id,
        wording(language).gettext("%(by)s asks to join %(city)s")
        % {"by": fmt.isolated(request.name), "city": fmt.isolated(city)},
        city,
        isinstance(request.city, UnknownCity),
        request.name,
        f"{request.position} · {request.office}",
        request.email,
        request.website,
        tuple(part.strip() for part in request.letter.split("\n") if part.strip()),
        fmt.moment(asked.asked, language),
        account_links.requests(language, asked.id),
    )


@pages.get("/<interface:language>/requests")
def index() -> str:
    """Show the requests that wait for a decision of who asks, the oldest first."""
    language, number = current(), asked_page()
    found = requesting.waiting(the_site(), by=visitor.the_actor(), page=number)
    last = max(1, pages_of(found.total, requesting.PAGE))
    if number > last:
        raise NotFound(f"requests?page={number}")
    return render_template(
        "joining/requests.html",
        requests=[_view(one, found.city_names, language) for one in found.requests],
        count=fmt.number(found.total, language),
        steps=pager(account_links.requests(language), number, last, language),
    )


def _page(request_id: str, answer: Form | None = None, refusal: Form | None = None) -> Response:
    language, site = current(), the_site()
    found = requesting.one(site, request_id, by=visitor.the_actor())
    asked = found.requests[0]
    view = _view(asked, found.city_names, language)
    answer = answer or Form(
        {"role": CityRole.CONTRIBUTOR, "city": "", "may_publish": "", "speaks_for_city": ""}
    )
    page = form_page(
        "joining/request.html",
        answer,
        one=view,
        refusal=refusal or Form({"note": ""}),
        roles=role_choices(language),
        cities=choices(city_choices(language), none="—") if view.is_new_city else [],
        has_letters=mailing.is_on(site),
    )
    if refusal and refusal.faults:
        page.status_code = 422
    return page


@pages.get("/<interface:language>/requests/<request_id>")
def show(request_id: str) -> Response:
    """Show one request with its letter, and what can be done with it."""
    return _page(request_id)


@pages.post("/<interface:language>/requests/<request_id>/accept")
def accept(request_id: str) -> Response:
    """Invite whoever asked, and show the link once."""
    asked = typed(*ANSWER)
    try:
        boxes = {name: asked[name] or "no" for name in ("may_publish", "speaks_for_city")}
        rights = accept_rights({**asked, **boxes})
        actor = visitor.the_actor()
        link = requesting.accept(the_site(), request_id, rights, by=actor, city=asked["city"] or None)
    except Invalid as refusal:
        return _page(request_id, answer=refused(asked, refusal.faults))
    except AlreadyThere:
        return _page(request_id, answer=refused(asked, [Fault("member-already")]))
    if link:
        show_link(link)
    return _back(later("The request is accepted and the invitation is made."))


@pages.post("/<interface:language>/requests/<request_id>/refuse")
def refuse(request_id: str) -> Response:
    """Refuse a request with a line."""
    asked = typed("note")
    try:
        requesting.refuse(the_site(), request_id, accept_note(asked), by=visitor.the_actor())
    except Invalid as refusal:
        return _page(request_id, refusal=refused(asked, refusal.faults))
    return _back(later("The request is refused."))


def _back(text: str) -> Response:
    language = current()
    return done(text, account_links.requests(language))
