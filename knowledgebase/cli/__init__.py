"""What an operator types: `flask --app wsgi kb ...`."""

import click

from knowledgebase.cli import content, database, index, run


@click.group("kb", help="Work on the exchange: database, content, index, server.")
def kb() -> None:
    """Hold the commands of the exchange together."""


for _part in (run, database, content, index):
    for _command in _part.COMMANDS:
        kb.add_command(_command)
