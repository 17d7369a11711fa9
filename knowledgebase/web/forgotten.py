"""The page on which somebody who has forgotten its password asks for a link by mail."""

from flask import Blueprint, Response, make_response, redirect, render_template

from knowledgebase.domain.errors import Fault, Invalid, TooManyTries
from knowledgebase.intake.person import accept_email
from knowledgebase.services import mailing, resetting
from knowledgebase.web import account_links, visitor
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, form_page, refused, told_to_wait, typed
from knowledgebase.web.language import current

pages = Blueprint("forgotten", __name__)


def _page(form: Form) -> Response:
    return form_page("joining/forgotten.html", form, has_letters=mailing.is_on(the_site()))


@pages.get("/<interface:language>/forgotten")
def show() -> Response:
    """Show the form, or who else helps where no letters are sent."""
    return _page(Form({"email": ""}))


@pages.post("/<interface:language>/forgotten")
def ask() -> Response:
    """Queue the letter; the answer is the same whether the address has an account or not."""
    asked = typed("email")
    try:
        resetting.ask_for_reset(the_site(), accept_email(asked), address=visitor.address())
    except Invalid as refusal:
        return _page(refused(asked, refusal.faults))
    except TooManyTries as error:
        return told_to_wait(_page(refused(asked, [Fault("too-many-requests")])), error)
    return make_response(redirect(account_links.reset_asked(current()), 303))


@pages.get("/<interface:language>/forgotten/sent")
def sent() -> str:
    """Say that a letter comes if there is an account."""
    return render_template("joining/sent.html", has_letters=mailing.is_on(the_site()))
