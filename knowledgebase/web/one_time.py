"""What one-time links open: an invitation to be taken up, another password to be set."""

from collections.abc import Mapping

from flask import Blueprint, Response

from knowledgebase.domain.errors import AlreadyThere, Fault, Invalid, LogInRefused, NotAllowed, TooManyTries
from knowledgebase.domain.person import Entered, LinkKind, Profile, Showing
from knowledgebase.intake.person import accept_email, accept_profile
from knowledgebase.services import joining
from knowledgebase.services.joining import Look
from knowledgebase.text import lists
from knowledgebase.web import account_links, addresses, visitor
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, done, form_page, refused, told_to_wait, typed
from knowledgebase.web.labels import name_in
from knowledgebase.web.language import current
from knowledgebase.web.log_in import start_anew
from knowledgebase.web.problems import later
from knowledgebase.web.profile_fields import PROFILE, profile_choices

pages = Blueprint("one_time", __name__)
_NEW = (*PROFILE, "email", "password", "has_accepted")


@pages.after_request
def _tell_nobody(response: Response) -> Response:
    """Keep the secret of the address out of caches and of what other sites are told."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _invitation(token: str) -> Look:
    """Return what an invitation is for. Raises LinkUnusable also for a link of another kind."""
    return joining.look_at(the_site(), token, kinds={LinkKind.INVITATION, LinkKind.FIRST_ADMIN})


def _page(token: str, look: Look, form: Form) -> Response:
    """Return the page of an invitation: a new account, or the password of the one that is there."""
    person = visitor.the_actor().person if visitor.is_somebody() else None
    language = current()
    rights = look.link.rights
    return form_page(
        "account/join.html",
        form,
        look=look,
        city=name_in(look.city_names, language) if look.link.city else None,
        role=lists.label("city_role", rights.role, language) if rights else None,
        platform_role=lists.label("platform_role", look.link.platform_role, language)
        if look.link.platform_role
        else None,
        is_own=bool(person and look.link.email and person.email.lower() == look.link.email.lower()),
        whom=person.email if person else None,
        token=token,
        **profile_choices(language),
    )


@pages.get("/<interface:language>/join/<token>")
def invited(token: str) -> Response:
    """Show what somebody is invited to."""
    look = _invitation(token)
    return _page(token, look, Form({"language": current(), "shows": Showing.NAME_AND_POSITION}))


@pages.post("/<interface:language>/join/<token>")
def join(token: str) -> Response:
    """Make an account by an invitation, or take it up with the password of one that is there."""
    look, asked = _invitation(token), typed(*_NEW)
    try:
        entered = _enter(token, look, asked)
    except (Invalid, LogInRefused, TooManyTries, AlreadyThere) as error:
        page = _page(token, look, refused(asked, _faults(error)))
        page.status_code = error.http_status
        return told_to_wait(page, error) if isinstance(error, TooManyTries) else page
    start_anew(entered)
    return visitor.let_in(done(later("Welcome. You are logged in."), _home(look)), entered)


def _enter(token: str, look: Look, asked: Mapping[str, str]) -> Entered:
    if look.has_account:
        return joining.accept_by_password(
            the_site(), token, asked["password"], agent=visitor.agent(), address=visitor.address()
        )
    profile, email, faults = _read(look, asked)
    has_accepted = asked["has_accepted"] == "yes"
    more = joining.new_account_faults(
        look, profile, asked["password"], has_accepted=has_accepted, email=email or look.link.email or "?"
    )
    if profile is None or faults or more:
        raise Invalid([*faults, *more])
    return joining.accept(
        the_site(),
        token,
        profile,
        asked["password"],
        has_accepted=has_accepted,
        email=email,
        agent=visitor.agent(),
    )


def _read(look: Look, asked: Mapping[str, str]) -> tuple[Profile | None, str | None, list[Fault]]:
    """Return profile and address as far as they are good, with every fault of both."""
    faults: list[Fault] = []
    email, profile = None, None
    if look.link.kind is LinkKind.FIRST_ADMIN:
        try:
            email = accept_email(asked)
        except Invalid as refusal:
            faults += refusal.faults
    try:
        profile = accept_profile(asked)
    except Invalid as refusal:
        faults += refusal.faults
    return profile, email, faults


def _faults(error: Exception) -> tuple[Fault, ...]:
    if isinstance(error, Invalid):
        return error.faults
    if isinstance(error, LogInRefused):
        return (Fault("log-in-refused", "password"),)
    return (Fault("too-many-tries") if isinstance(error, TooManyTries) else Fault("has-account"),)


@pages.post("/<interface:language>/join/<token>/take-up")
def take_up(token: str) -> Response:
    """Let somebody who is logged in take up an invitation to its own address."""
    look = _invitation(token)
    try:
        joining.accept_as(the_site(), token, by=visitor.the_actor())
    except NotAllowed:
        return _page(token, look, Form(faults=(Fault("other-address"),)))
    except AlreadyThere:
        return _page(token, look, Form(faults=(Fault("member-already"),)))
    return done(later("You have joined."), _home(look))


def _home(look: Look) -> str:
    """Return where somebody goes who has joined: its city's page."""
    return addresses.city(current(), look.link.city) if look.link.city else addresses.home(current())


@pages.get("/<interface:language>/reset/<token>")
def reset(token: str) -> Response:
    """Show the form for another password."""
    joining.look_at(the_site(), token, kinds={LinkKind.RESET})
    return form_page("account/reset.html", Form(), at=token)


@pages.post("/<interface:language>/reset/<token>")
def set_password(token: str) -> Response:
    """Set another password; all sessions are closed, and the person logs in anew."""
    asked = typed("password")
    try:
        joining.set_password(the_site(), token, asked["password"])
    except Invalid as refusal:
        return form_page("account/reset.html", refused(asked, refusal.faults), at=token)
    to = account_links.log_in(current())
    return visitor.let_out(done(later("The password is changed. Log in with it."), to))
