"""The page on which somebody asks to join a city, or to bring a new one."""

from flask import Blueprint, Response, make_response, redirect, render_template, request

from knowledgebase.domain.errors import Fault, Invalid, TooManyTries
from knowledgebase.intake.joining import accept_request
from knowledgebase.intake.slug import is_city_id
from knowledgebase.services import mailing, reading, requesting
from knowledgebase.text import lists
from knowledgebase.web import account_links, names, visitor
from knowledgebase.web.alphabet import order
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, choices, form_page, refused, told_to_wait, typed
from knowledgebase.web.labels import name_in
from knowledgebase.web.language import current
from knowledgebase.web.messages import wording

pages = Blueprint("joining", __name__)
FIELDS = ("city", "city_name", "country", "name", "position", "office", "email", "website", "letter")


def city_choices(language: str) -> list[tuple[str, str]]:
    """Return every city that is here, by its name."""
    found = [(line.id, name_in(line.names, language) or line.id) for line in reading.all_cities(the_site())]
    return sorted(found, key=lambda pair: order(pair[1], language))


def country_choices(language: str) -> list[tuple[str, str]]:
    """Return every country, by its name."""
    found = [(code, names.country(code, language)) for code in lists.codes("country")]
    return sorted(found, key=lambda pair: order(pair[1], language))


def _page(form: Form) -> Response:
    language = current()
    elsewhere = wording(language).gettext("My city is not in this list")
    return form_page(
        "joining/ask.html",
        form,
        cities=choices(city_choices(language), none=elsewhere),
        countries=choices(country_choices(language), none="—"),
    )


@pages.get("/<interface:language>/join")
def show() -> Response:
    """Say what joining means, and show the form; `city` in the address chooses one."""
    city = request.args.get("city", "")
    return _page(Form(dict.fromkeys(FIELDS, "") | {"city": city if is_city_id(city) else ""}))


@pages.post("/<interface:language>/join")
def ask() -> Response:
    """Keep the request; the answer is the same for every address."""
    asked = typed(*FIELDS)
    try:
        wish = accept_request({**asked, "language": current()})
        requesting.ask(the_site(), wish, address=visitor.address())
    except Invalid as refusal:
        return _page(refused(asked, refusal.faults))
    except TooManyTries as error:
        return told_to_wait(_page(refused(asked, [Fault("too-many-requests")])), error)
    return make_response(redirect(account_links.asked_to_join(current()), 303))


@pages.get("/<interface:language>/join/asked")
def asked() -> str:
    """Thank whoever has asked, and say what comes next."""
    return render_template("joining/asked.html", has_letters=mailing.is_on(the_site()))
