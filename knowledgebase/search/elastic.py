"""Elasticsearch behind the contract: for sites that run it anyway, or need more than one machine."""

import json
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

from knowledgebase.domain.errors import NotFound, SearchUnavailable, WrongIndex
from knowledgebase.search import elastic_query
from knowledgebase.search.backend import Answer, Ask, Document, Outcome, Receipt, Stamp, Stored
from knowledgebase.search.checks import refusal, require_ask
from knowledgebase.search.elastic_answers import (
    receipts,
    require_whole,
    stored,
    translated,
    well_formed,
)
from knowledgebase.search.elastic_indices import VISIBLE, Indices
from knowledgebase.search.elastic_mapping import KEPT
from knowledgebase.search.elastic_node import DeadlineNode
from knowledgebase.search.elastic_pages import Send, in_order
from knowledgebase.search.guard import Guard
from knowledgebase.search.process import PerProcess

SEARCH_SECONDS = 1.5  # of a search, from connecting to the last byte, all its requests together
WRITE_SECONDS = 30.0  # of anything else
BULK_MAX = 4_000_000  # characters of one bulk request
STEP = 1_000  # documents of one step of `stored` and `scan`
_KEEP_ALIVE = "1m"  # between two steps of a scan


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server is and how an index is spread over it."""

    url: str  # scheme, host and port
    prefix: str = "kb"  # of index names; two sites on one server need two
    shards: int = 1
    replicas: int = 0
    api_key: str = ""
    user: tuple[str, str] | None = None  # name and password, instead of a key
    ca: str = ""  # file of the certificate authority; empty: the system's
    slots: int = 1  # searches at once in one process


@dataclass(frozen=True, slots=True)
class _Process:
    """What one process has of its own."""

    searching: Elasticsearch
    writing: Elasticsearch
    indices: Indices
    looking: Indices  # with the short patience of a search
    guard: Guard


class ElasticBackend:
    """Elasticsearch 8 or 9 behind the contract. Safe for threads and across forks."""

    name = "elasticsearch"

    def __init__(self, place: Place, *, expected: Callable[[], Stamp] | None = None) -> None:
        """Use the server at `place`; nothing is connected yet."""
        self._place = place
        self._expected = expected
        self._known: set[str] = set()  # indices found to be what is expected
        self._processes = PerProcess(self._make_process)

    def create(self, generation: str, stamp: Stamp) -> None:
        """Make an empty generation; an existing one is replaced. Raises NotAllowed when it is live."""
        self._indices.make(generation, stamp, self._place.shards)

    def put(self, generation: str, documents: Sequence[Document]) -> tuple[Receipt, ...]:
        """Store documents by external version; every result of the server is read.

        Raises NotFound where there is no such generation, WrongIndex where another is expected.
        """
        self._require_expected(self.stamp(generation))
        refused = {at: why for at, document in enumerate(documents) if (why := refusal(document))}
        sent = [document for at, document in enumerate(documents) if at not in refused]
        alias = self._indices.write_alias(generation)
        said: list[Receipt] = []
        for batch in _batches(sent):
            said += self._bulk(alias, batch)
        results = iter(said)
        return tuple(
            Receipt(document.id, Outcome.REFUSED, reason=refused[at]) if at in refused else next(results)
            for at, document in enumerate(documents)
        )

    def refresh(self, generation: str) -> None:
        """Make everything stored so far visible to searches. Raises NotFound."""
        with translated(generation):
            said = self._mine.writing.indices.refresh(index=self._indices.name(generation)).body
        require_whole(said)

    def promote(self, generation: str) -> None:
        """Make a generation live in one step. Raises NotFound where there is none."""
        self._indices.promote(generation, self._place.replicas)

    def drop(self, generation: str) -> None:
        """Remove a generation; a missing one is no error. Raises NotAllowed when it is live."""
        self._indices.remove(generation)

    def generations(self) -> tuple[str, ...]:
        """Return the names of all generations, sorted."""
        return self._indices.generations()

    def live(self) -> str | None:
        """Return the live generation, None before the first promotion."""
        return self._mine.looking.live()

    def stamp(self, generation: str) -> Stamp:
        """Return what a generation was made for. Raises NotFound, WrongIndex when it does not say."""
        return self._mine.looking.stamp(generation)

    def count(self, generation: str) -> int:
        """Return the number of visible documents, as of the last refresh."""
        with translated(generation):
            said = self._mine.searching.count(index=self._indices.name(generation), query=VISIBLE).body
        require_whole(said)
        with well_formed():
            return int(said["count"])

    def stored(self, generation: str, ids: Iterable[str]) -> dict[str, Stored]:
        """Return what the server holds of these documents, tombstones and unrefreshed ones included."""
        index, wanted = self._indices.name(generation), list(ids)
        found: dict[str, Stored] = {}
        for at in range(0, len(wanted), STEP):
            with translated(generation):
                said = self._mine.writing.mget(
                    index=index, ids=wanted[at : at + STEP], source_includes=list(KEPT)
                ).body
            with well_formed():
                there = [kept for kept in said["docs"] if kept.get("found")]
            found |= {kept.id: kept for kept in map(stored, there)}
        if wanted and not found:
            self.stamp(generation)  # a missing index looks like missing documents
        return found

    def scan(self, generation: str) -> Iterable[Stored]:
        """Yield everything a generation holds, as of a refresh at the first step."""
        self.refresh(generation)
        client = self._mine.writing
        with translated(generation):
            pit = client.open_point_in_time(index=self._indices.name(generation), keep_alive=_KEEP_ALIVE)[
                "id"
            ]
        try:
            yield from self._steps(client, {"id": pit, "keep_alive": _KEEP_ALIVE})
        finally:
            with translated(generation):
                client.close_point_in_time(id=pit)

    def search(self, ask: Ask) -> Answer:
        """Answer from the live generation, or raise SearchUnavailable within two seconds."""
        require_ask(ask)
        mine = self._mine
        try:
            with mine.guard.passage(), translated():
                found, names = in_order(ask, self._asking(mine, elastic_query.preference(ask)))
        except NotFound as error:
            raise SearchUnavailable("no generation is live") from error
        self._require_known(names)
        return found

    def close(self) -> None:
        """Give back the connections of this process."""
        process = self._processes.take()
        if process is not None:
            process.writing.close()

    @property
    def _mine(self) -> _Process:
        return self._processes.get()

    @property
    def _indices(self) -> Indices:
        return self._mine.indices

    def _make_process(self) -> _Process:
        place = self._place
        tls = ssl.create_default_context(cafile=place.ca or None) if place.url.startswith("https:") else None
        secured: dict[str, Any] = {"ssl_context": tls} if tls else {}
        client = Elasticsearch(
            place.url,
            node_class=DeadlineNode,
            api_key=place.api_key or None,
            basic_auth=place.user,
            max_retries=0,
            retry_on_status=(),
            retry_on_timeout=False,
            meta_header=False,
            **secured,
        )
        writing = client.options(request_timeout=WRITE_SECONDS)
        searching = client.options(request_timeout=SEARCH_SECONDS)
        looking = Indices(searching, place.prefix)
        return _Process(searching, writing, Indices(writing, place.prefix), looking, Guard(place.slots))

    def _asking(self, mine: _Process, preference: str) -> Send:
        """Return how one search sends its requests: those after the first have what is left of its time."""
        latest = time.monotonic() + SEARCH_SECONDS
        clients = iter((mine.searching,))

        def send(body: dict[str, Any]) -> Any:
            left = latest - time.monotonic()
            client = next(clients, None) or mine.writing.options(request_timeout=left)
            return client.search(
                index=self._place.prefix,
                body=body,
                search_type="dfs_query_then_fetch",
                preference=preference,
            ).body

        return send

    def _bulk(self, alias: str, batch: Sequence[tuple[Document, str]]) -> list[Receipt]:
        lines: Any = [line for document, source in batch for line in (_action(document), source)]
        with translated(alias):
            said = self._mine.writing.bulk(index=alias, operations=lines, require_alias=True).body
        return receipts([document for document, _ in batch], said)

    def _steps(self, client: Elasticsearch, pit: dict[str, Any]) -> Iterator[Stored]:
        after: list[Any] | None = None
        while True:
            with translated():
                said = client.search(
                    pit=pit, size=STEP, sort=[{"_shard_doc": "asc"}], search_after=after, version=True
                ).body
            require_whole(said)
            with well_formed():
                hits = said["hits"]["hits"]
                after = hits[-1]["sort"] if hits else None
            yield from map(stored, hits)
            if after is None:
                return

    def _require_expected(self, stamp: Stamp) -> None:
        if self._expected is not None and stamp != (wanted := self._expected()):
            raise WrongIndex(f"made for {stamp}, wanted is {wanted}")

    def _require_known(self, names: set[str]) -> None:
        """Look once at each index that hits come from."""
        if self._expected is not None:
            for index in names - self._known:
                self._require_expected(self._indices.stamp_of(index))
                self._known.add(index)


def _batches(documents: Sequence[Document]) -> Iterator[list[tuple[Document, str]]]:
    """Yield documents with their JSON in batches that the server takes in one request."""
    batch: list[tuple[Document, str]] = []
    size = 0
    for document in documents:
        source = _source(document)
        if batch and size + len(source) > BULK_MAX:
            yield batch
            batch, size = [], 0
        batch.append((document, source))
        size += len(source)
    if batch:
        yield batch


def _action(document: Document) -> str:
    action = {"_id": document.id, "version": document.revision, "version_type": "external"}
    return json.dumps({"index": action})


def _source(document: Document) -> str:
    fields = ("id", "digest", "is_visible", "exact", "stem", "concepts", "comments", "newest")
    source: dict[str, Any] = {name: getattr(document, name) for name in fields}
    return json.dumps(
        source | {name: list(values) for name, values in document.facets.items()}, ensure_ascii=False
    )
