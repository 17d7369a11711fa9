"""Commands for people: invite, hand over a reset, list, suspend."""

import click

from knowledgebase.cli.wording import fault_lines
from knowledgebase.domain.errors import Invalid, NotFound
from knowledgebase.domain.language import INTERFACE
from knowledgebase.domain.person import Actor, Handed, LinkKind, Person, PlatformRole
from knowledgebase.intake.person import accept_invitation
from knowledgebase.services import joining
from knowledgebase.services import people as members
from knowledgebase.services.site import Site
from knowledgebase.web.context import the_application, the_site

HERE = "http://127.0.0.1:8000"
_OPERATOR = Actor.operator()
_LANGUAGE = click.option(
    "--language",
    default=INTERFACE[0],
    show_default=True,
    type=click.Choice(INTERFACE),
    help="Of the page that the link opens.",
)


def address_of(link: Handed, *, language: str, base: str = HERE) -> str:
    """Return where a one-time link leads; `base` counts only while KB_BASE_URL is not set."""
    settings = the_application().config["SITE_SETTINGS"]
    place = "reset" if link.kind is LinkKind.RESET else "join"
    return f"{settings.base_url or base}/{language}/{place}/{link.token}"


def show_first_admin_link(site: Site, *, base: str = HERE) -> None:
    """Print the link of the first platform admin while nobody is there; an earlier one dies."""
    link = joining.first_admin_link(site)
    if link is not None:
        click.echo("Nobody has an account yet. The first platform admin opens, once:")
        click.echo(f"  {address_of(link, language=INTERFACE[0], base=base)}")


@click.command("invite")
@click.argument("email")
@click.option("--city", help="Id of the city.")
@click.option("--role", default="contributor", show_default=True, help="member, contributor or admin.")
@click.option("--may-publish", is_flag=True, help="May publish without asking the city's admin.")
@click.option("--speaks", is_flag=True, help="May comment as the city.")
@click.option(
    "--platform",
    type=click.Choice([role.value for role in PlatformRole]),
    help="A role for the whole exchange instead of a city.",
)
@_LANGUAGE
def invite(
    email: str,
    city: str | None,
    role: str,
    may_publish: bool,
    speaks: bool,
    platform: str | None,
    language: str,
) -> None:
    """Print a one-time link by which EMAIL joins a city, or gets a role for the whole exchange."""
    if (city is None) == (platform is None):
        raise click.UsageError("name one of the two: --city or --platform")
    raw = {"email": email, "role": role, "platform_role": platform}
    raw |= {"may_publish": "yes" if may_publish else "no", "speaks_for_city": "yes" if speaks else "no"}
    try:
        invitation = accept_invitation(raw, city=city)
    except Invalid as refused:
        raise _refusal("invitation", refused) from refused
    link = joining.invite(the_site(), invitation, by=_OPERATOR, language=language)
    _show(link, language)


@click.command("reset")
@click.argument("email")
@_LANGUAGE
def reset(email: str, language: str) -> None:
    """Print a one-time link by which EMAIL sets another password within 30 minutes."""
    person = _person(the_site(), email)
    _show(joining.reset_link(the_site(), person.id, by=_OPERATOR), language)


@click.command("people")
def people() -> None:
    """List everybody: id, e-mail, name, state, role for the exchange, cities with roles."""
    for one in members.everyone(the_site(), by=_OPERATOR):
        person = one.person
        if person is None:
            continue
        places = [f"{city}:{place.role}" for city, place in one.memberships.items()]
        shown = [person.id, person.email, person.profile.name, person.state, person.platform_role or "-"]
        click.echo("\t".join([*shown, " ".join(places) or "-"]))


@click.command("suspend")
@click.argument("email")
@click.option("--undo", is_flag=True, help="Let the account work again.")
@click.option("--reason", help="One line for the journal.")
def suspend(email: str, undo: bool, reason: str | None) -> None:
    """Let the account of EMAIL do nothing from now on."""
    site = the_site()
    person = _person(site, email)
    (members.unsuspend if undo else members.suspend)(site, person.id, by=_OPERATOR, reason=reason)
    click.echo(f"{person.email} {'works again' if undo else 'is suspended'}")


def _show(link: Handed, language: str) -> None:
    click.echo(address_of(link, language=language))
    click.echo(f"works once, until {link.expires:%Y-%m-%d %H:%M} UTC", err=True)


def _person(site: Site, email: str) -> Person:
    found = members.find_by_email(site, email, by=_OPERATOR).person
    if found is None:
        raise NotFound(email)
    return found


def _refusal(what: str, refused: Invalid) -> click.ClickException:
    return click.ClickException("\n".join(fault_lines(what, refused.faults)))


COMMANDS = (invite, reset, people, suspend)
