"""Documents of all cases for a new index: many of them are analysed by several processes at once."""

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import cycle
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess

from knowledgebase.domain.errors import KnowledgeError
from knowledgebase.search.backend import Document
from knowledgebase.services.indexing import as_document, beside, word_forms
from knowledgebase.services.site import Site
from knowledgebase.store import cases
from knowledgebase.text.vocabulary import vocabulary

CHILDREN_MAX = 4  # processes, at most one a core
STEPS_LEAST = 3  # fewer are not worth a process
_COLLECT_AT = 50_000  # objects made and still alive


@dataclass(frozen=True, slots=True)
class Analysed:
    """Some cases as they stood in one transaction, ready to be sent."""

    documents: list[Document]
    forms_of: Mapping[str, Mapping[str, str]]  # words by case id, where they are to be counted
    last: int  # number of the last case


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the cases are read: so many behind each of these numbers."""

    starts: tuple[int, ...]
    size: int
    with_words: bool


def analyse_all(site: Site, after: int, size: int, *, with_words: bool) -> Generator[Analysed, None, None]:
    """Yield all cases behind a number, `size` at once, in order; also those that are added meanwhile.

    Call it while no other thread runs: children are forked, on Linux, where there is more than one core.
    """
    with site.store.reading() as db:
        numbers = cases.numbers(db, after)
    plan = _Plan((after, *numbers[size - 1 :: size]), size, with_words)
    last = after
    children = min(CHILDREN_MAX, os.cpu_count() or 1)
    with _few_collections():
        if sys.platform == "linux" and children > 1 and len(plan.starts) > STEPS_LEAST:
            for analysed in _in_children(site, plan, children):
                yield analysed
                last = analysed.last
        while (step := _analyse(site, last, plan)) is not None:
            yield step
            last = step.last


def _analyse(site: Site, after: int, plan: _Plan) -> Analysed | None:
    """Return the cases behind a number, None when there are none."""
    with site.store.reading() as db:
        read = cases.scan(db, after, plan.size)
        around = beside(db, read.records)
    if not read.records:
        return None
    documents: list[Document] = []
    forms_of: dict[str, Mapping[str, str]] = {}
    for record in read.records:
        documents.append(as_document(record, around))
        if plan.with_words:  # at once, while its words are remembered
            forms_of[record.case.id] = word_forms(record, around)
    return Analysed(documents, forms_of, read.last)


def _in_children(site: Site, plan: _Plan, count: int) -> Generator[Analysed, None, None]:
    """Yield the steps of a plan; where a child fails, those before are all: the caller goes on from there."""
    vocabulary().prepare()  # once, before the fork
    children = [_start(site, plan, plan.starts[at::count]) for at in range(count)]
    try:
        for _, (_, pipe) in zip(plan.starts, cycle(children)):
            analysed: Analysed | None = None
            with suppress(EOFError, OSError):
                analysed = pipe.recv()
            if analysed is None:
                return
            yield analysed
    finally:
        for process, pipe in children:
            pipe.close()
            process.terminate()
            process.join()


def _start(site: Site, plan: _Plan, starts: Sequence[int]) -> tuple[ForkProcess, Connection]:
    mine, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(
        target=_work, args=(site, plan, starts, theirs), daemon=True
    )
    process.start()
    theirs.close()
    return process, mine


def _work(site: Site, plan: _Plan, starts: Sequence[int], pipe: Connection) -> None:
    """Send the steps behind these numbers, until the parent is gone or wants no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(OSError, KnowledgeError):  # the parent meets it again, where it can be told
        for start in starts:
            pipe.send(_analyse(site, start, plan))


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let Python look for cycles more seldom: among many short-lived objects that costs a tenth."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECT_AT, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
