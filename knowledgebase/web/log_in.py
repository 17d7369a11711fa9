"""Log in and log out."""

from flask import Blueprint, Response, make_response, redirect, request, session

from knowledgebase.domain.errors import Fault, LogInRefused, TooManyTries
from knowledgebase.domain.person import Entered
from knowledgebase.services import entering
from knowledgebase.web import account_links, visitor
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, done, told_to_wait, typed
from knowledgebase.web.language import current
from knowledgebase.web.problems import later
from knowledgebase.web.resending import NEXT, carried, log_in_page, next_of, send_again_page

pages = Blueprint("log_in", __name__)


@pages.get("/<interface:language>/log-in")
def show() -> Response:
    """Show the log-in; whoever is logged in goes where it wanted to go."""
    next_path = request.args.get(NEXT, "")
    if visitor.is_somebody():
        return make_response(redirect(next_of(next_path), 303))
    return log_in_page(Form(), next_path=next_path, status=200)


@pages.post("/<interface:language>/log-in")
def enter() -> Response:
    """Open a session, and go on with what the log-in came between."""
    asked = typed("email", "password", "remember", NEXT)
    fields, to = carried()
    try:
        entered = entering.log_in(
            the_site(),
            asked["email"],
            asked["password"],
            agent=visitor.agent(),
            address=visitor.address(),
            is_remembered=asked["remember"] == "yes",
        )
    except LogInRefused as error:
        form = Form(asked, (Fault("log-in-refused"),))
        return log_in_page(form, next_path=asked[NEXT], carried=fields, to=to, status=error.http_status)
    except TooManyTries as error:
        form = Form(asked, (Fault("too-many-tries"),))
        page = log_in_page(form, next_path=asked[NEXT], carried=fields, to=to, status=error.http_status)
        return told_to_wait(page, error)
    start_anew(entered)
    answer = send_again_page(fields, to) if to else make_response(redirect(next_of(asked[NEXT]), 303))
    return visitor.let_in(answer, entered)


def start_anew(entered: Entered) -> None:
    """Forget what the browser's forms were bound to before somebody came in; from now on it is that one."""
    session.clear()
    visitor.become(entered)


@pages.post("/<interface:language>/log-out")
def leave() -> Response:
    """Close the session; the cookie opens nothing any more."""
    entering.log_out(the_site(), visitor.token())
    session.clear()
    return visitor.let_out(done(later("You are logged out."), account_links.log_in(current())))
