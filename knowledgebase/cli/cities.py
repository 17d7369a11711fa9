"""Commands for cities: add one that has no file, and hand over what came from files."""

from typing import Any

import click

from knowledgebase.cli.wording import fault_lines
from knowledgebase.domain.errors import Invalid
from knowledgebase.domain.person import Actor
from knowledgebase.intake.city import accept_city
from knowledgebase.services import founding, taking_over
from knowledgebase.web.context import the_site


@click.group("city")
def city() -> None:
    """Cities that have no file."""


@city.command("add")
@click.argument("id")
@click.option("--name-en", required=True, help="Name in English.")
@click.option("--name-fa", help="Name in Persian.")
@click.option("--country", required=True, help="ISO 3166-1 alpha-2, such as IR.")
def add(id: str, name_en: str, name_fa: str | None, country: str) -> None:  # noqa: A002 - the argument's name
    """Add the city ID, which has no file."""
    names = {"en": name_en} | ({"fa": name_fa} if name_fa else {})
    raw: dict[str, Any] = {"name": names, "country": country}
    try:
        founding.add_city(the_site(), accept_city(raw, "", city=id), by=Actor.operator())
    except Invalid as refused:
        raise click.ClickException("\n".join(fault_lines(id, refused.faults))) from refused
    click.echo(f"{id} is there; kb invite --city {id} --role admin EMAIL invites its first admin")


@click.command("hand-over")
@click.argument("id")
@click.option("--all", "is_whole", is_flag=True, help="Of a city: its page and all its cases.")
@click.option("--note", help="One line for the history.")
def hand_over(id: str, is_whole: bool, note: str | None) -> None:  # noqa: A002 - the argument's name
    """Give the file case or city ID to its city, to be edited in forms; imports leave it alone then."""
    site, operator = the_site(), Actor.operator()
    if "/" in id:
        taking_over.take_over_case(site, id, by=operator, note=note)
    elif is_whole:
        count = taking_over.take_over_all(site, id, by=operator, note=note)
        click.echo(f"{id}: its page and {count} cases", err=True)
    else:
        taking_over.take_over_city(site, id, by=operator, note=note)
    click.echo(f"{id} is edited in forms now; files and imports change it no more")


COMMANDS = (city, hand_over)
