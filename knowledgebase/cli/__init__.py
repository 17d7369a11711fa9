"""What an operator types: `flask --app wsgi kb ...`."""

from typing import Any

import click

from knowledgebase.cli import cities, content, database, demo, index, people, run
from knowledgebase.domain.errors import KnowledgeError, StoreUnavailable


class OneLine(click.Group):
    """Commands whose refusals end in one clear line instead of a trace."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what the exchange or the machine refuses becomes the line of an error."""
        try:
            return super().invoke(ctx)
        except StoreUnavailable as error:
            raise click.ClickException(f"database (KB_DATABASE_URL): {_first_line(error)}") from error
        except KnowledgeError as error:
            raise click.ClickException(f"{error.code}: {_first_line(error)}") from error
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'file'}: {error.strerror or error}") from error


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


@click.group("kb", cls=OneLine, help="The exchange: database, content, cities, index, people, server.")
def kb() -> None:
    """Hold the commands of the exchange together."""


for _part in (run, database, content, cities, index, people, demo):
    for _command in _part.COMMANDS:
        kb.add_command(_command)
