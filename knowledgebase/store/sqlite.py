"""What only SQLite needs: its newer build, its pragmas, its journal."""

import importlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT = 5_000  # milliseconds; for readers and checkpoints, writers have their own queue
JOURNAL_LIMIT = 64 * 1024 * 1024  # bytes kept of a journal that once was longer
_FILE = "kb_file"  # of a pooled connection: the identity of its file
IMMEDIATE = "kb_writes"  # execution option: this connection takes the write lock when it begins


def driver() -> ModuleType:
    """Return the SQLite driver: pysqlite3, which brings a newer SQLite, or Python's own."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")  # has no wheel for every platform, and no stubs
    except ImportError:
        return sqlite3


def has_wal_fix(version: tuple[int, ...]) -> bool:
    """Say whether this SQLite is past the WAL-reset bug (3.7.0 to 3.51.2; two backports)."""
    series, patch = version[:2], version[2]
    backports = {(3, 44): 6, (3, 50): 7, (3, 51): 3}
    if series in backports:
        return patch >= backports[series]
    return series >= (3, 53)  # 3.52.0 was withdrawn


def wanted_journal(version: tuple[int, ...]) -> str:
    """Return the journal mode that is safe with this SQLite."""
    return "wal" if has_wal_fix(version) else "truncate"


def connect_to(file: Path) -> Any:
    """Return a connection to a file that is there: an empty one in its place would hide that it is gone."""
    if not file.exists():
        raise driver().OperationalError(f"{file} is not there (kb upgrade makes a new one)")
    return driver().connect(f"file:{quote(str(file))}?mode=rw", uri=True, check_same_thread=False)


def prepare(engine: Engine, wanted: str, file: Path) -> None:
    """Make every connection of this engine begin as we say, with our pragmas, and end with its file."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, record: ConnectionPoolEntry) -> None:
        record.info[_FILE] = _identity(file)
        connection.isolation_level = None  # the driver begins nothing by itself
        pragmas = [f"busy_timeout={BUSY_TIMEOUT}", "foreign_keys=ON", "synchronous=FULL"]
        _set(connection, [*pragmas, f"journal_size_limit={JOURNAL_LIMIT}"])
        if wanted != "wal" and journal(connection) != "wal":
            _set(connection, [f"journal_mode={wanted}"])  # each connection's own, takes no lock

    @event.listens_for(engine, "checkout")
    def checkout(_connection: object, record: ConnectionPoolEntry, _proxy: object) -> None:
        if record.info[_FILE] != _identity(file):
            raise DisconnectionError("the file of the database is another one now")

    @event.listens_for(engine, "begin")
    def begin(db: Connection) -> None:
        if db.get_execution_options().get(IMMEDIATE, False):
            db.exec_driver_sql("BEGIN IMMEDIATE")
        else:  # takes no lock yet, so it cannot fail: past the toolkit, at a tenth of the time
            raw: Any = db.connection.driver_connection
            raw.execute("BEGIN").close()


def _identity(file: Path) -> int | None:
    """Return what tells a file from another one in its place; None where there is none."""
    try:
        return file.stat().st_ino
    except OSError:
        return None


def settle_journal(engine: Engine, wanted: str) -> None:
    """Bring the file into the wanted journal mode: at its creation, or where another SQLite serves it now."""
    raw = engine.raw_connection()
    try:
        if journal(raw.driver_connection) != wanted:
            _set(raw.driver_connection, [f"journal_mode={wanted}"])
    finally:
        raw.close()


def journal(connection: Any) -> str:
    """Return the journal mode of a driver connection."""
    row = connection.execute("PRAGMA journal_mode").fetchone()
    return str(row[0])


def _set(connection: Any, pragmas: Iterable[str]) -> None:
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").close()
