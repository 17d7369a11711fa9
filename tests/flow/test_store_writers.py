"""Many writers at once, and writers that die half-way: nothing is locked out, lost or half there."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import event, func, select, text

from knowledgebase.domain.case import Case
from knowledgebase.store import case_writing, cases, files, sqlite
from knowledgebase.store.engine import Store
from knowledgebase.store.tables import case_revisions, case_topics, journal, outbox
from knowledgebase.store.tables import cases as case_table
from knowledgebase.store.values import ImportedFile, Thing
from tests.make import LATER, a_case
from tests.stores import keep_case, keep_city

WRITERS = 4
ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from tests.flow import test_store_writers as me
me.count_up(sys.argv[1], int(sys.argv[2]), sys.argv[3])
"""


def count_up(url: str, times: int, driver: str) -> None:
    """Read a number and write the next one, again and again; runs in a process of its own."""
    if driver == "sqlite3":
        sqlite.driver = standard_library
    store = Store.open(url)
    for _ in range(times):
        with store.writing() as db:
            number = int(files.of_folder(db, "content")["counter"].digest)
            files.put(db, "content", counter(number + 1))


def standard_library() -> ModuleType:
    return sqlite3


def counter(number: int) -> ImportedFile:
    return ImportedFile("counter", Thing.CASE, "x/y", str(number), "1")


@pytest.mark.parametrize(("driver", "times"), [("best", 200), ("sqlite3", 60)])
def test_four_writers_never_meet_a_lock_and_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, driver: str, times: int
) -> None:
    if driver == "sqlite3":
        monkeypatch.setattr(sqlite, "driver", standard_library)
    url = f"sqlite:///{tmp_path}/kb.sqlite"
    store = Store.open(url)
    store.upgrade()
    with store.writing() as db:
        files.put(db, "content", counter(0))

    command = [sys.executable, "-c", WRITER, url, str(times), driver]
    writers = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(WRITERS)]
    said = [writer.communicate(timeout=60)[1] for writer in writers]

    assert said == [""] * WRITERS
    with store.reading() as db:
        assert files.of_folder(db, "content")["counter"].digest == str(WRITERS * times)
    store.close()


def die_before(store: Store, statement: int, act: Callable[[Store], None]) -> None:
    """Do something in a child that kills itself just before it sends its nth statement."""
    url = store.engine.url.render_as_string(hide_password=False)
    store.close()
    child = os.fork()
    if child == 0:
        mine = Store.open(url)
        sent = 0

        def count(*_: object) -> None:
            nonlocal sent
            sent += 1
            if sent == statement:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(mine.engine, "before_cursor_execute", count)
        act(mine)
        os._exit(0)
    os.waitpid(child, 0)


def publish(store: Store) -> None:
    keep_case(store, a_case("tehran/new"))


def revise(store: Store) -> None:
    keep_case(store, a_case(title="Cleaner air zone"), what="revised", at=LATER)


def withdraw(store: Store) -> None:
    with store.writing() as db:
        case_writing.withdraw(db, "tehran/clean-air", at=LATER, by="somebody")


def rename(store: Store) -> None:
    with store.writing() as db:
        case_writing.rename(db, "tehran/clean-air", "tehran/cleaner-air", at=LATER, by="somebody")


@pytest.mark.parametrize("act", [publish, revise, withdraw, rename])
def test_a_writer_killed_half_way_leaves_no_trace(store: Store, act: Callable[[Store], None]) -> None:
    keep_city(store)
    keep_case(store, a_case())
    before = picture(store)

    for statement in range(1, 9):
        die_before(store, statement, act)

        assert picture(store) == before


def test_a_writer_killed_after_its_commit_has_written_all(store: Store) -> None:
    keep_city(store)

    def publish_and_die(mine: Store) -> None:
        publish(mine)
        os.kill(os.getpid(), signal.SIGKILL)

    die_before(store, 0, publish_and_die)

    with store.reading() as db:
        record = cases.find(db, "tehran/new")
        assert record is not None
        assert record.case == a_case("tehran/new")
        for table in (case_table, case_revisions, case_topics, outbox):
            assert db.scalar(select(func.count()).select_from(table)) == 1


def picture(store: Store) -> list[object]:
    """Return everything that a change of a case writes."""
    with store.reading() as db:
        tables = (case_table, case_revisions, case_topics, journal, outbox)
        rows = [tuple(db.execute(select(table).order_by(text("1, 2"))).all()) for table in tables]
        return [*rows, db.scalar(text("select count(*) from former_addresses"))]


def test_a_killed_writer_frees_its_turn(sqlite_store: Store) -> None:
    keep_city(sqlite_store)
    die_before(sqlite_store, 3, publish)

    keep_case(sqlite_store, a_case("tehran/next"))

    assert stored(sqlite_store, "tehran/next") == a_case("tehran/next")


def stored(store: Store, case_id: str) -> Case | None:
    with store.reading() as db:
        record = cases.find(db, case_id)
    return record.case if record else None
