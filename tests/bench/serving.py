"""Servers of the bench: floor and product under gunicorn with the same settings, and a site as it is run."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.bench.ground import Ground
from tests.running import ROOT, environment, free_port, processes_of, start, wait_for
from tests.servers import descendants

WORKERS, THREADS = 2, 4
STOP_SECONDS = 20.0
_ANONYMOUS = re.compile(r"^Pss_Anon:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs."""

    address: str
    pid: int  # of its parent process


@contextmanager
def gunicorn(door: str, folder: Path, env: Mapping[str, str], first: str) -> Iterator[Server]:
    """Lend an application served by gunicorn; `first` is the page that must answer."""
    port = free_port()
    memory = ["--worker-tmp-dir", "/dev/shm"] if Path("/dev/shm").is_dir() else []  # noqa: S108 - as `kb run`
    settings = [
        "-w",
        str(WORKERS),
        "--threads",
        str(THREADS),
        "-b",
        f"127.0.0.1:{port}",
        "--preload",
        *memory,
    ]
    command = [sys.executable, "-m", "gunicorn", *settings, "--no-control-socket", door]
    process = subprocess.Popen(
        [*command, "--log-level", "warning"],
        cwd=folder,
        env=dict(env) | {"PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}{first}", process)
        yield Server(f"http://127.0.0.1:{port}", process.pid)
    finally:
        _end(process)


@contextmanager
def floor(ground: Ground, built: Path) -> Iterator[Server]:
    """Lend the floor."""
    env = dict(os.environ) | {"FLOOR": str(built)}
    with gunicorn("floor:app", ground.floor.parent, env, "/hello") as lent:
        yield lent


@contextmanager
def product(instance: Path) -> Iterator[Server]:
    """Lend the product on an instance that is there."""
    with gunicorn("wsgi:app", ROOT, environment(instance), "/healthz") as lent:
        yield lent


@contextmanager
def whole_site(instance: Path, content: Path, **settings: str) -> Iterator[tuple[Server, float]]:
    """Lend a site started by `kb run`, and the seconds from its start to its first page."""
    port = free_port()
    arguments = ["run", "--port", str(port), "--content", str(content)]
    process = start(arguments, environment(instance, **settings))
    try:
        seconds = wait_for(f"http://127.0.0.1:{port}/en/", process, 600.0)
        yield Server(f"http://127.0.0.1:{port}", process.pid), seconds
    finally:
        _end(process)


def web_server_of(site: Server) -> int:
    """Return the process id of the web server's master in a site started by `kb run`."""
    return next(pid for pid in descendants(site.pid)[1:] if len(descendants(pid)) > 1)


def anonymous_memory(pid: int) -> float:
    """Return the megabytes of a process and its descendants that no file backs, shared ones split (Linux)."""
    total = 0
    for one in descendants(pid):
        found = _ANONYMOUS.search(Path(f"/proc/{one}/smaps_rollup").read_text("ascii"))
        total += int(found[1]) if found else 0
    return total / 1024


def _end(process: subprocess.Popen[str]) -> None:
    """Stop a server by its own id, and what it left of its session."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
    for pid in processes_of(process.pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()
