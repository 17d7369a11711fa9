"""All people of the exchange, for those who look after it: roles, suspension, invitations."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.errors import Invalid, NotFound
from knowledgebase.domain.person import Actor, PersonState, PlatformRole
from knowledgebase.intake.person import accept_invitation
from knowledgebase.services import joining, people, reading
from knowledgebase.services.authorizing import may
from knowledgebase.text import lists
from knowledgebase.web import account_links, visitor
from knowledgebase.web.account import CityLine, city_lines
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, done, form_page, refused, typed
from knowledgebase.web.language import current
from knowledgebase.web.listing import pager, pages_of
from knowledgebase.web.members import show_link
from knowledgebase.web.paged import asked_page
from knowledgebase.web.problems import later

pages = Blueprint("people", __name__)
PAGE = 50  # people
REASON_MAX = 300  # characters

Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as the list shows it."""

    id: str
    name: str
    email: str
    title: str
    platform_role: str  # value, "" for none
    is_suspended: bool
    cities: tuple[CityLine, ...]


def _line(actor: Actor, names: Names, language: str) -> PersonLine | None:
    person = actor.person
    if person is None:
        return None
    return PersonLine(
        person.id,
        person.profile.name,
        person.email,
        f"{person.profile.position} · {person.profile.office}",
        person.platform_role or "",
        person.state is PersonState.SUSPENDED,
        city_lines(actor, names, language),
    )


def _platform_roles(language: str) -> list[tuple[str, str]]:
    return [(role.value, lists.label("platform_role", role, language)) for role in PlatformRole]


def _page(form: Form) -> Response:
    """Return one page of the list, with the form of an invitation for those who may send one."""
    actor, language, page = visitor.the_actor(), current(), asked_page()
    everyone = people.everyone(the_site(), by=actor)
    last = max(1, pages_of(len(everyone), PAGE))
    shown = everyone[(page - 1) * PAGE : page * PAGE]
    if page > last:
        raise NotFound("people")
    names = reading.names_of_cities(the_site(), {city for one in shown for city in one.memberships})
    roles = _platform_roles(language)
    return form_page(
        "account/people.html",
        form,
        people=[line for line in (_line(one, names, language) for one in shown) if line],
        roles=roles,
        role_names=dict(roles),
        may_change=may(actor, Action.INVITE_TO_PLATFORM, Concern.exchange()),
        me=actor.person.id if actor.person else "",
        pages=pager(account_links.people(language), page, last, language),
    )


@pages.get("/<interface:language>/people")
def index() -> Response:
    """Show everybody to those who look after the exchange."""
    return _page(Form({"email": "", "platform_role": PlatformRole.MODERATOR}))


def _back(text: str) -> Response:
    return done(text, account_links.people(current()))


@pages.post("/<interface:language>/people/invite")
def invite() -> Response:
    """Invite somebody to a role for the whole exchange and show the link, once."""
    asked = typed("email", "platform_role")
    try:
        invitation = accept_invitation(asked, city=None)
        link = joining.invite(the_site(), invitation, by=visitor.the_actor(), language=current())
    except Invalid as refusal:
        return _page(refused(asked, refusal.faults))
    show_link(link)
    return _back(later("The invitation is made. Hand the link over by a way you trust."))


@pages.post("/<interface:language>/people/<person>/suspension")
def suspend(person: str) -> Response:
    """Suspend an account, or let it work again; the journal keeps the reason."""
    asked, actor = typed("reason", "undo"), visitor.the_actor()
    reason = asked["reason"].strip()[:REASON_MAX] or None
    if asked["undo"]:
        people.unsuspend(the_site(), person, by=actor, reason=reason)
        return _back(later("The account works again."))
    people.suspend(the_site(), person, by=actor, reason=reason)
    return _back(later("The account is suspended: from now on it does nothing."))


@pages.post("/<interface:language>/people/<person>/role")
def give_role(person: str) -> Response:
    """Give a person a role for the whole exchange, or take it away."""
    given = typed("platform_role")["platform_role"]
    role = PlatformRole(given) if given in set(PlatformRole) else None
    people.change_platform_role(the_site(), person, role, by=visitor.the_actor())
    return _back(later("The role is changed."))


@pages.post("/<interface:language>/people/<person>/reset")
def reset(person: str) -> Response:
    """Make a link for another password and show it, once."""
    show_link(joining.reset_link(the_site(), person, by=visitor.the_actor()))
    return _back(later("The link for another password works for 30 minutes. Hand it over yourself."))
