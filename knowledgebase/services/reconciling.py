"""Compare an index with the database, document by document, and queue what differs."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledgebase.domain.record import State
from knowledgebase.search.backend import Stored
from knowledgebase.services.indexing import as_document, beside
from knowledgebase.services.site import Site
from knowledgebase.store import case_writing, cases, generations, outbox
from knowledgebase.store.values import Role

STEP = 500  # cases read at once


@dataclass(slots=True)
class Drift:
    """Where an index differs from the database, by kind of difference; case ids in each."""

    missing: list[str] = field(default_factory=list)  # public here, not in the index
    stale: list[str] = field(default_factory=list)  # an older revision there
    altered: list[str] = field(default_factory=list)  # the same revision with other content
    ghost: list[str] = field(default_factory=list)  # visible there, not public here
    strangers: dict[str, int] = field(default_factory=dict)  # visible there, unknown here: revision there
    newer: list[str] = field(default_factory=list)  # a revision that this database never gave
    waiting: int = 0  # differences that are still queued, hence no drift

    @property
    def is_none(self) -> bool:
        """Return whether index and database agree."""
        return not (self.missing or self.stale or self.altered or self.ghost or self.strangers or self.newer)

    @property
    def repairable(self) -> list[str]:
        """Return the cases that another promise would mend, sorted."""
        return sorted({*self.missing, *self.stale, *self.altered, *self.ghost})


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the index should hold of a case."""

    id: str
    revision: int
    is_public: bool
    digest: str | None  # None: only the revision is compared


def compare(site: Site, generation: str, *, with_content: bool = True) -> Drift:
    """Return how a generation differs from the database now; what is queued does not count.

    Without content only revisions are compared, which takes a tenth of the time.
    """
    held = {stored.id: stored for stored in site.index.scan(generation)}
    drift = Drift()
    with site.store.reading() as db:
        queued = outbox.ids(db)
    for wanted in _documents(site) if with_content else _marks(site):
        stored = held.pop(wanted.id, None)
        if wanted.id in queued:
            drift.waiting += 1
        else:
            _judge(drift, wanted, stored)
    for stored in held.values():
        if stored.is_visible and stored.id not in queued:
            drift.strangers[stored.id] = stored.revision
    return drift


def _marks(site: Site) -> Iterator[_Wanted]:
    with site.store.reading() as db:
        marks = cases.marks(db)
    for case_id, revision, state in marks:
        yield _Wanted(case_id, revision, state is State.PUBLISHED, None)


def _documents(site: Site) -> Iterator[_Wanted]:
    after = 0
    while True:
        with site.store.reading() as db:
            step = cases.scan(db, after, STEP)
            around = beside(db, step.records)
        if not step.records:
            return
        after = step.last
        for record in step.records:
            document = as_document(record, around)
            yield _Wanted(document.id, document.revision, record.state is State.PUBLISHED, document.digest)


def _judge(drift: Drift, wanted: _Wanted, stored: Stored | None) -> None:
    if stored is None:
        if wanted.is_public:
            drift.missing.append(wanted.id)
    elif stored.revision > wanted.revision:
        drift.newer.append(wanted.id)
    elif stored.is_visible and not wanted.is_public:
        drift.ghost.append(wanted.id)
    elif stored.revision < wanted.revision:
        drift.stale.append(wanted.id)
    elif wanted.digest not in (None, stored.digest):
        drift.altered.append(wanted.id)


def reconcile(site: Site, *, is_dry: bool = False) -> Drift:
    """Compare the live index with the database and queue what differs; the worker repairs it.

    A newer revision in the index means that the database was rolled back: nothing is queued then,
    and only a new index (`kb reindex`) helps.
    """
    with site.store.reading() as db:
        live = [entry for entry in generations.of_engine(db, site.index.name) if entry.role is Role.LIVE]
    drift = compare(site, live[0].name) if live else Drift()
    if not is_dry and not drift.newer:
        mend(site, drift)
    return drift


def mend(site: Site, drift: Drift) -> None:
    """Queue what would make an index agree again."""
    if not drift.repairable and not drift.strangers:
        return
    with site.store.writing() as db:
        case_writing.touch(db, drift.repairable, at=site.now())
        for case_id, revision in drift.strangers.items():
            outbox.promise(db, case_id, revision + 1, site.now(), is_hidden=True)
