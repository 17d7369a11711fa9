"""The schema's way forward: Alembic, run by us on a connection of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from knowledgebase.domain.errors import StoreUnavailable
from knowledgebase.store import sqlite
from knowledgebase.store.patience import Patience, waiting

FOLDER = Path(__file__).parents[2] / "migrations"
LONG = Patience(answer=3_600.0, connect=5)  # a big table is rebuilt in one statement
ONE_UPGRADE = 5_043_011_720  # key of the PostgreSQL lock that keeps two upgrades apart


def newest() -> str:
    """Return the number of the newest migration of this code, e.g. "0004"."""
    return max(path.name.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*_*.py"))


def revision(db: Connection) -> str | None:
    """Return the number of the migration a database stands at, None for an empty one."""
    if not inspect(db).has_table("alembic_version"):
        return None
    found: str | None = db.scalar(text("select version_num from alembic_version"))
    return found


def upgrade(engine: Engine) -> None:
    """Run every migration that is missing, all in one transaction.

    Raises StoreUnavailable when the database stands at a migration that this code does not have.
    """
    # heavy, and needed only while a schema changes
    from alembic.command import upgrade as run
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    with migrating(engine) as db:
        config.attributes["connection"] = db
        try:
            run(config, "head")
        except CommandError as error:
            raise StoreUnavailable(f"the schema is newer than this program: {error}") from error


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """Lend a connection on which tables may be rebuilt, in one transaction.

    On SQLite foreign keys are off before it begins: a rebuilt table is dropped on the way, which
    would take the rows of its children along, without an error. They are checked before the end.
    Raises StoreUnavailable, and changes nothing, when a foreign key is broken then.
    """
    with engine.connect() as db:
        if engine.dialect.name == "sqlite":
            with _without_foreign_keys(db), db.execution_options(**{sqlite.IMMEDIATE: True}).begin():
                yield db
                _check_foreign_keys(db)
            return
        with waiting(LONG), db.begin():
            db.execute(text("set local statement_timeout = 0"))
            db.execute(text("set local lock_timeout = '60s'"))
            db.execute(text("select pg_advisory_xact_lock(:key)"), {"key": ONE_UPGRADE})
            yield db


@contextmanager
def _without_foreign_keys(db: Connection) -> Iterator[None]:
    """Switch the rules off outside of any transaction, the only place where SQLite listens."""
    raw: Any = db.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _check_foreign_keys(db: Connection) -> None:
    broken = db.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = sorted({str(row[0]) for row in broken})
        raise StoreUnavailable(f"the migration breaks foreign keys of {', '.join(tables)}")
