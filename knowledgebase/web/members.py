"""The people of a city: who they are, what they may do, inviting, ending, links for another password."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, flash

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.errors import AlreadyThere, Fault, Invalid, NotFound
from knowledgebase.domain.person import Actor, CityRole, Handed, LinkKind, PersonState, Rights
from knowledgebase.intake.person import accept_invitation, accept_rights
from knowledgebase.intake.slug import is_city_id
from knowledgebase.services import joining, people, reading
from knowledgebase.services.authorizing import may
from knowledgebase.text import lists
from knowledgebase.web import account_links, fmt, visitor
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, done, form_page, refused, typed
from knowledgebase.web.labels import name_in
from knowledgebase.web.language import current
from knowledgebase.web.layout import absolute
from knowledgebase.web.problems import later

pages = Blueprint("members", __name__)
RIGHTS = ("role", "may_publish", "speaks_for_city")
LINK = "link"  # category of a notice that is a one-time link


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member as the list shows it."""

    id: str
    name: str
    email: str
    title: str  # position and office
    role: str
    since: str
    is_suspended: bool
    form: Form  # its rights, to be changed


def rights_values(rights: Rights) -> dict[str, str]:
    """Return rights as the texts of their form."""
    return {
        "role": rights.role,
        "may_publish": "yes" if rights.may_publish else "",
        "speaks_for_city": "yes" if rights.speaks_for_city else "",
    }


def role_choices(language: str) -> list[tuple[str, str]]:
    """Return the roles in a city as a choice offers them."""
    return [(role.value, lists.label("city_role", role, language)) for role in CityRole]


def _line(actor: Actor, city: str, language: str) -> MemberLine | None:
    person, place = actor.person, actor.memberships.get(city)
    if person is None or place is None:
        return None
    return MemberLine(
        person.id,
        person.profile.name,
        person.email,
        f"{person.profile.position} · {person.profile.office}",
        lists.label("city_role", place.role, language),
        fmt.moment(place.since, language),
        person.state is PersonState.SUSPENDED,
        Form(rights_values(place.rights)),
    )


def show_link(link: Handed) -> None:
    """Show a one-time link on the next page, once."""
    make = account_links.reset if link.kind is LinkKind.RESET else account_links.join
    flash(absolute(make(current(), link.token)), LINK)


def _names(city: str) -> Mapping[str, str]:
    names = reading.city_names(the_site(), city) if is_city_id(city) else {}
    if not names:
        raise NotFound(city)
    return names


def _page(city: str, form: Form) -> Response:
    actor, language = visitor.the_actor(), current()
    names = _names(city)
    found = people.members_of(the_site(), city, by=actor)
    lines = [line for line in (_line(one, city, language) for one in found) if line]
    return form_page(
        "account/members.html",
        form,
        city=city,
        name=name_in(names, language) or city,
        members=lines,
        roles=role_choices(language),
        may_invite=may(actor, Action.INVITE_TO_CITY, Concern.city(city)),
        me=actor.person.id if actor.person else "",
    )


@pages.get("/<interface:language>/cities/<city>/members")
def index(city: str) -> Response:
    """Show the members of a city to whoever administers it."""
    return _page(city, Form({"email": "", "role": CityRole.CONTRIBUTOR}))


def _back(city: str, text: str) -> Response:
    return done(text, account_links.members(current(), city))


@pages.post("/<interface:language>/cities/<city>/members/invite")
def invite(city: str) -> Response:
    """Invite somebody to the city and show the link, once."""
    asked = typed("email", *RIGHTS)
    _names(city)
    try:
        invitation = accept_invitation(_raw(asked), city=city)
        link = joining.invite(the_site(), invitation, by=visitor.the_actor(), language=current())
    except Invalid as refusal:
        return _page(city, refused(asked, refusal.faults))
    except AlreadyThere:
        return _page(city, refused(asked, [Fault("member-already", "email")]))
    show_link(link)
    return _back(city, later("The invitation is made. Hand the link over by a way you trust."))


def _raw(asked: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a form of rights as their gate reads them: an unticked box is a no."""
    boxes = {name: asked[name] or "no" for name in ("may_publish", "speaks_for_city")}
    return {**asked, **boxes}


@pages.post("/<interface:language>/cities/<city>/members/<person>")
def change(city: str, person: str) -> Response:
    """Give a member other rights."""
    _names(city)
    asked = typed(*RIGHTS)
    people.change_membership(the_site(), person, city, accept_rights(_raw(asked)), by=visitor.the_actor())
    return _back(city, later("The rights are changed and hold from now on."))


@pages.post("/<interface:language>/cities/<city>/members/<person>/end")
def end(city: str, person: str) -> Response:
    """End a membership, at once."""
    _names(city)
    people.end_membership(the_site(), person, city, by=visitor.the_actor())
    return _back(city, later("The membership has ended."))


@pages.post("/<interface:language>/cities/<city>/members/<person>/reset")
def reset(city: str, person: str) -> Response:
    """Make a link for another password and show it, once."""
    _names(city)
    show_link(joining.reset_link(the_site(), person, by=visitor.the_actor()))
    return _back(city, later("The link for another password works for 30 minutes. Hand it over yourself."))
