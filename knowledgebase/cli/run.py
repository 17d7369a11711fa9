"""The whole site in one command: upgrade, import, index, then server and worker until it is stopped."""

import gc
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import click

from knowledgebase.cli.content import bring_in, shown_progress
from knowledgebase.cli.index import bring_up_to_date
from knowledgebase.cli.letters import poster
from knowledgebase.cli.people import show_first_admin_link
from knowledgebase.cli.server import Server, why_not
from knowledgebase.cli.supervisor import Supervisor
from knowledgebase.cli.wording import show_summary
from knowledgebase.config import ROOT
from knowledgebase.domain.errors import KnowledgeError
from knowledgebase.services import working
from knowledgebase.services.posting import Posted
from knowledgebase.services.site import Site
from knowledgebase.web import demo
from knowledgebase.web.context import the_application, the_site
from knowledgebase.web.warming import warm

CONTENT = ROOT / "content"
PORT_MAX = 65535


class _Port(click.ParamType[int]):
    """A port; what is none is refused in one line, because the number mostly comes from `make run`."""

    name = "port"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number. Raises ClickException when it is none between 1 and 65535."""
        del param, ctx
        text = str(value).strip()
        if not text.isdecimal() or not 1 <= int(text[:6]) <= PORT_MAX:
            raise click.ClickException(f"PORT={value} is no port from 1 to {PORT_MAX}: PORT=8080 make run")
        return int(text)


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default="8000", show_default=True, type=_Port(), help="Port to listen on.")
@click.option(
    "--content", default=CONTENT, type=click.Path(path_type=Path), help="Folder that is imported first."
)
def run(host: str, port: int, content: Path) -> None:
    """Serve the site with its database, its content and its index up to date, until Ctrl-C or SIGTERM."""
    problem = why_not(host, port)
    if problem is not None:
        raise click.ClickException(problem)
    site = the_site()
    _prepare(site, content)
    demo.follow(the_application(), site)
    show_first_admin_link(site, base=f"http://{_bind(host, port)}")
    application = the_application()
    warm(application)
    site.close()  # nothing that is open may cross the fork
    gc.collect()
    gc.freeze()
    settings = application.config["SITE_SETTINGS"]
    server = Server(
        application, address=_bind(host, port), workers=settings.workers, threads=settings.threads
    )
    server.when_ready(lambda: click.echo(f"Knowledge exchange: http://{_bind(host, port)}/"))
    post = poster(site)
    sys.exit(Supervisor(server.run, lambda: _work(site, post)).run())


def _bind(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _prepare(site: Site, content: Path) -> None:
    """Upgrade, import and index; what is wrong with a file or an engine is told and stops nothing."""
    try:
        site.store.upgrade()
    except KnowledgeError as error:
        raise click.ClickException(
            f"database (KB_DATABASE_URL): {str(error).partition(chr(10))[0]}"
        ) from error
    if content.is_dir():
        with shown_progress("importing") as progress:
            show_summary(bring_in(site, content, progress=progress))
    try:
        click.echo(bring_up_to_date(site))
    except KnowledgeError as error:
        click.echo(f"search: {error}; a simple list answers until the engine is back", err=True)


def _work(site: Site, post: Callable[[], Posted] | None) -> None:
    """Run the worker for index and letters until the parent ends it or is gone."""
    parent = os.getppid()
    stopped: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        stopped.append(number)

    signal.signal(signal.SIGTERM, stop)
    working.work(site, is_stopped=lambda: bool(stopped) or os.getppid() != parent, post=post)


COMMANDS = (run,)
