"""Commands for texts: import, check, export, schema."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from knowledgebase.cli.wording import fault_lines, show_table
from knowledgebase.cli.writing import write_all
from knowledgebase.config import ROOT
from knowledgebase.domain.case import Case
from knowledgebase.domain.errors import Invalid
from knowledgebase.domain.incoming import Imported, Incoming
from knowledgebase.intake.folder import walk
from knowledgebase.intake.incoming import read_files
from knowledgebase.intake.schema import case_schema, city_schema
from knowledgebase.services import exporting, filing, importing
from knowledgebase.services.site import Site
from knowledgebase.web.context import the_site

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


Progress = Callable[[int, int], None]  # files done, files in all


def _keep_quiet(done: int, total: int) -> None:
    del done, total


def folder_name(folder: Path) -> str:
    """Return how the database knows a folder: relative to the project's root, else absolute."""
    whole = folder.resolve()
    return whole.relative_to(ROOT).as_posix() if whole.is_relative_to(ROOT) else whole.as_posix()


def bring_in(
    site: Site,
    folder: Path,
    *,
    is_dry: bool = False,
    may_withdraw: bool = False,
    progress: Progress = _keep_quiet,
) -> Imported:
    """Import a folder and return what became of each file; `progress` is told files done and in all."""
    name = folder_name(folder)
    found = list(walk(folder))
    incoming = read_files(folder, found, importing.fingerprints(site, name))
    return importing.import_files(
        site,
        name,
        incoming,
        is_dry=is_dry,
        may_withdraw=may_withdraw,
        progress=lambda done: progress(done, len(found)),
    )


@contextmanager
def shown_progress(label: str) -> Iterator[Progress]:
    """Lend a function that moves a progress bar on a terminal and does nothing elsewhere."""
    if not sys.stderr.isatty():
        yield _keep_quiet
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def move(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield move


@click.command("import")
@click.argument("folder", type=_FOLDER)
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would happen, change nothing.")
@click.option(
    "--withdraw", "may_withdraw", is_flag=True, help="Withdraw vanished cases even when they are many."
)
def import_(folder: Path, is_dry: bool, may_withdraw: bool) -> None:
    """Bring the cases and cities of FOLDER into the site; exit 1 when a file was refused."""
    with shown_progress("importing") as progress:
        imported = bring_in(the_site(), folder, is_dry=is_dry, may_withdraw=may_withdraw, progress=progress)
    show_table(imported)
    if imported.has_failed:
        sys.exit(1)


@click.command("check")
@click.argument("folder", type=_FOLDER)
def check(folder: Path) -> None:
    """Say what an import of FOLDER would refuse; needs no database; exit 1 when there is something."""
    site = the_site()
    files = list(read_files(folder, walk(folder), {}))
    cities = {file.id for file in files if file.value is not None and not isinstance(file.value, Case)}
    refused = 0
    for file in files:
        lines = [*fault_lines(file.path, file.faults), *_more_faults(site, file, cities)]
        refused += bool(lines)
        for line in lines:
            click.echo(line)
    click.echo(f"{len(files)} files, {refused} with faults")
    if refused:
        sys.exit(1)


def _more_faults(site: Site, file: Incoming, cities: set[str]) -> Iterator[str]:
    """Yield what only shows behind the gate: no city, a text that cannot be rendered."""
    if file.value is None:
        return
    if isinstance(file.value, Case) and file.value.city not in cities:
        yield from fault_lines(file.path, [filing.city_missing(file.value.city)])
    try:
        site.renderer.render(file.value.body, sources=len(file.value.sources))
    except Invalid as error:
        yield from fault_lines(
            file.path, (replace(fault, line=fault.line or file.body_line) for fault in error.faults)
        )


@click.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write every public case and city of the site into FOLDER as files of the same format."""
    site = the_site()
    cases, cities = write_all(folder, exporting.all_cases(site), exporting.all_cities(site))
    click.echo(f"exported {cases} cases and {cities} cities to {folder}")


@click.command("schema")
@click.argument("thing", type=click.Choice(["case", "city"]))
def schema(thing: str) -> None:
    """Print the JSON Schema of the front matter of a case or a city."""
    click.echo(json.dumps(case_schema() if thing == "case" else city_schema(), ensure_ascii=False, indent=2))


COMMANDS = (import_, check, export, schema)
