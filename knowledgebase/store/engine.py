"""The database: how it is opened, and the only two ways to work in it."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self

from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError

from knowledgebase.store import sqlite, upgrading
from knowledgebase.store.faults import translated
from knowledgebase.store.patience import Patience, waiting
from knowledgebase.store.turns import turn

WRITE_WAIT = 5.0  # seconds a writer waits for its turn
UPGRADE_WAIT = 60.0  # seconds an upgrade waits for its turn
POOL = 16  # connections of one process at most, half of them kept
POOL_WAIT = 5.0  # seconds
PAGE_WAIT = 4.0  # seconds that an answer to a reader may wait for the server of a database in all
PAGE_CONNECT = 2  # seconds of these for one address of the server
POSTGRES_LIMITS = {  # milliseconds by the server's own clock; patience.py has ours, for one that stands still
    "lock_timeout": 5_000,
    "statement_timeout": 30_000,
}
SETTING = "KB_DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Facts:
    """What an operator wants to know about a database."""

    dialect: str  # "sqlite" or "postgresql"
    driver: str
    version: str  # of SQLite or of the PostgreSQL server
    journal: str | None  # SQLite's journal mode
    place: str  # file, or host and database; never the password


class Store:
    """One database. Nothing is opened before the first `reading()` or `writing()` of each process."""

    def __init__(self, url: URL) -> None:
        """Prepare a database whose URL is known to be good; use `Store.open`."""
        self.dialect = url.get_backend_name()
        self._file = Path(url.database).absolute() if self.dialect == "sqlite" and url.database else None
        self.engine = _sqlite_engine(url, self._file) if self._file else _postgres_engine(url)
        self._pid = os.getpid()
        self._inherited: list[object] = []

    @classmethod
    def open(cls, url: str) -> Self:
        """Return the store of a URL, and make the folder of its file; connects to nothing.

        Raises ValueError naming KB_DATABASE_URL when the URL is not one of the two kinds.
        """
        accepted = _accept(url)
        if accepted.get_backend_name() == "sqlite" and accepted.database:
            try:
                Path(accepted.database).absolute().parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise ValueError(f"{SETTING}: cannot make the folder: {error}") from error
        return cls(accepted)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection in one transaction that sees one state and is rolled back at the end.

        Raises StoreUnavailable when the database does not serve.
        """
        with translated(), self._here().connect() as db, db.begin() as transaction:
            yield db
            transaction.rollback()

    @contextmanager
    def writing(self, *, wait: float = WRITE_WAIT) -> Iterator[Connection]:
        """Lend a connection in one transaction, committed at the end, undone by an error.

        On SQLite the turn of this writer ends after COMMIT.
        Raises StoreUnavailable when the database does not serve or no turn comes within `wait` seconds.
        """
        with ExitStack() as stack:
            stack.enter_context(translated())
            self._take_turn(stack, wait)
            db = stack.enter_context(self._here().connect())
            db = db.execution_options(**{sqlite.IMMEDIATE: True})
            stack.enter_context(db.begin())
            yield db

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Let what this thread asks inside the block wait no longer than a reader would, all together.

        Raises nothing itself: `reading()` and `writing()` inside raise StoreUnavailable sooner.
        """
        with waiting(Patience(answer=PAGE_WAIT, connect=PAGE_CONNECT, left=PAGE_WAIT)):
            yield

    def upgrade(self) -> None:
        """Bring the schema to the newest migration; does nothing when it is there already.

        Raises StoreUnavailable when the database does not serve, or knows newer migrations than this code.
        """
        with ExitStack() as stack:
            stack.enter_context(translated())
            self._take_turn(stack, UPGRADE_WAIT)
            engine = self._here()
            if self._file:
                self._file.touch()  # nothing else makes the file: one that is gone is told, not replaced
                sqlite.settle_journal(engine, _wanted_journal())
            if not self.is_current():
                upgrading.upgrade(engine)

    def is_current(self) -> bool:
        """Say whether the schema is at the newest migration of this code; it is not where no file is yet."""
        if self._file and not self._file.exists():
            return False
        with self.reading() as db:
            return upgrading.revision(db) == upgrading.newest()

    def facts(self) -> Facts:
        """Return what serves this store. Raises StoreUnavailable when the database does not serve."""
        with self.reading() as db:
            if self._file:
                driver, _, _ = sqlite.driver().__name__.partition(".")
                journal = sqlite.journal(db.connection.driver_connection)
                version = db.scalar(text("select sqlite_version()"))
                return Facts("sqlite", driver, str(version), journal, str(self._file))
            version = db.scalar(text("show server_version"))
        url = self.engine.url
        return Facts("postgresql", "psycopg", str(version), None, f"{url.host or 'local'}/{url.database}")

    def close(self) -> None:
        """Give back all connections; the store may be used again."""
        self._here().dispose()

    def _take_turn(self, stack: ExitStack, wait: float) -> None:
        if self._file:
            stack.enter_context(turn(self._file.with_name(self._file.name + ".lock"), wait))

    def _here(self) -> Engine:
        """Return the engine with connections of this process only: those from before a fork are not ours."""
        if self._pid != os.getpid():
            self._inherited.append(self.engine.pool)  # kept, so that nothing of the parent's is closed here
            self.engine.dispose(close=False)
            self._pid = os.getpid()
        return self.engine


def _accept(url: str) -> URL:
    """Return the URL with our driver. Raises ValueError naming the setting, never showing a password."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # the latter: a port that is no number
        raise ValueError(f"{SETTING}: not a database URL") from None
    if parsed.drivername == "sqlite":
        if not parsed.database or parsed.database == ":memory:" or parsed.query or parsed.host:
            raise ValueError(
                f"{SETTING}: a file is needed: sqlite:///relative/path or sqlite:////absolute/path"
            )
        return parsed
    if parsed.drivername in {"postgresql", "postgresql+psycopg"}:
        _require_known(parsed.query)
        return parsed.set(drivername="postgresql+psycopg")
    raise ValueError(f"{SETTING}: {parsed.drivername} is neither sqlite:///path nor postgresql://")


def _require_known(options: Mapping[str, object]) -> None:
    """Raise ValueError naming the setting where PostgreSQL's library knows no such option."""
    # heavy: brings the driver
    from psycopg import ProgrammingError
    from psycopg.conninfo import make_conninfo

    for name, value in options.items():
        try:
            make_conninfo(**{name: str(value)})
        except ProgrammingError:
            raise ValueError(f"{SETTING}: PostgreSQL knows no option {name}") from None


def _wanted_journal() -> str:
    return sqlite.wanted_journal(sqlite.driver().sqlite_version_info)


def _sqlite_engine(url: URL, file: Path) -> Engine:
    engine = create_engine(
        url,
        module=sqlite.driver(),
        creator=partial(sqlite.connect_to, file),
        pool_size=POOL // 2,
        max_overflow=POOL // 2,
        pool_timeout=POOL_WAIT,
    )
    sqlite.prepare(engine, _wanted_journal(), file)
    return engine


def _postgres_engine(url: URL) -> Engine:
    # heavy: brings the driver
    from knowledgebase.store import postgres

    limits = " ".join(f"-c {name}={value}" for name, value in POSTGRES_LIMITS.items())
    engine = create_engine(
        url,
        pool_size=POOL // 2,
        max_overflow=POOL // 2,
        pool_timeout=POOL_WAIT,
        connect_args={"options": limits} | postgres.LINE,
    )
    postgres.prepare(engine)
    return engine
