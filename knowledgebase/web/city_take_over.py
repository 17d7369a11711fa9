"""A city takes over what the editors wrote about it: its page, one case, or all at once."""

from flask import Blueprint, Response, request

from knowledgebase.domain.errors import Fault, Invalid, NotFound
from knowledgebase.intake.note import accept_note
from knowledgebase.intake.slug import is_city_id
from knowledgebase.services import taking_over
from knowledgebase.web import addresses, fmt
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, done, form_page, refused, typed
from knowledgebase.web.language import current
from knowledgebase.web.messages import wording
from knowledgebase.web.problems import later
from knowledgebase.web.visitor import the_actor

pages = Blueprint("city_take_over", __name__)
PAGE, ALL = "page", "all"  # values of the buttons; every other one is the id of a case


@pages.get("/<interface:language>/cities/<city>/take-over")
def show(city: str) -> Response:
    """Show what of a city still comes from files, and what taking over means."""
    return _page(_known(city), Form())


@pages.post("/<interface:language>/cities/<city>/take-over")
def take(city: str) -> Response:
    """Take over what the pressed button names."""
    site, by, known = the_site(), the_actor(), _known(city)
    asked = typed("what", "note")
    what = asked["what"]
    try:
        note = accept_note(asked)
    except Invalid as error:
        return _page(known, refused(asked, error.faults))
    if what == PAGE:
        taking_over.take_over_city(site, known, by=by, note=note)
    elif what == ALL:
        taking_over.take_over_all(site, known, by=by, note=note)
    elif what.partition("/")[0] == known and "/" in what:
        taking_over.take_over_case(site, what, by=by, note=note)
    else:
        return _page(known, refused(asked, [Fault("nothing-chosen")]))
    return done(later("It is the city's own now, and is edited here."), request.path)


def _known(city: str) -> str:
    if not is_city_id(city):
        raise NotFound(city)
    return city


def _page(city: str, form: Form) -> Response:
    language = current()
    found = taking_over.still_filed(the_site(), city, by=the_actor())
    return form_page(
        "cities/take_over.html",
        form,
        found=found,
        name=fmt.isolated(found.record.city.name_in(language)),
        count=fmt.number(len(found.cases), language),
        back=addresses.city(language, city),
        edit=addresses.city_part(language, city, "edit"),
        cases=[(case, addresses.case(language, case.id)) for case in found.cases],
        labels={"note": wording(language).gettext("Why, or the number of a letter")},
    )
