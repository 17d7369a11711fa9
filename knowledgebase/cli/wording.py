"""Put words to outcomes and faults for a terminal: English first, Persian beside it."""

from collections.abc import Iterable

import click

from knowledgebase.domain.errors import Fault
from knowledgebase.domain.incoming import Imported, ImportLine, ImportOutcome
from knowledgebase.web.faults import sentence

_ALWAYS = (
    ImportOutcome.ADDED,
    ImportOutcome.CHANGED,
    ImportOutcome.UNCHANGED,
    ImportOutcome.WITHDRAWN,
    ImportOutcome.REFUSED,
)
_TELLING = (ImportOutcome.REFUSED, ImportOutcome.HANDED_OVER)
_JOINERS = "\u200c\u200d"  # belong to Persian names
_COLOURS = {ImportOutcome.REFUSED: "red", ImportOutcome.HANDED_OVER: "yellow"}


def visible(name: str) -> str:
    """Return the name of a file as one line that moves nothing on a terminal."""
    return "".join(sign if sign.isprintable() or sign in _JOINERS else f"\\u{ord(sign):04x}" for sign in name)


def fault_lines(path: str, faults: Iterable[Fault]) -> Iterable[str]:
    """Yield one line a fault: file, line, key, the sentence in English and in Persian."""
    for fault in faults:
        place = f"{visible(path)}:{fault.line}" if fault.line else visible(path)
        key = f" {fault.key}:" if fault.key else ""
        yield f"{place}:{key} {sentence(fault, 'en')} | {sentence(fault, 'fa')}"


def show_lines(lines: Iterable[ImportLine]) -> None:
    """Print the files that a person has to know of."""
    for line in lines:
        if line.faults:
            for text in fault_lines(line.path, line.faults):
                click.echo(click.style(text, fg=_COLOURS.get(line.outcome)), err=True)
        elif line.outcome in _TELLING:
            click.echo(f"{visible(line.path)}: {line.outcome.value}", err=True)


def show_table(imported: Imported) -> None:
    """Print a row for each outcome with its number of files, and what a person has to know or decide."""
    show_lines(imported.lines)
    if imported.is_dry:
        click.echo("dry run: nothing was changed")
    for outcome in ImportOutcome:
        count = len(imported.of(outcome))
        if count or outcome in _ALWAYS:
            click.echo(f"{outcome.value:<12}{count:>6}")
    _show_halt(imported)


def show_summary(imported: Imported) -> None:
    """Print the outcomes in one line, and what a person has to know or decide."""
    show_lines(imported.lines)
    counts = {outcome: len(imported.of(outcome)) for outcome in ImportOutcome}
    shown = ", ".join(f"{count} {outcome.value}" for outcome, count in counts.items() if count)
    click.echo(f"content: {shown or 'nothing to import'}")
    _show_halt(imported)


def _show_halt(imported: Imported) -> None:
    if imported.halted_at:
        click.echo(
            f"{imported.halted_at} cases have lost their files; nothing was withdrawn. "
            "Import again with --withdraw if that is meant.",
            err=True,
        )
