"""Bring the files of a folder into the database: changed ones in, vanished ones out, faulty ones nowhere."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.errors import Invalid
from knowledgebase.domain.incoming import (
    Fingerprint,
    Imported,
    ImportLine,
    ImportOutcome,
    Incoming,
    ordered,
)
from knowledgebase.domain.record import Rendered
from knowledgebase.services.filing import Filing
from knowledgebase.services.site import Site, analysis_version
from knowledgebase.store import files
from knowledgebase.store.values import ImportedFile, Thing
from knowledgebase.text.markdown import RENDERER_VERSION
from knowledgebase.text.renderer import Job

FORMAT_VERSION = 2  # of the case and city files, and of what is computed from them
BATCH = 50  # files of one transaction
WITHDRAWN_MAX = 5  # more than this, and more than a tenth of the folder, needs a word
WITHDRAWN_SHARE = 0.1


def versions() -> str:
    """Return the versions of everything between a file and what is stored of it."""
    return f"{FORMAT_VERSION}.{RENDERER_VERSION}.{analysis_version()}"


def fingerprints(site: Site, folder: str) -> Mapping[str, Fingerprint]:
    """Return the files last imported from a folder, by path, that would be stored the same today."""
    with site.store.reading() as db:
        held = files.of_folder(db, folder)
    return {
        path: Fingerprint(file.digest, file.cover)
        for path, file in held.items()
        if file.versions == versions()
    }


@dataclass(frozen=True, slots=True)
class _Ready:
    """An accepted file with its rendered text."""

    incoming: Incoming
    rendered: Rendered


def import_files(
    site: Site,
    folder: str,
    incoming: Iterable[Incoming],
    *,
    by: str = "import",
    is_dry: bool = False,
    may_withdraw: bool = False,
    progress: Callable[[int], object] = bool,
) -> Imported:
    """Store what a folder brings, cities first, and return what became of each file.

    A file is rendered before its transaction; at most fifty files share one. Cases whose file vanished
    are withdrawn, unless they are many: then nothing is withdrawn and the result says so. What its city
    has taken over stays as it is, whatever became of its file. `progress` is told how many files are done.
    """
    with site.store.reading() as db:
        held, given = files.of_folder(db, folder), files.handed_over(db, folder)
    found = list(incoming)
    present = frozenset(file.id for file in found)
    lines = [ImportLine(file.path, ImportOutcome.HANDED_OVER) for file in found if file.path in given]
    ours = {path: file for path, file in held.items() if path not in given}
    filing = Filing(site, folder, versions(), by, is_dry, held, _vanished(ours, found), present)
    found = [file for file in found if file.path not in given]
    lines += [_line(file) for file in found if file.value is None]
    progress(len(lines))
    for wanted in (City, Case):
        changed = [file for file in found if isinstance(file.value, wanted)]
        for batch in _batches(_rendered(site, changed, lines)):
            lines += filing.put([(ready.incoming, ready.rendered) for ready in batch])
            progress(len(lines))
    halted_at = filing.count_withdrawals()
    cases_held = sum(file.thing is Thing.CASE for file in ours.values())
    is_many = halted_at > WITHDRAWN_MAX and halted_at > WITHDRAWN_SHARE * cases_held
    if is_many and not may_withdraw:
        return Imported(ordered(lines), is_dry, halted_at)
    lines += filing.withdraw(BATCH)
    return Imported(ordered(lines), is_dry)


def _vanished(held: Mapping[str, ImportedFile], found: list[Incoming]) -> dict[str, ImportedFile]:
    there = {file.path for file in found}
    return {path: file for path, file in held.items() if path not in there}


def _line(file: Incoming) -> ImportLine:
    outcome = ImportOutcome.UNCHANGED if file.is_unchanged else ImportOutcome.REFUSED
    return ImportLine(file.path, outcome, file.faults)


def _rendered(site: Site, accepted: list[Incoming], lines: list[ImportLine]) -> Iterator[_Ready]:
    """Yield the files whose text could be rendered, in order; a line is added for each of the others."""
    waiting: deque[Incoming] = deque()

    def jobs() -> Iterator[Job]:
        for file in accepted:
            if file.value is not None:
                waiting.append(file)
                yield Job(file.value.body, len(file.value.sources))

    for answer in site.renderer.render_many(jobs()):
        file = waiting.popleft()
        if isinstance(answer, Invalid):
            faults = tuple(replace(fault, line=fault.line or file.body_line) for fault in answer.faults)
            lines.append(ImportLine(file.path, ImportOutcome.REFUSED, faults))
        else:
            yield _Ready(file, answer)


def _batches(ready: Iterator[_Ready]) -> Iterator[list[_Ready]]:
    while batch := list(islice(ready, BATCH)):
        yield batch
