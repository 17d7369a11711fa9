"""Real servers for tests: each in a folder of its own, run by an unprivileged user, gone afterwards."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import pytest

ACCOUNT = "nobody"  # who runs the servers when the tests run as root: they refuse root
SHORT_PATH = "/tmp"  # noqa: S108  # others may enter it, unlike many TMPDIR; a socket's path has 107 bytes at most
LOG_TAIL = 3_000  # characters of a log shown in a failure


class Missing(Exception):
    """A real part cannot be had on this machine; the message says which, and what to do."""


class Broken(Exception):
    """A real part is here but did not start, answer or stop in time."""


def missing(reason: str) -> NoReturn:
    """Skip the test, or fail it when CI is set: there every part has to be real."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the servers, as subprocess takes it: a user by numbers, or None for ourselves."""

    user: int | None = None
    group: int | None = None
    groups: tuple[int, ...] | None = None


def account() -> Account:
    """Return the unprivileged user when we are root, otherwise ourselves."""
    if os.geteuid() != 0:
        return Account()
    found = pwd.getpwnam(ACCOUNT)
    return Account(found.pw_uid, found.pw_gid, ())


@contextmanager
def workplace(name: str) -> Iterator[Path]:
    """Make an empty folder that the servers' user owns; remove it with all its content afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=f"kb-{name}-", dir=SHORT_PATH))
    try:
        give(folder)
        yield folder
    finally:
        shutil.rmtree(folder)


def give(folder: Path) -> None:
    """Hand a folder and everything in it to the servers' user."""
    owner = account()
    if owner.user is not None and owner.group is not None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, owner.user, owner.group)


def free_ports(count: int) -> list[int]:
    """Return ports of 127.0.0.1 that are free now, all different."""
    with ExitStack() as stack:
        doors = [stack.enter_context(socket.socket()) for _ in range(count)]
        for door in doors:
            door.bind(("127.0.0.1", 0))
        return [int(door.getsockname()[1]) for door in doors]


def run(command: Sequence[str | Path], folder: Path, *, patience: float) -> None:
    """Run a short command as the servers' user; raises Broken with its output when it fails."""
    owner = account()
    ended = subprocess.run(
        command,
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=patience,
        check=False,
        user=owner.user,
        group=owner.group,
        extra_groups=owner.groups,
    )
    if ended.returncode:
        raise Broken(f"{command[0]} ended with {ended.returncode}: {ended.stdout[-LOG_TAIL:]}")


def environment(folder: Path) -> dict[str, str]:
    """Return the variables every server gets: nothing of ours but PATH, everything private in its folder."""
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(folder), "TMPDIR": str(folder)}


@dataclass(slots=True)
class Program:
    """A server program: start, stop, kill, pause and resume it, with every process it made itself.

    It has a session of its own, so Ctrl-C does not reach it, and it is told to end (`gentle`)
    when the thread that started it is gone, however the test run ended (Linux only).
    """

    command: Sequence[str | Path]
    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    gentle: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """The file that receives what the program prints."""
        return self.folder / "console.log"

    def start(self) -> None:
        """Start the program; returns at once, before it answers."""
        owner = account()
        bound = [setpriv, "--pdeathsig", self.gentle.name[3:]] if (setpriv := shutil.which("setpriv")) else []
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*bound, *self.command],
                cwd=self.folder,
                env=environment(self.folder) | dict(self.variables),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=owner.user,
                group=owner.group,
                extra_groups=owner.groups,
            )

    def wait_until(self, ready: Callable[[], bool], *, patience: float) -> None:
        """Return when `ready()` is true; raises Broken with the log when the program ends or is too slow."""
        deadline = time.monotonic() + patience
        while not ready():
            ended = self.process is None or self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                said = self.log.read_text("utf-8", errors="replace")[-LOG_TAIL:]
                raise Broken(
                    f"{self.command[0]} {'ended' if ended else f'not ready in {patience:.0f} s'}:\n{said}"
                )
            time.sleep(0.1)

    def stop(self, *, patience: float = 30.0) -> None:
        """End the program in good order, at once after `patience` seconds; twice is once."""
        if self.process is None:
            return
        family = self._signal(signal.SIGCONT)
        self.process.send_signal(self.gentle)
        self._wait_for_the_end(family, patience)
        self.kill()

    def kill(self) -> None:
        """End every process of the program at once, as a power cut would; raises Broken when one stays."""
        if self.process is None:
            return
        family = self._signal(signal.SIGKILL)
        if not self._wait_for_the_end(family, 10):
            raise Broken(f"{self.command[0]} did not end: processes {family}")
        self.process = None

    def pause(self) -> None:
        """Freeze the program: its ports stay open and nothing answers."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a frozen program go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> list[int]:
        """Send a signal to the program and then to all it started, and return their ids."""
        if self.process is None or self.process.poll() is not None:
            return []
        family = descendants(self.process.pid)
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        return family

    def _wait_for_the_end(self, family: list[int], patience: float) -> bool:
        """Wait until none of these processes runs; False when one still does after `patience` seconds."""
        deadline = time.monotonic() + patience
        while (self.process and self.process.poll() is None) or any(lives(pid) for pid in family):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True


def descendants(pid: int) -> list[int]:
    """Return a process and all that it started, itself first (only itself where there is no /proc)."""
    found = [pid]
    for parent in found:  # grows while we walk it
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, children.read_text("ascii").split())
    return found


def lives(pid: int) -> bool:
    """Say whether a process runs; one that ended and waits for its parent to notice does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(") ")[2][0]
    except OSError:
        return False
    return state not in "ZX"
