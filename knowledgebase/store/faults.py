"""Driver errors in the words of the exchange: nothing above store/ knows a database's own errors."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolIsEmpty

from knowledgebase.domain.errors import StoreUnavailable
from knowledgebase.store import sqlite
from knowledgebase.store.tables import metadata

# Primary result codes of SQLite that say "not now", "no room" or "not readable", never "wrong statement".
_SQLITE_PASSING = frozenset({5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26})
_SQLITE_TAKEN = "UNIQUE constraint failed"  # pysqlite3 gives no extended code, so its words must do
_POSTGRES_TAKEN = "23505"
_MISSING = re.compile(r'(?:no such table: |relation ")(\w+)')  # as SQLite and as PostgreSQL say it


def is_passing(error: DBAPIError) -> bool:
    """Say whether the database could not serve, as against a statement that was wrong."""
    if error.connection_invalidated:
        return True
    code = getattr(error.orig, "sqlite_errorcode", None)
    if isinstance(code, int):
        return code & 0xFF in _SQLITE_PASSING
    return isinstance(error, OperationalError | InterfaceError)


def is_taken(error: IntegrityError) -> bool:
    """Say whether a row was refused because another one holds its key."""
    if getattr(error.orig, "sqlstate", None) == _POSTGRES_TAKEN:
        return True
    return str(error.orig).startswith(_SQLITE_TAKEN)


def _is_not_upgraded(error: DBAPIError) -> bool:
    """Say whether a table of ours is not there: migrations have not run."""
    missing = _MISSING.match(str(error.orig))
    return missing is not None and missing.group(1) in metadata.tables


@contextmanager
def translated() -> Iterator[None]:
    """Let StoreUnavailable out where the database was locked, full, gone or not reachable."""
    try:
        yield
    except PoolIsEmpty as error:
        raise StoreUnavailable("no free connection") from error
    except DBAPIError as error:
        if _is_not_upgraded(error):
            raise StoreUnavailable("the schema is missing or old; run `kb upgrade` first") from error
        if not is_passing(error):
            raise
        raise StoreUnavailable(str(error.orig)) from error
    except sqlite.driver().DatabaseError as error:  # of a connection that we use below SQLAlchemy
        raise StoreUnavailable(str(error)) from error
