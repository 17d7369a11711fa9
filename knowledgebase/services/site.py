"""The site: everything a service needs, passed explicitly."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from knowledgebase.search.backend import SCHEMA_VERSION, SearchBackend, Stamp
from knowledgebase.store import sites
from knowledgebase.store.engine import Store
from knowledgebase.text.normalize import ANALYSIS_VERSION
from knowledgebase.text.renderer import Renderer
from knowledgebase.text.vocabulary import vocabulary


def utc_now() -> datetime:
    """Return the present moment, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Site:
    """One exchange: its database, its index, its renderer and its clock."""

    store: Store
    index: SearchBackend
    renderer: Renderer
    now: Callable[[], datetime] = field(default=utc_now)
    sends_letters: bool = False

    def close(self) -> None:
        """Give back connections, files and child processes, as before a fork."""
        self.renderer.close()
        self.index.close()
        self.store.close()


def analysis_version() -> str:
    """Return the version of everything between a text and its tokens."""
    return f"{ANALYSIS_VERSION}-{vocabulary().digest}"


def stamp_of(site: Site) -> Stamp:
    """Return what an index of this site must say of itself."""
    with site.store.reading() as db:
        return Stamp(sites.find(db).id, SCHEMA_VERSION, analysis_version())
