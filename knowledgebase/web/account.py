"""The own account: profile, password, sessions, cities."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response

from knowledgebase.domain.errors import Fault, Invalid, LogInRefused, NotFound, TooManyTries
from knowledgebase.domain.person import Actor
from knowledgebase.intake.person import accept_profile
from knowledgebase.intake.slug import is_city_id
from knowledgebase.services import entering, mailing, people, reading, requesting, unsubscribing
from knowledgebase.text import lists
from knowledgebase.web import account_links, fmt, visitor
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, done, form_page, refused, told_to_wait, typed
from knowledgebase.web.labels import name_in
from knowledgebase.web.language import current
from knowledgebase.web.log_in import start_anew
from knowledgebase.web.messages import wording
from knowledgebase.web.problems import later
from knowledgebase.web.profile_fields import PROFILE, profile_choices, profile_values

pages = Blueprint("account", __name__)
PASSWORDS = ("old_password", "new_password")


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session as the list shows it."""

    id: str
    agent: str
    seen: str
    created: str
    is_this: bool
    is_remembered: bool


@dataclass(frozen=True, slots=True)
class CityLine:
    """A city that the person belongs to."""

    id: str
    name: str
    role: str
    rights: tuple[str, ...]
    is_admin: bool


def _sessions(actor: Actor, language: str) -> tuple[SessionLine, ...]:
    return tuple(
        SessionLine(
            one.id,
            one.agent,
            fmt.moment(one.seen, language),
            fmt.moment(one.created, language),
            one.id == actor.session,
            one.is_remembered,
        )
        for one in entering.sessions_of(the_site(), by=actor)
    )


def city_lines(actor: Actor, names: Mapping[str, Mapping[str, str]], language: str) -> tuple[CityLine, ...]:
    """Return the cities of a person by their names, each with role and rights in words."""
    words = wording(language)
    lines = []
    for city, place in actor.memberships.items():
        held = (
            (place.rights.may_publish, words.gettext("may publish without asking")),
            (place.rights.speaks_for_city, words.gettext("may speak for the city")),
        )
        lines.append(
            CityLine(
                city,
                name_in(names.get(city, {}), language) or city,
                lists.label("city_role", place.role, language),
                tuple(text for has_it, text in held if has_it),
                place.role == "admin",
            )
        )
    return tuple(sorted(lines, key=lambda line: line.name))


def _page(form: Form | None = None, password: Form | None = None) -> Response:
    """Return the whole page; the form that was refused comes back as it was typed."""
    actor, language = visitor.the_actor(), current()
    person = actor.person
    if person is None:
        raise NotFound("account")
    refusal = form if form and form.faults else password
    response = form_page(
        "account/show.html",
        form or Form(profile_values(person.profile)),
        password=password or Form(dict.fromkeys(PASSWORDS, "")),
        email=person.email,
        sessions=_sessions(actor, language),
        cities=city_lines(actor, reading.names_of_cities(the_site(), actor.memberships), language),
        platform_role=lists.label("platform_role", actor.platform_role, language)
        if actor.platform_role
        else None,
        may_see_people=actor.platform_role is not None,
        may_decide_joining=requesting.decides_anything(actor),
        has_letters=mailing.is_on(the_site()),
        wants_news=mailing.is_on(the_site()) and unsubscribing.wants_news(the_site(), by=actor),
        **profile_choices(language),
    )
    response.status_code = 422 if refusal and refusal.faults else 200
    return response


@pages.get("/<interface:language>/account")
def show() -> Response:
    """Show the own account."""
    return _page()


def _done(text: str, *, language: str | None = None) -> Response:
    return done(text, account_links.account(language or current()), language=language)


@pages.post("/<interface:language>/account/profile")
def change_profile() -> Response:
    """Write what the person says of itself."""
    asked = typed(*PROFILE)
    try:
        profile = accept_profile(asked)
        people.change_profile(the_site(), profile, by=visitor.the_actor())
    except Invalid as refusal:
        return _page(form=refused(asked, refusal.faults))
    return _done(later("Your profile is saved."), language=profile.language)


@pages.post("/<interface:language>/account/password")
def change_password() -> Response:
    """Set another password; all other sessions end."""
    asked = typed(*PASSWORDS)
    actor = visitor.the_actor()
    try:
        entered = entering.change_password(
            the_site(),
            asked["old_password"],
            asked["new_password"],
            by=actor,
            token=visitor.token() or "",
            address=visitor.address(),
        )
    except LogInRefused:
        return _page(password=refused(asked, [Fault("wrong-password", "old_password")]))
    except TooManyTries as error:
        return told_to_wait(_page(password=refused(asked, [Fault("too-many-tries")])), error)
    except Invalid as refusal:
        faults = [Fault(one.code, "new_password", values=one.values) for one in refusal.faults]
        return _page(password=refused(asked, faults))
    start_anew(entered)
    return visitor.let_in(_done(later("The password is changed; all other sessions have ended.")), entered)


@pages.post("/<interface:language>/account/sessions")
def revoke() -> Response:
    """End one of the own sessions, or all others."""
    asked = typed("session")
    actor = visitor.the_actor()
    if asked["session"]:
        entering.revoke(the_site(), asked["session"], by=actor)
        return _done(later("The session has ended."))
    entering.revoke_others(the_site(), by=actor)
    return _done(later("All other sessions have ended."))


@pages.post("/<interface:language>/account/leave/<city>")
def leave_city(city: str) -> Response:
    """End the own membership of a city, at once."""
    if not is_city_id(city):
        raise NotFound(city)
    people.leave_city(the_site(), city, by=visitor.the_actor())
    return _done(later("You have left the city. What you wrote stays."))
