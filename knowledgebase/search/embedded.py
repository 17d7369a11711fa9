"""The embedded engine: an index in a folder beside the database, nothing to install or start."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import tantivy

from knowledgebase.domain.errors import NotFound, SearchUnavailable, WrongIndex
from knowledgebase.search.backend import Answer, Ask, Document, Receipt, Stamp, Stored
from knowledgebase.search.checks import require_ask, require_generation
from knowledgebase.search.embedded_errors import translated
from knowledgebase.search.embedded_generations import Generation, Generations
from knowledgebase.search.embedded_query import among, visible
from knowledgebase.search.embedded_reader import Opened
from knowledgebase.search.embedded_schema import open_index
from knowledgebase.search.embedded_search import answer, count_of, stored
from knowledgebase.search.embedded_writer import write
from knowledgebase.search.process import PerProcess

PATIENCE = 5.0  # seconds to wait for another writer


class EmbeddedBackend:
    """tantivy behind the contract. Safe for threads and across forks; one writer at a time."""

    name = "embedded"

    def __init__(
        self, folder: Path, *, expected: Callable[[], Stamp] | None = None, patience: float = PATIENCE
    ) -> None:
        """Keep the index in `folder`, made at the first write; nothing is opened yet."""
        self._generations = Generations(folder, patience)
        self._expected = expected
        self._readers: PerProcess[dict[Generation, Opened]] = PerProcess(dict)

    def create(self, generation: str, stamp: Stamp) -> None:
        """Make an empty generation; an existing one is replaced. Raises NotAllowed when it is live."""
        require_generation(generation)
        with self._generations.turn(), translated():
            self._generations.make(generation, stamp)

    def put(self, generation: str, documents: Sequence[Document]) -> tuple[Receipt, ...]:
        """Store documents newer than the index, in one commit.

        Raises NotFound where there is no such generation, WrongIndex where another is expected.
        """
        with self._generations.turn() as deadline:
            self._require_expected(self.stamp(generation))
            home = self._generations.home(generation)
            with translated():
                return write(home, documents, deadline)

    def refresh(self, generation: str) -> None:
        """Do nothing but raise NotFound for a missing generation: every commit is visible at once."""
        self._generations.read(generation)

    def promote(self, generation: str) -> None:
        """Make a generation live in one step. Raises NotFound where there is none."""
        require_generation(generation)
        with self._generations.turn(), translated():
            self._generations.promote(generation)

    def drop(self, generation: str) -> None:
        """Remove a generation; a missing one is no error. Raises NotAllowed when it is live."""
        require_generation(generation)
        with self._generations.turn(), translated():
            self._generations.drop(generation)

    def generations(self) -> tuple[str, ...]:
        """Return the names of all generations, sorted."""
        return self._generations.names()

    def live(self) -> str | None:
        """Return the live generation, None before the first promotion."""
        current = self._generations.current()
        return current.name if current else None

    def stamp(self, generation: str) -> Stamp:
        """Return what a generation was made for.

        Raises NotFound where there is none, WrongIndex where another version of the engine made it.
        """
        return self._generations.read(generation)[0]

    def count(self, generation: str) -> int:
        """Return the number of visible documents."""
        searcher = self._open(generation)
        with translated():
            return count_of(searcher.search(visible(), limit=1))

    def stored(self, generation: str, ids: Iterable[str]) -> dict[str, Stored]:
        """Return what the engine holds of these documents, tombstones included."""
        searcher = self._open(generation)
        wanted = list(ids)
        with translated():
            return {kept.id: kept for kept in stored(searcher, among("id", wanted), len(wanted))}

    def scan(self, generation: str) -> Iterable[Stored]:
        """Yield everything a generation holds as it stood at the first step."""
        searcher = self._open(generation)
        with translated():
            yield from stored(searcher, tantivy.Query.all_query(), searcher.num_docs)

    def search(self, ask: Ask) -> Answer:
        """Answer from the live generation; when it is promoted away meanwhile, from the next one."""
        require_ask(ask)
        current = self._generations.current()
        try:
            return self._answer(current, ask)
        except SearchUnavailable:
            moved = self._generations.current()
            if moved == current:
                raise
            return self._answer(moved, ask)

    def close(self) -> None:
        """Give back the files that this process has mapped."""
        self._readers.take()

    def _answer(self, current: Generation | None, ask: Ask) -> Answer:
        if current is None:
            raise SearchUnavailable("no generation is live")
        opened = self._reader(current)
        with translated():
            return answer(opened.newest(), ask)

    def _reader(self, current: Generation) -> Opened:
        """Return this process's opened index of the live generation; an older one is let go."""
        readers = self._readers.get()
        opened = readers.get(current)
        if opened is None:
            try:
                stamp, found = self._generations.read(current.name)
            except NotFound as error:
                raise SearchUnavailable(f"{current.name}: its files are gone") from error
            if found != current:
                raise SearchUnavailable(f"{current.name}: made anew just now")
            self._require_expected(stamp)
            with translated():
                opened = Opened(self._generations.home(current.name))
            for older in tuple(readers):
                readers.pop(older, None)
            readers[current] = opened
        return opened

    def _open(self, generation: str) -> tantivy.Searcher:
        """Return the present state of any generation, opened afresh."""
        home = self._generations.home(generation)
        with translated():
            return open_index(home).searcher()

    def _require_expected(self, stamp: Stamp) -> None:
        if self._expected is not None and stamp != (wanted := self._expected()):
            raise WrongIndex(f"made for {stamp}, wanted is {wanted}")
