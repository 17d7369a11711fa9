"""The database is opened, queued for, lost and full in ways the rest of the house can live with."""

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from knowledgebase.domain.errors import StoreUnavailable
from knowledgebase.store import journal, outbox, sites, sqlite
from knowledgebase.store.engine import Store
from knowledgebase.store.tables import case_topics
from knowledgebase.store.tables import journal as journal_table
from tests.counting import counting
from tests.make import NOON
from tests.stores import keep_case, keep_city, lines, write_line


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "mysql://host/db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///kb.db?mode=ro",
        "postgres://h/d",
        "postgresql://h:port/d",
        "postgresql:///d?foo=bar",
    ],
)
def test_any_other_url_is_refused_by_the_name_of_its_setting(url: str) -> None:
    with pytest.raises(ValueError, match="KB_DATABASE_URL"):
        Store.open(url)


def test_options_that_postgresql_knows_are_accepted() -> None:
    assert Store.open("postgresql://h/d?sslmode=verify-full&host=/run/pg").dialect == "postgresql"


def test_a_refusal_never_shows_a_password() -> None:
    with pytest.raises(ValueError, match="KB_DATABASE_URL") as refused:
        Store.open("mysql://kb:secret@host/kb")

    assert "secret" not in str(refused.value)


def test_opening_makes_the_folder_and_connects_to_nothing(tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path}/a/b/kb.sqlite")

    assert (tmp_path / "a" / "b").is_dir()
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_postgresql_is_reached_through_our_driver() -> None:
    assert Store.open("postgresql://kb@127.0.0.1/kb").engine.driver == "psycopg"


def test_what_is_written_is_read(store: Store) -> None:
    write_line(store)

    assert lines(store) == 1


def test_an_error_undoes_the_whole_block(store: Store) -> None:
    def fail_half_way() -> None:
        with store.writing() as db:
            journal.write(db, at=NOON, by="somebody", action="tried", thing="case:x/y")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail_half_way()

    assert lines(store) == 0


def test_nothing_written_while_reading_stays(store: Store) -> None:
    with store.reading() as db:
        journal.write(db, at=NOON, by="somebody", action="tried", thing="case:x/y")

    assert lines(store) == 0


def test_a_reader_on_sqlite_sees_one_state(sqlite_store: Store) -> None:
    with sqlite_store.reading() as db:
        before = db.scalar(select(func.count()).select_from(journal_table))
        write_line(sqlite_store)
        after = db.scalar(select(func.count()).select_from(journal_table))

    assert (before, after, lines(sqlite_store)) == (0, 0, 1)


def test_moments_come_back_in_utc_to_the_microsecond(store: Store) -> None:
    moment = datetime.fromisoformat("2026-03-04T09:36:07.890123+03:30")
    with store.writing() as db:
        outbox.promise(db, "x/y", 1, moment)

    with store.reading() as db:
        oldest = outbox.facts(db).oldest

    assert oldest == moment
    assert oldest.isoformat() == "2026-03-04T06:06:07.890123+00:00"


def test_a_moment_without_a_time_zone_is_refused(store: Store) -> None:
    naive = datetime(2026, 1, 2)  # noqa: DTZ001  # what is refused

    with pytest.raises(StatementError, match="without a time zone"), store.writing() as db:
        outbox.promise(db, "x/y", 1, naive)


def test_foreign_keys_hold(store: Store) -> None:
    with pytest.raises(IntegrityError), store.writing() as db:
        db.execute(case_topics.insert().values(case_number=99, topic="air", rank=0))


def test_a_value_outside_a_closed_list_is_refused(store: Store) -> None:
    keep_city(store)
    keep_case(store)

    with pytest.raises(IntegrityError), store.writing() as db:
        db.execute(text("update cases set status = 'rumoured'"))


def test_a_wrong_statement_is_not_taken_for_an_absent_database(store: Store) -> None:
    with pytest.raises(DBAPIError), store.reading() as db:
        db.execute(text("select nothing from nowhere"))


def test_statements_are_counted_without_begin(store: Store) -> None:
    with counting(store) as counted, store.writing() as db:
        sites.find(db)
        sites.find(db)

    assert counted.number == 2


def test_sqlite_is_prepared_on_every_connection(sqlite_store: Store) -> None:
    wanted = sqlite.wanted_journal(sqlite.driver().sqlite_version_info)
    with sqlite_store.reading() as first, sqlite_store.reading() as second:
        for db in (first, second):
            told = {
                name: db.scalar(text(f"pragma {name}"))
                for name in ("foreign_keys", "synchronous", "busy_timeout", "journal_mode")
            }

            assert told == {
                "foreign_keys": 1,
                "synchronous": 2,  # FULL
                "busy_timeout": sqlite.BUSY_TIMEOUT,
                "journal_mode": wanted,
            }


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "truncate"),
        ((3, 44, 5), "truncate"),
        ((3, 44, 6), "wal"),
        ((3, 45, 3), "truncate"),
        ((3, 50, 6), "truncate"),
        ((3, 50, 7), "wal"),
        ((3, 51, 2), "truncate"),
        ((3, 51, 3), "wal"),
        ((3, 52, 0), "truncate"),
        ((3, 53, 4), "wal"),
    ],
)
def test_wal_is_used_only_past_its_bug(version: tuple[int, int, int], mode: str) -> None:
    assert sqlite.wanted_journal(version) == mode


def test_another_sqlite_brings_the_file_into_its_own_journal_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/kb.sqlite"
    modes = []
    for version in ((3, 53, 4), (3, 40, 1), (3, 53, 4)):
        monkeypatch.setattr(sqlite, "driver", lambda: sqlite3)
        monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
        store = Store.open(url)
        store.upgrade()
        modes.append(store.facts().journal)
        store.close()

    assert modes == ["wal", "truncate", "wal"]


def test_the_facts_name_the_database_and_no_password(store: Store) -> None:
    facts = store.facts()

    assert facts.dialect == store.dialect
    assert facts.driver in {"pysqlite3", "sqlite3", "psycopg"}
    assert facts.version[0].isdigit()
    assert (facts.journal is None) == (store.dialect == "postgresql")


@pytest.fixture
def made(tmp_path: Path) -> Store:
    """Lend a database file with its schema and one line in its journal."""
    store = Store.open(f"sqlite:///{tmp_path / 'kb.sqlite'}")
    store.upgrade()
    write_line(store)
    return store


def test_a_file_that_is_gone_is_not_replaced_and_serves_again_when_it_is_back(
    made: Store, tmp_path: Path
) -> None:
    file, away = tmp_path / "kb.sqlite", tmp_path / "away"
    made.close()
    file.rename(away)

    with pytest.raises(StoreUnavailable):
        lines(made)
    assert not file.exists()
    away.rename(file)

    assert lines(made) == 1


def test_a_restored_file_is_read_at_once(made: Store, tmp_path: Path) -> None:
    file = tmp_path / "kb.sqlite"
    made.close()
    backup = file.read_bytes()
    write_line(made)
    assert lines(made) == 2

    for path in tmp_path.glob("kb.sqlite*"):
        path.unlink()
    file.write_bytes(backup)

    assert lines(made) == 1
