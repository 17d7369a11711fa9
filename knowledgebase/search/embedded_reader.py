"""An index as one process reads it: the newest commit, and the counts that were taken of it."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import TypeAlias

import tantivy

from knowledgebase.search.backend import Ask
from knowledgebase.search.embedded_schema import open_index

COUNTS_KEPT = 256  # questions of one commit whose counts are remembered; some 15 KB each

Facets: TypeAlias = Mapping[str, tuple[tuple[str, int], ...]]


class Snapshot:
    """One commit. Counts by filter depend on the question alone, not on its page, order or language."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        """Start without any count."""
        self.searcher = searcher
        self._counts: OrderedDict[object, Facets] = OrderedDict()
        self._lock = Lock()

    def facets(self, ask: Ask, count: Callable[[], Facets]) -> Facets:
        """Return the counts of an ask, taken now by `count` when they are not remembered.

        Two threads may count the same at once.
        """
        key = (ask.question, tuple(sorted(ask.filters.items())), ask.hidden, tuple(ask.facets.items()))
        with self._lock:
            known = self._counts.get(key)
            if known is not None:
                self._counts.move_to_end(key)
                return known
        counted = count()
        with self._lock:
            self._counts[key] = counted
            if len(self._counts) > COUNTS_KEPT:
                self._counts.popitem(last=False)
        return counted


class Opened:
    """An index that one process reads, and the commit that it last saw."""

    def __init__(self, path: Path) -> None:
        """Open the index of a folder."""
        self._commits = path / "meta.json"  # replaced by every commit
        self._seen = _mark(self._commits)  # looked at first: a commit in between is seen by the next look
        self._index = open_index(path)
        self._snapshot = Snapshot(self._index.searcher())

    def newest(self) -> Snapshot:
        """Return the newest commit. Raises OSError when the files are gone."""
        mark = _mark(self._commits)
        if mark != self._seen:
            self._index.reload()
            self._snapshot = Snapshot(self._index.searcher())  # as one: counts never meet another commit
            self._seen = mark
        return self._snapshot


def _mark(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size
