"""Writers take turns, readers do not wait, and a database that goes away is said to be away."""

import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from knowledgebase.domain.errors import StoreUnavailable
from knowledgebase.store import engine, journal, sites, sqlite
from knowledgebase.store.engine import Store
from tests.make import NOON
from tests.stores import lines, write_line

TINY = 4  # MB of the disk that runs full


def test_a_writer_waits_no_longer_than_it_was_told(sqlite_store: Store) -> None:
    with sqlite_store.writing(), pytest.raises(StoreUnavailable, match="no turn"):
        write_line(sqlite_store, wait=0.1)


def test_a_writer_holds_the_lock_from_its_beginning(sqlite_store: Store) -> None:
    driver = sqlite.driver()  # two builds of SQLite in one process would not see each other's locks
    raw = driver.connect(str(sqlite_store.engine.url.database), timeout=0, isolation_level=None)

    with sqlite_store.writing(), pytest.raises(driver.OperationalError, match="locked"):
        raw.execute("begin immediate")
    raw.close()


def test_a_turn_given_up_is_not_held_for_ever(sqlite_store: Store) -> None:
    with sqlite_store.writing(), pytest.raises(StoreUnavailable):
        write_line(sqlite_store, wait=0.05)
    for thread in threading.enumerate():
        if thread.name == "store-turn":
            thread.join(5)

    write_line(sqlite_store, wait=0.5)

    assert lines(sqlite_store) == 1


def test_threads_take_turns(sqlite_store: Store) -> None:
    threads = [threading.Thread(target=write_line, args=(sqlite_store, str(number))) for number in range(12)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert lines(sqlite_store) == 12


def test_a_reader_is_not_held_up_by_a_writer(store: Store) -> None:
    with store.writing() as db:
        journal.write(db, at=NOON, by="somebody", action="tried", thing="case:x/y")
        during = lines(store)

    assert (during, lines(store)) == (0, 1)


def test_a_forked_child_opens_connections_of_its_own(store: Store) -> None:
    write_line(store, "parent")
    with store.reading() as db:
        inherited = db.connection.driver_connection

    child = os.fork()
    if child == 0:
        write_line(store, "child")
        with store.reading() as db:
            is_own = db.connection.driver_connection is not inherited
        os._exit(0 if is_own and lines(store) == 2 else 1)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    assert ended == 0
    assert lines(store) == 2


def test_a_closed_store_may_be_used_again(store: Store) -> None:
    store.close()

    write_line(store)

    assert lines(store) == 1


def test_an_absent_server_is_unavailable() -> None:
    store = Store.open("postgresql://kb@127.0.0.1:1/kb")

    with pytest.raises(StoreUnavailable), store.reading() as db:
        sites.find(db)


def test_a_lost_connection_costs_one_answer(postgres_store: Store) -> None:
    other = Store.open(postgres_store.engine.url.render_as_string(hide_password=False))
    with postgres_store.reading() as db:
        session = db.scalar(text("select pg_backend_pid()"))
    with other.writing() as db:
        db.execute(text("select pg_terminate_backend(:session, 5000)"), {"session": session})
    other.close()

    with pytest.raises(StoreUnavailable):
        lines(postgres_store)

    assert lines(postgres_store) == 0


def test_a_locked_row_is_unavailable_after_a_while(
    postgres_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(engine.POSTGRES_LIMITS, "lock_timeout", 100)  # milliseconds
    impatient = Store.open(postgres_store.engine.url.render_as_string(hide_password=False))

    with postgres_store.writing() as db:
        db.execute(text("update site set epoch = 1"))
        with pytest.raises(StoreUnavailable), impatient.writing() as other:
            other.execute(text("update site set epoch = 2"))
    impatient.close()


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """Lend a folder on a disk of a few MB."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    folder = tmp_path / "tiny"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={TINY}m", "tmpfs", str(folder)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let root mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_refuses_cleanly_and_heals(tiny_disk: Path) -> None:
    ballast = tiny_disk / "ballast"
    ballast.write_bytes(bytes(1_000_000))
    store = Store.open(f"sqlite:///{tiny_disk}/kb.sqlite")
    store.upgrade()
    acknowledged: list[int] = []

    with pytest.raises(StoreUnavailable, match="full"):
        write_until_refused(store, acknowledged)
    held = lines(store)
    ballast.unlink()
    write_line(store, "small")

    assert len(acknowledged) == held > 10
    assert lines(store) == held + 1
    with store.reading() as db:
        assert db.scalar(text("pragma integrity_check")) == "ok"
    store.close()


def write_until_refused(store: Store, acknowledged: list[int]) -> None:
    for number in range(10_000):
        write_line(store, "x" * 20_000)
        acknowledged.append(number)
