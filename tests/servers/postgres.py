"""A real PostgreSQL on this machine: a cluster of its own in a temporary folder, one database a test."""

import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import LiteralString, Self

import psycopg
from psycopg import sql

from tests.servers import Missing, Program, free_ports, run, workplace

ROLE = "kb"  # owns the databases; may create them, is no superuser
OWNER = "postgres"  # the superuser of the cluster
DEBIAN = Path("/usr/lib/postgresql")  # one folder a version, not on PATH
START_PATIENCE = 60.0  # seconds
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(slots=True)
class PostgresServer:
    """One running server. Leaving its `with` block stops it and removes its folder.

    `kill()`, then `restart()`, is a crash on the same port with the same data.
    """

    port: int
    program: Program
    closing: ExitStack = field(default_factory=ExitStack)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The process we started, parent of all the others; None when stopped."""
        return self.program.process

    def create_database(self) -> str:
        """Make an empty database and return its SQLAlchemy URL."""
        name = f"kb_{next(self.numbers)}"
        self._command("CREATE DATABASE {}", name)
        return f"postgresql+psycopg://{ROLE}@127.0.0.1:{self.port}/{name}"

    def drop_database(self, url: str) -> None:
        """Remove a database of `create_database`, even while somebody is connected to it."""
        self._command("DROP DATABASE {} WITH (FORCE)", url.rpartition("/")[2])

    def kill(self) -> None:
        """End the server at once, keeping its data (nothing acknowledged is lost only with `durable`)."""
        self.program.kill()

    def pause(self) -> None:
        """Freeze the server: it accepts connections and answers nothing."""
        self.program.pause()

    def resume(self) -> None:
        """Let a frozen server go on."""
        self.program.resume()

    def restart(self) -> None:
        """Start a server that was killed or stopped again, and wait until it answers."""
        self.program.start()
        self.wait()

    def wait(self) -> None:
        """Return when the server answers; raises Broken after START_PATIENCE."""
        self.program.wait_until(self._answers, patience=START_PATIENCE)

    def stop(self) -> None:
        """Stop the server and remove what belongs to it."""
        self.program.stop()
        self.closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _answers(self) -> bool:
        try:
            self._connect(OWNER).close()
        except psycopg.OperationalError:
            return False
        return True

    def _command(self, template: LiteralString, name: str, *, role: str = ROLE) -> None:
        with self._connect(role) as session:
            session.execute(sql.SQL(template).format(sql.Identifier(name)))

    def _connect(self, role: str) -> psycopg.Connection:
        """Connect to the database that every cluster has."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=role, dbname="postgres", autocommit=True, connect_timeout=5
        )


def start_server(*, durable: bool = False) -> PostgresServer:
    """Start a server on 127.0.0.1 and return it when it answers.

    It trusts everybody who reaches it. Unless `durable`, it does not wait for the disk:
    faster, and the same to a test that does not cut its power.
    Raises Missing when PostgreSQL is not installed, Broken when it does not start.
    """
    programs = _programs()
    with ExitStack() as stack:
        ground = stack.enter_context(workplace("postgres"))
        data = ground / "data"
        initdb: list[str | Path] = [programs / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8"]
        run([*initdb, "--locale=C.UTF-8", "--no-sync"], ground, patience=START_PATIENCE)
        [port] = free_ports(1)
        settings = ["listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={ground}"]
        settings += () if durable else QUICK
        command: list[str | Path] = [programs / "postgres", "-D", data, *(f"--{one}" for one in settings)]
        program = Program(command, ground, gentle=signal.SIGINT)  # its "fast" stop: SIGTERM waits for clients
        stack.callback(program.stop)
        program.start()
        server = PostgresServer(port, program)
        server.wait()
        server._command("CREATE ROLE {} LOGIN CREATEDB", ROLE, role=OWNER)
        server.closing = stack.pop_all()
    return server


def _programs() -> Path:
    """Return the folder of PostgreSQL's server programs, the newest version of Debian's first."""
    versions = [folder for folder in DEBIAN.glob("*/bin") if (folder / "initdb").exists()]
    if versions:
        return max(versions, key=lambda folder: float(folder.parent.name))
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    raise Missing("no PostgreSQL server programs (Debian: postgresql)")
