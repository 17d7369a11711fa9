"""How the embedded index is written, with the cures for what its engine was seen to do.

A killed writer can leave a file that blocks every later commit: unneeded files are collected first.
A long-lived index forgets files that other processes made: each batch opens it afresh. A writer that
is let go early leaves its merges undone: we always wait for them.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import tantivy

from knowledgebase.search.backend import Document, Outcome, Receipt
from knowledgebase.search.checks import refusal
from knowledgebase.search.embedded_schema import open_index, to_engine
from knowledgebase.search.embedded_search import revisions

_HEAP = 50_000_000  # bytes; below 15 MB the engine refuses
_PAUSE = 0.02  # seconds between two tries for the engine's own lock


@dataclass(slots=True)
class _Batch:
    """What became of each document, and what is to be written: the newest of each id."""

    receipts: list[Receipt] = field(default_factory=list)
    fresh: dict[str, tantivy.Document] = field(default_factory=dict)  # by id


def write(path: Path, documents: Sequence[Document], deadline: float) -> tuple[Receipt, ...]:
    """Store what is newer than the index and return one receipt a document; all or nothing.

    The caller holds the turn to write; `deadline` bounds the wait for the engine's own lock.
    """
    index = open_index(path)
    known = revisions(index.searcher(), [document.id for document in documents])
    replaced = set(known)
    batch = _judge(documents, known)
    if batch.fresh:
        _commit(index, batch.fresh, replaced, deadline)
    return tuple(batch.receipts)


def _judge(documents: Sequence[Document], known: dict[str, int]) -> _Batch:
    batch = _Batch()
    for document in documents:
        stored = known.get(document.id)
        reason = refusal(document)
        if reason:
            batch.receipts.append(Receipt(document.id, Outcome.REFUSED, reason=reason))
        elif stored is not None and stored >= document.revision:
            batch.receipts.append(Receipt(document.id, Outcome.SUPERSEDED, stored))
        else:
            known[document.id] = document.revision
            batch.fresh[document.id] = to_engine(document)
            batch.receipts.append(Receipt(document.id, Outcome.STORED))
    return batch


def _commit(
    index: tantivy.Index, fresh: dict[str, tantivy.Document], replaced: set[str], deadline: float
) -> None:
    writer = _open_writer(index, deadline)
    try:
        writer.garbage_collect_files()
        for name, document in fresh.items():
            if name in replaced:
                writer.delete_documents_by_term("id", name)
            writer.add_document(document)
        writer.commit()
    finally:
        writer.wait_merging_threads()


def _open_writer(index: tantivy.Index, deadline: float) -> tantivy.IndexWriter:
    """Return a writer of one thread; raises ValueError when the engine's lock stays busy."""
    while True:
        try:
            return index.writer(_HEAP, 1)
        except ValueError as error:
            if "LockBusy" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
