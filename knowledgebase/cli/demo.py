"""The command that lets demo people in and takes them away again."""

import click

from knowledgebase.cli.people import address_of
from knowledgebase.domain.errors import AlreadyThere
from knowledgebase.domain.language import INTERFACE
from knowledgebase.services import demonstrating
from knowledgebase.web import demo as mark
from knowledgebase.web.context import the_application, the_site


@click.command("demo")
@click.option("--remove", "is_removal", is_flag=True, help="Take them and all that they wrote away.")
@click.option("--force", "is_forced", is_flag=True, help="Also on a site that has real people.")
@click.option(
    "--language", default=INTERFACE[0], show_default=True, type=click.Choice(INTERFACE), help="Of the pages."
)
def demo(is_removal: bool, is_forced: bool, language: str) -> None:
    """Let demo people of three cities in, with sample comments; every page says that they are there."""
    site = the_site()
    if is_removal:
        people, comments = demonstrating.remove_demo(site)
        mark.tell(the_application(), is_there=False)
        click.echo(f"{people} demo people and {comments} comments are gone")
        return
    try:
        links = demonstrating.add_demo(site, is_forced=is_forced)
    except AlreadyThere as error:
        raise click.ClickException("real people are here; --force lets demo people in beside them") from error
    mark.tell(the_application(), is_there=True)
    for one in links:
        click.echo(f"{one.role}\t{one.email}\t{address_of(one.link, language=language)}")
    click.echo("each link sets a password, once, within 30 minutes; kb demo makes new ones", err=True)


COMMANDS = (demo,)
