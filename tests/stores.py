"""Stores for tests: SQLite in a file and PostgreSQL on a real server, each test on an empty one."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.record import CaseRecord, CityRecord, Origin
from knowledgebase.store import case_writing, city_writing, journal
from knowledgebase.store.engine import Store
from knowledgebase.store.tables import journal as journal_table
from knowledgebase.store.tables import metadata
from tests.make import NOON, a_case, a_city, a_rendered, some_tags
from tests.servers.postgres import PostgresServer


@pytest.fixture(params=["sqlite_store", pytest.param("postgres_store", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> Store:
    """Lend an empty store at the newest migration, once on each database."""
    lent: Store = request.getfixturevalue(request.param)
    return lent


@pytest.fixture
def sqlite_store(upgraded_file: Path, tmp_path: Path) -> Iterator[Store]:
    """Lend an empty SQLite store in a file of its own."""
    file = tmp_path / "kb.sqlite"
    shutil.copyfile(upgraded_file, file)
    lent = Store.open(f"sqlite:///{file}")
    yield lent
    lent.close()


@pytest.fixture
def postgres_store(upgraded_database: str) -> Iterator[Store]:
    """Lend an empty PostgreSQL store: the run's database, emptied."""
    lent = Store.open(upgraded_database)
    full = ", ".join(table.name for table in metadata.sorted_tables if table.name != "site")
    with lent.writing() as db:
        db.execute(text(f"truncate {full} restart identity cascade"))
        db.execute(text("update site set epoch = 0"))
    yield lent
    lent.close()


@pytest.fixture(scope="session")
def upgraded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one SQLite file at the newest migration, to be copied."""
    file = tmp_path_factory.mktemp("store") / "kb.sqlite"
    upgraded = Store.open(f"sqlite:///{file}")
    upgraded.upgrade()
    upgraded.close()
    return file


@pytest.fixture(scope="session")
def upgraded_database(postgres_server: PostgresServer) -> str:
    """Make one PostgreSQL database at the newest migration, to be emptied for each test."""
    url = postgres_server.create_database()
    upgraded = Store.open(url)
    upgraded.upgrade()
    upgraded.close()
    return url


def keep_city(store: Store, city: City | None = None, **how: Any) -> CityRecord:
    """Store a city as an import would."""
    means: dict[str, Any] = {"origin": Origin.FILE, "folder": "content", "at": NOON, "by": "import"}
    means |= {"what": "published"} | how
    with store.writing() as db:
        return city_writing.put(db, city or a_city(), a_rendered("A city."), **means)


def keep_case(store: Store, case: Case | None = None, plain: str = "Smog.", **how: Any) -> CaseRecord:
    """Store a case as an import would, its words folded by lower case."""
    case = case or a_case()
    sought = " ".join((case.title, case.summary, *case.tags)).lower()
    means: dict[str, Any] = {"origin": Origin.FILE, "folder": "content", "at": NOON, "by": "import"}
    means |= {"what": "published", "tags": some_tags(*case.tags), "sought": sought} | how
    with store.writing() as db:
        return case_writing.put(db, case, a_rendered(plain), **means)


def write_line(store: Store, by: str = "somebody", *, wait: float = 5.0) -> None:
    """Write something small, so that a test sees a write."""
    with store.writing(wait=wait) as db:
        journal.write(db, at=NOON, by=by, action="tried", thing="case:x/y")


def lines(store: Store) -> int:
    """Return the number of lines of the journal."""
    with store.reading() as db:
        return db.scalar(select(func.count()).select_from(journal_table)) or 0
