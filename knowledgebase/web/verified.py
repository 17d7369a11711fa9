"""The page on which platform admins write down how a city was verified."""

from flask import Blueprint, Response

from knowledgebase.domain.errors import Invalid, NotFound
from knowledgebase.intake.joining import accept_proof
from knowledgebase.intake.slug import is_city_id
from knowledgebase.services import reading, verifying
from knowledgebase.text import lists
from knowledgebase.web import addresses, fmt, visitor
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, choices, done, form_page, refused, typed
from knowledgebase.web.labels import name_in
from knowledgebase.web.language import current
from knowledgebase.web.problems import later

pages = Blueprint("verified", __name__)
FIELDS = ("how", "note")


def _page(city: str, form: Form) -> Response:
    language = current()
    known = reading.city_names(the_site(), city) if is_city_id(city) else {}
    if not known:
        raise NotFound(city)
    verified = verifying.verified(the_site(), city)
    ways = [(value, lists.label("proof", value, language)) for value in lists.labels("proof")]
    return form_page(
        "joining/verified.html",
        form,
        city=city,
        name=name_in(known, language) or city,
        ways=choices(ways, none="—"),
        date=fmt.moment(verified.at, language) if verified else None,
        how=lists.label("proof", verified.how, language) if verified else None,
        note=verified.note if verified else None,
    )


@pages.get("/<interface:language>/cities/<city>/verified")
def show(city: str) -> Response:
    """Show how a city was verified, and the form to write it."""
    return _page(city, Form(dict.fromkeys(FIELDS, "")))


@pages.post("/<interface:language>/cities/<city>/verified")
def write(city: str) -> Response:
    """Write that the city is verified from today on."""
    asked = typed(*FIELDS)
    try:
        how, note = accept_proof(asked)
    except Invalid as refusal:
        return _page(city, refused(asked, refusal.faults))
    verifying.verify(the_site(), city, how, by=visitor.the_actor(), note=note)
    return _back(city, later("The city is verified."))


@pages.post("/<interface:language>/cities/<city>/verified/take-back")
def take_back(city: str) -> Response:
    """Take back that the city is verified."""
    verifying.unverify(the_site(), city, by=visitor.the_actor())
    return _back(city, later("The city is no longer verified."))


def _back(city: str, text: str) -> Response:
    language = current()
    return done(text, addresses.city(language, city))
