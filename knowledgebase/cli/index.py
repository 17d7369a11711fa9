"""Commands for the index: bring it up to date, work, rebuild, compare, and say how things are."""

import json
import signal
import sys
import time
from dataclasses import asdict
from types import FrameType

import click

from knowledgebase.cli.letters import poster
from knowledgebase.domain.errors import SearchUnavailable, WrongIndex
from knowledgebase.services import indexing, rebuilding, reconciling, working
from knowledgebase.services.site import Site
from knowledgebase.services.status import status as status_of
from knowledgebase.web.context import the_site

WAIT = 60.0  # seconds `kb index` waits for another process that holds the writer

_REASONS = {
    "none": "there is no index yet",
    "other-site": "the index belongs to another site; `kb reindex` makes a new one",
    "other-schema": "the index was made by another search schema; `kb reindex` makes a new one",
    "other-analysis": "the index was made by another analysis; `kb reindex` makes a new one",
}


def bring_up_to_date(site: Site) -> str:
    """Make a missing or outdated index, send what is queued, and return what was done in one line.

    An index of another site is left alone. Raises SearchUnavailable when the engine is away.
    """
    state = rebuilding.prepare(site)
    if state.reason == "other-site":
        return _REASONS["other-site"]
    if state.reason is not None:
        return f"made a new index {rebuilding.reindex(site)}"
    drained = indexing.drain(site)
    return f"indexed {drained.sent} changes" + (f", {drained.failed} wait" if drained.failed else "")


@click.command("index")
def index() -> None:
    """Carry queued changes into the index, making it first where there is none.

    Exit 1 when the engine is away or the index belongs to another site. While another process holds the
    index, wait until the queue is empty.
    """
    site = the_site()
    deadline = time.monotonic() + WAIT
    while True:
        try:
            done = bring_up_to_date(site)
            break
        except SearchUnavailable as error:
            if not status_of(site).is_engine_there or time.monotonic() > deadline:
                raise click.ClickException(f"search engine unavailable: {error}") from error
            if not status_of(site).queue:
                done = "another process has indexed everything"
                break
            time.sleep(0.2)
    if done == _REASONS["other-site"]:
        raise click.ClickException(done)
    click.echo(done)


@click.command("work")
def work() -> None:
    """Carry changes into the index as they come and send letters, until SIGTERM or Ctrl-C."""
    stopped: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        stopped.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    site = the_site()
    working.work(site, is_stopped=lambda: bool(stopped), post=poster(site))


@click.command("reindex")
def reindex() -> None:
    """Make a new index beside the live one, fill and verify it, and swap; searches go on all the time."""

    def told(sent: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\rsent {sent} cases", nl=False, err=True)

    try:
        name = rebuilding.reindex(the_site(), progress=told)
    except (SearchUnavailable, WrongIndex) as error:
        raise click.ClickException(f"search engine unavailable: {error}") from error
    except rebuilding.RebuildFailed as error:
        raise click.ClickException(
            f"the new index is not what the database holds, no swap: {error}"
        ) from error
    click.echo(f"live index: {name}")


@click.command("reconcile")
@click.option(
    "--dry-run", "is_dry", is_flag=True, help="Say what differs, queue nothing; exit 1 if something does."
)
def reconcile(is_dry: bool) -> None:
    """Compare the live index with the database and queue what differs."""
    try:
        drift = reconciling.reconcile(the_site(), is_dry=is_dry)
    except SearchUnavailable as error:
        raise click.ClickException(f"search engine unavailable: {error}") from error
    for kind, ids in asdict(drift).items():
        click.echo(f"{kind}: {ids if isinstance(ids, int) else len(ids)}")
    if drift.newer:
        raise click.ClickException(
            "the index is newer than the database: it was rolled back; run `kb reindex`"
        )
    if is_dry and not drift.is_none:
        sys.exit(1)


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def status(as_json: bool) -> None:
    """Say how database, engine, index and queue are; exit 1 when searches are not answered by the engine."""
    state = status_of(the_site())
    if as_json:
        click.echo(json.dumps(asdict(state), default=str, ensure_ascii=False, indent=2))
    else:
        for name, value in asdict(state).items():
            if name != "generations":
                click.echo(f"{name}: {value}")
        for generation in state.generations:
            click.echo(f"generation {generation.name}: {generation.role}")
        if state.index_reason in _REASONS:
            click.echo(_REASONS[state.index_reason])
    if not state.is_ready:
        sys.exit(1)


COMMANDS = (index, work, reindex, reconcile, status)
