"""A real Elasticsearch on this machine: fetched once by Maven, started from a folder of its own.

The artifact is the server without its optional modules. It has no `GET /`, no painless, no
`_reindex`, no `_delete_by_query` and no analyzers beyond the built-in: the product needs none
of them, and code that starts to need one fails here.
"""

import fcntl
import http.client
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.servers import Broken, Missing, Program, free_ports, give, workplace

VERSION = "8.19.21"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
FETCH_PATIENCE = 900.0  # seconds for 107 MB and Maven's own plug-ins
START_PATIENCE = 120.0  # seconds until a node answers
OLDEST_JAVA = 17
JAVA_OPTIONS = "-Xms512m -Xmx512m -XX:TieredStopAtLevel=1"  # the quick compiler only: 1.2 s less to start


@dataclass(slots=True)
class ElasticNode:
    """One running node. Leaving its `with` block stops it and removes its folder.

    `kill()`, then `restart()`, is a crash on the same port with the same data.
    """

    url: str
    program: Program
    closing: ExitStack = field(default_factory=ExitStack)

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The process we started (it has the server as its child), None when stopped."""
        return self.program.process

    def wait(self, nodes: int = 1) -> None:
        """Return when the node answers in a cluster of so many nodes; raises Broken when it does not."""
        self.program.wait_until(lambda: _answers(self.url, nodes), patience=START_PATIENCE)

    def kill(self) -> None:
        """End the node at once, keeping its data."""
        self.program.kill()

    def pause(self) -> None:
        """Freeze the node: it accepts connections and answers nothing."""
        self.program.pause()

    def resume(self) -> None:
        """Let a frozen node go on."""
        self.program.resume()

    def restart(self) -> None:
        """Start a node that was killed or stopped again, and wait until it answers."""
        self.program.start()
        self.wait()

    def stop(self) -> None:
        """Stop the node and remove what belongs to it."""
        self.program.stop()
        self.closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start_node() -> ElasticNode:
    """Start a node that is a cluster by itself and return it when it answers.

    Raises Missing when the server, Maven or Java cannot be had, Broken when it does not start.
    """
    with ExitStack() as stack:
        ground = stack.enter_context(workplace("elastic"))
        node = _node(_unpack(ground), ground / "node", free_ports(2), "discovery.type: single-node\n")
        stack.callback(node.program.stop)
        node.program.start()
        node.wait()
        node.closing = stack.pop_all()
    return node


@contextmanager
def cluster(size: int = 3) -> Iterator[list[ElasticNode]]:
    """Run a cluster of `size` nodes (30 s and 2 GB for three), stopped and removed afterwards.

    Raises Missing and Broken as `start_node`.
    """
    with ExitStack() as stack:
        ground = stack.enter_context(workplace("elastic"))
        home = _unpack(ground)
        ports = free_ports(2 * size)
        names = [f"node{number}" for number in range(size)]
        seeds = ", ".join(f'"127.0.0.1:{port}"' for port in ports[size:])
        together = f"discovery.seed_hosts: [{seeds}]\ncluster.initial_master_nodes: [{', '.join(names)}]\n"
        nodes = [
            _node(home, ground / name, [ports[number], ports[size + number]], together)
            for number, name in enumerate(names)
        ]
        for node in nodes:
            stack.callback(node.stop)
            node.program.start()
        for node in nodes:
            node.wait(size)
        yield nodes


def _node(home: Path, folder: Path, ports: list[int], discovery: str) -> ElasticNode:
    """Lay out the folder of a node, not started yet."""
    for part in ("config", "data", "logs", "tmp"):
        (folder / part).mkdir(parents=True)
    for name in ("jvm.options", "log4j2.properties"):
        shutil.copy(home / "config" / name, folder / "config")
    settings = f"""\
cluster.name: {folder.parent.name}
node.name: {folder.name}
path.data: {folder}/data
path.logs: {folder}/logs
network.host: 127.0.0.1
http.port: {ports[0]}
transport.port: {ports[1]}
xpack.security.enabled: false
node.store.allow_mmap: false
cluster.routing.allocation.disk.threshold_enabled: false
{discovery}"""
    (folder / "config" / "elasticsearch.yml").write_text(settings, "utf-8")
    give(folder)
    variables = {
        "ES_JAVA_HOME": str(_java_home()),
        "ES_JAVA_OPTS": JAVA_OPTIONS,
        "ES_PATH_CONF": str(folder / "config"),
        "ES_TMPDIR": str(folder / "tmp"),
    }
    program = Program([home / "bin" / "elasticsearch"], folder, variables)
    return ElasticNode(f"http://127.0.0.1:{ports[0]}", program)


def _answers(url: str, nodes: int) -> bool:
    """Ask a node whether its cluster has so many nodes and every primary shard."""
    door = http.client.HTTPConnection(url.removeprefix("http://"), timeout=5)
    try:
        door.request("GET", f"/_cluster/health?wait_for_status=yellow&wait_for_nodes=ge({nodes})&timeout=1s")
        return door.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        door.close()


def _java_home() -> Path:
    """Return the folder of the Java on PATH; raises Missing when there is none or it is too old."""
    java = shutil.which("java")
    if java is None:
        raise Missing("no Java: Elasticsearch needs 17 or newer (Debian: default-jre-headless)")
    told = subprocess.run(
        [java, "-XshowSettings:properties", "-version"],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    ).stderr
    home = re.search(r"^\s*java\.home = (.+)$", told, re.MULTILINE)
    version = re.search(r"^\s*java\.specification\.version = (?:1\.)?(\d+)$", told, re.MULTILINE)
    if home is None or version is None or int(version[1]) < OLDEST_JAVA:
        raise Missing(
            f"Elasticsearch needs Java 17 or newer, {java} is {version[1] if version else 'unknown'}"
        )
    return Path(home[1])


def _unpack(ground: Path) -> Path:
    """Unpack the server below `ground`, readable by every user, and return its folder."""
    try:
        with zipfile.ZipFile(distribution()) as packed:
            packed.extractall(ground)
    except zipfile.BadZipFile as error:
        raise Broken(f"the kept Elasticsearch is damaged, remove {distribution()}") from error
    home = ground / f"elasticsearch-{VERSION}"
    for script in (home / "bin").iterdir():
        script.chmod(0o755)
    give(home)
    return home


def distribution() -> Path:
    """Return the server's zip file, fetched into the cache when it is not there yet.

    The cache is KB_TEST_CACHE, or a folder of the user's own, never the work tree. Several
    processes may ask at once: one fetches, the others wait. Raises Missing when it cannot be fetched.
    """
    cache = Path(os.environ.get("KB_TEST_CACHE") or Path.home() / ".cache" / "knowledgebase-tests")
    cache.mkdir(parents=True, exist_ok=True)
    kept = cache / f"elasticsearch-{VERSION}.zip"
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # given back when the file closes, or when we die
        if not zipfile.is_zipfile(kept):
            _fetch(kept)
    return kept


def _fetch(kept: Path) -> None:
    """Let Maven bring the server; the file appears under its name only when it is whole."""
    maven = shutil.which("mvn")
    if maven is None:
        raise Missing("no Maven to fetch Elasticsearch with (Debian: maven)")
    arriving = kept.parent / "arriving"
    shutil.rmtree(arriving, ignore_errors=True)
    command = [maven, "-q", "-B", COPY, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={arriving}"]
    ended = subprocess.run(
        command,
        cwd=kept.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=FETCH_PATIENCE,
    )
    if ended.returncode:
        raise Missing(f"Maven cannot fetch Elasticsearch {VERSION}: {ended.stdout[-1000:]}")
    [brought] = arriving.glob("*.zip")
    with zipfile.ZipFile(brought) as packed:
        if damaged := packed.testzip():
            raise Missing(f"Elasticsearch {VERSION} arrived damaged: {damaged}")
    brought.replace(kept)
    arriving.rmdir()
