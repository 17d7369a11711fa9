"""How long readers wait for a changed file: from the start of its import until a search finds it."""

import hashlib
import time
from pathlib import Path

from knowledgebase.app import make_site
from knowledgebase.cli.content import bring_in
from knowledgebase.config import Settings
from knowledgebase.services.site import Site
from tests.bench.building import work
from tests.bench.figures import Figure
from tests.bench.ground import Ground
from tests.bench.pages import measure_memory
from tests.bench.rounds import fetch, quantile
from tests.bench.serving import whole_site
from tests.servers.elastic import start_node
from tests.sites import Folder

CHANGES = 30
START_MOST = 3.0  # seconds
EMBEDDED_MOST, ELASTIC_MOST = 1.0, 3.0  # seconds
PATIENCE = 30.0  # seconds for one change
_PAUSE = 0.02  # seconds between two searches
_CASE = "benchville/changing"


def measure_running(ground: Ground, folder: Path) -> list[Figure]:
    """Return start, freshness and memory of the site in FOLDER/site, with the embedded engine."""
    instance = folder / "site"
    with whole_site(instance, ground.files) as (server, seconds):
        start = Figure("second start to first page", seconds, "s", most=START_MOST)
        settings = Settings(instance=instance)
        found = _freshness(server.address, settings, folder / "changes", EMBEDDED_MOST, "embedded")
        return [start, *found, measure_memory(ground, server)]


def measure_elastic(ground: Ground, folder: Path) -> list[Figure]:
    """Return index rate and freshness with a real Elasticsearch node of this machine."""
    instance = folder / "elastic"
    with start_node() as node:
        work(instance, "import", str(ground.files))
        indexed = work(instance, "index", KB_SEARCH_URL=node.url)
        note = f"{ground.size / indexed.seconds:.0f} a second"
        first = Figure("first index, elasticsearch", indexed.seconds, "s", note=note)
        settings = Settings(instance=instance, search_url=node.url)
        with whole_site(instance, ground.files, KB_SEARCH_URL=node.url) as (server, _):
            found = _freshness(
                server.address, settings, folder / "elastic-changes", ELASTIC_MOST, "elasticsearch"
            )
    return [first, *found]


def _freshness(address: str, settings: Settings, folder: Path, most: float, engine: str) -> list[Figure]:
    content = Folder(folder)
    content.city("benchville")
    site = make_site(settings)
    try:
        _change(site, content, "zero")  # starts the renderer
        times = [_until_found(site, content, address, number) for number in range(CHANGES)]
    finally:
        site.close()
    name = f"change to found, {engine}"
    note = f"{CHANGES} changes of one file, its import included"
    return [
        Figure(f"{name} p50", quantile(times, 0.5), "s", most=most, note=note),
        Figure(f"{name} p95", quantile(times, 0.95), "s", most=most),
    ]


def _change(site: Site, content: Folder, word: str) -> None:
    content.case(_CASE, title="A case that changes", body=f"Its newest word is {word}.")
    if bring_in(site, content.path).has_failed:
        raise RuntimeError("the changed file was refused")


def _until_found(site: Site, content: Folder, address: str, number: int) -> float:
    """Return the seconds from the start of the import of a change until a search shows the case."""
    digest = hashlib.sha256(str(number).encode()).hexdigest()[:12]
    word = "".join(chr(ord("a") + int(digit, 16)) for digit in digest)  # no two within reach of a repair
    began = time.monotonic()
    _change(site, content, word)
    while time.monotonic() < began + PATIENCE:
        if f"/en/cases/{_CASE}".encode() in fetch(f"{address}/en/search?q={word}")[1]:
            return time.monotonic() - began
        time.sleep(_PAUSE)
    raise RuntimeError(f"a change was not found within {PATIENCE:.0f} s")
