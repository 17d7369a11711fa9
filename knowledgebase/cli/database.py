"""Commands for the database: bring its schema up to date."""

import click

from knowledgebase.web.context import the_site


@click.command("upgrade")
def upgrade() -> None:
    """Bring the database to the newest schema; does nothing when it is there already."""
    store = the_site().store
    store.upgrade()
    facts = store.facts()
    click.echo(f"{facts.dialect} {facts.version} at {facts.place} is up to date")


COMMANDS = (upgrade,)
