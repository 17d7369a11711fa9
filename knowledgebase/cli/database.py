"""Commands for the database: bring its schema up to date."""

import click

from knowledgebase.cli.people import show_first_admin_link
from knowledgebase.web.context import the_site


@click.command("upgrade")
def upgrade() -> None:
    """Bring the database to the newest schema; does nothing when it is there already."""
    site = the_site()
    site.store.upgrade()
    facts = site.store.facts()
    click.echo(f"{facts.dialect} {facts.version} at {facts.place} is up to date")
    show_first_admin_link(site)


COMMANDS = (upgrade,)
