"""A site in processes of its own, as an operator starts it, for tests that stop, kill and restart it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
FLASK = [sys.executable, "-m", "flask", "--app", "wsgi", "kb"]
START_SECONDS = 60.0


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(instance: Path, **settings: str) -> dict[str, str]:
    """Return the environment of a site in a folder, without settings of the machine."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    return clean | {"KB_INSTANCE": str(instance)} | settings


def kb(
    arguments: list[str], env: Mapping[str, str], seconds: float = 120.0
) -> subprocess.CompletedProcess[str]:
    """Run one command of the operator to its end and return what it printed."""
    return subprocess.run(
        [*FLASK, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=seconds, check=False
    )


def start(arguments: list[str], env: Mapping[str, str], *, app: str = "wsgi") -> subprocess.Popen[str]:
    """Start one command of the operator in a session of its own, of `app` where another one is meant."""
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", app, "kb", *arguments],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def get(url: str, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Return status and text of a page, errors included."""
    request = urllib.request.Request(url, headers=dict(headers or {}))  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def wait_for(url: str, process: subprocess.Popen[str], seconds: float = START_SECONDS) -> float:
    """Return after how many seconds a page answered 200.

    Raises AssertionError, with the output of a process that ended, when it did not.
    """
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if process.poll() is not None:
            raise AssertionError(
                f"ended with {process.returncode}: {process.stdout and process.stdout.read()}"
            )
        try:
            if get(url)[0] == 200:
                return time.monotonic() - began
        except OSError:
            pass  # nobody listens yet
        time.sleep(0.05)
    raise AssertionError(f"no answer within {seconds} s")


def processes_of(session: int) -> list[int]:
    """Return the living processes of a session, zombies left out (Linux)."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(entry.name))
    return found


def wait_until_gone(session: int, seconds: float) -> list[int]:
    """Return the processes of a session that still live after so many seconds."""
    deadline = time.monotonic() + seconds
    while (left := processes_of(session)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


@contextmanager
def running(
    instance: Path, content: Path, *, app: str = "wsgi", **settings: str
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Lend a running site's address and parent process; everything is stopped afterwards."""
    port = free_port()
    process = start(
        ["run", "--port", str(port), "--content", str(content)], environment(instance, **settings), app=app
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        for pid in processes_of(process.pid):
            os.kill(pid, signal.SIGKILL)
        process.wait()
        if process.stdout:
            process.stdout.close()
