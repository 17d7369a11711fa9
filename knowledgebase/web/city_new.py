"""A new city begins: its names, its country and its address; its people fill the rest."""

from flask import Blueprint, Response, flash, make_response, redirect

from knowledgebase.domain.errors import AlreadyThere, Fault, Invalid
from knowledgebase.intake.city_form import accept_new_city
from knowledgebase.services import founding
from knowledgebase.web import account_links, addresses, fmt
from knowledgebase.web.city_form_parts import options
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, form_page, refused, typed
from knowledgebase.web.language import current
from knowledgebase.web.messages import wording
from knowledgebase.web.resending import is_here
from knowledgebase.web.visitor import the_actor

pages = Blueprint("city_new", __name__)
_FIELDS = ("name.en", "name.fa", "country", "id")


@pages.get("/<interface:language>/cities/new")
def show() -> Response:
    """Show the form of a new city."""
    return _page(Form(dict.fromkeys(_FIELDS, "")))


@pages.post("/<interface:language>/cities/new")
def add() -> Response:
    """Add the city and lead to where its people are invited."""
    language, asked = current(), typed(*_FIELDS)
    try:
        city = accept_new_city(asked)
        founding.add_city(the_site(), city, by=the_actor())
    except Invalid as error:
        return _page(refused(asked, error.faults))
    except AlreadyThere:
        return _page(refused(asked, [Fault("city-id-used", "id", values={"id": city.id})]))
    said = wording(language).gettext("%(city)s is here now. Invite its first admin.")
    flash(said % {"city": fmt.isolated(city.name_in(language))})
    members = account_links.members(language, city.id)
    to = members if is_here(members) else addresses.city(language, city.id)
    return make_response(redirect(to, 303))


def _page(form: Form) -> Response:
    language = current()
    words = wording(language).gettext
    labels = {
        "name.en": words("Name in English"),
        "name.fa": words("Name in Persian"),
        "country": words("Country"),
        "id": words("Last part of its address"),
    }
    return form_page(
        "cities/new.html",
        form,
        labels=labels,
        countries=options("country", language),
        back=addresses.cities(language),
    )
