"""How the site is: database, engine, queue; for operators and for probes."""

from dataclasses import dataclass
from datetime import datetime

from knowledgebase.domain.errors import KnowledgeError
from knowledgebase.search.backend import SCHEMA_VERSION
from knowledgebase.services.rebuilding import condition
from knowledgebase.services.site import Site, analysis_version
from knowledgebase.store import case_lists, cities, generations, outbox
from knowledgebase.store.values import Generation


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a site at one moment."""

    database: str
    is_schema_current: bool
    cases: int
    cities: int
    engine: str
    is_engine_there: bool
    index: str | None  # live generation
    index_reason: str | None  # why it may not be used, see rebuilding.Condition
    documents: int | None  # visible ones in the live index
    generations: tuple[Generation, ...]
    queue: int
    oldest: datetime | None  # moment of the oldest queued change
    poison: int
    schema: int
    analysis: str

    @property
    def is_ready(self) -> bool:
        """Return whether searches are answered by the engine from an index of this site."""
        return self.is_schema_current and self.is_engine_there and self.index_reason is None


def status(site: Site) -> Status:
    """Return the state of the site; an engine that is away is told, not raised.

    Raises StoreUnavailable when the database is away.
    """
    facts = site.store.facts()
    with site.store.reading() as db:
        queue = outbox.facts(db)
        known = generations.of_engine(db, site.index.name)
        public, shown = case_lists.count(db), cities.count(db)
    live: str | None = None
    reason: str | None = "engine-away"
    documents: int | None = None
    try:
        state = condition(site)
        live, reason = state.live, state.reason
        documents = site.index.count(live) if live else None
        is_there = True
    except KnowledgeError:
        is_there = False
    return Status(
        database=f"{facts.dialect} {facts.version} ({facts.driver})",
        is_schema_current=site.store.is_current(),
        cases=public,
        cities=shown,
        engine=site.index.name,
        is_engine_there=is_there,
        index=live,
        index_reason=reason,
        documents=documents,
        generations=known,
        queue=queue.rows,
        oldest=queue.oldest,
        poison=queue.poison,
        schema=SCHEMA_VERSION,
        analysis=analysis_version(),
    )
