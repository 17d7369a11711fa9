"""Commands for cities: add one that has no file."""

from typing import Any

import click

from knowledgebase.cli.wording import fault_lines
from knowledgebase.domain.errors import Invalid
from knowledgebase.domain.person import Actor
from knowledgebase.intake.city import accept_city
from knowledgebase.services import founding
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
        founded = accept_city(raw, "", city=id)
    except Invalid as refused:
        raise click.ClickException("\n".join(fault_lines(id, refused.faults))) from refused
    founding.add_city(the_site(), founded, by=Actor.operator())
    click.echo(f"{id} is there; kb invite --city {id} --role admin EMAIL invites its first admin")


COMMANDS = (city,)
