"""A PostgreSQL that stands still holds neither page nor worker, and is used again when it goes on."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Executable, event, text
from werkzeug.test import TestResponse

from knowledgebase.app import create_app
from knowledgebase.cli.content import bring_in
from knowledgebase.config import Settings
from knowledgebase.domain.errors import StoreUnavailable
from knowledgebase.services import rebuilding
from knowledgebase.services.working import work
from knowledgebase.store import engine, patience, upgrading
from knowledgebase.store.engine import PAGE_WAIT, Store
from knowledgebase.store.patience import REST
from knowledgebase.store.postgres import CANCEL_WAIT
from tests.servers.postgres import PostgresServer
from tests.sites import Folder, found, publish, site_of

SOON = PAGE_WAIT + CANCEL_WAIT + 1.0  # seconds a page may take at most, with a slow machine's share
PAGES = ("/fa/", "/en/cases/tehran/case-1", "/en/search?q=smoke", "/api/v1/cities", "/readyz")
LINE_OPTIONS = (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT, socket.TCP_USER_TIMEOUT)
REVISIONS = text("select id, count(*) from cases join case_revisions on case_number = number group by id")
WAITING = text("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
SLEEPING = text("select count(*) from pg_stat_activity where query like '%pg_sleep(20)' and state = 'active'")

both_ways = pytest.mark.parametrize("address", ["tcp", "socket"], indirect=True)


@pytest.fixture
def address(request: pytest.FixtureRequest, postgres_server: PostgresServer) -> str:
    """Lend the address of an empty database, through the network or through a socket of the machine."""
    url = postgres_server.create_database()
    if getattr(request, "param", "tcp") == "tcp":
        return url
    name = url.rpartition("/")[2]
    return f"postgresql://kb@/{name}?host={postgres_server.program.folder}&port={postgres_server.port}"


@pytest.fixture
def frozen_app(address: str, tmp_path: Path, folder: Folder) -> Iterator[Flask]:
    """Lend an application with a few cases whose database the test will freeze."""
    app = create_app(Settings(instance=tmp_path / "instance", secret_key="k" * 32, database_url=address))
    app.testing = True
    site = site_of(app)
    site.store.upgrade()
    with app.app_context():
        rebuilding.reindex(site)
    for number in range(3):
        folder.case(f"tehran/case-{number}")
    publish(site, folder)
    yield app
    site.close()


@pytest.fixture
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let importer and worker wait a second instead of most of a minute."""
    monkeypatch.setattr(patience.WORK, "answer", 1.0)


@contextmanager
def frozen(server: PostgresServer) -> Iterator[None]:
    """Let the server stand still while the block runs."""
    server.pause()
    try:
        yield
    finally:
        server.resume()


def timed(app: Flask, path: str) -> tuple[TestResponse, float]:
    """Return the answer to a reader, and the seconds it took."""
    began = time.monotonic()
    answer = app.test_client().get(path)
    return answer, time.monotonic() - began


def ask_for_all(readers: ThreadPoolExecutor, app: Flask) -> list[tuple[TestResponse, float]]:
    """Return the answers to as many readers at once as there are pages, with their seconds."""
    return list(readers.map(lambda path: timed(app, path), PAGES))


def until(is_so: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Say whether something became true in time."""
    deadline = time.monotonic() + seconds
    while not (so := is_so()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return so


def count(store: Store, question: Executable) -> int:
    """Return the one number that a question is answered with."""
    with store.reading() as db:
        return int(db.execute(question).scalar() or 0)


def revisions(app: Flask) -> dict[str, int]:
    """Return how many revisions are kept of each case."""
    with site_of(app).store.reading() as db:
        rows = db.execute(
            text(
                "select id, count(*) from cases join case_revisions on case_number = cases.number group by id"
            )
        ).all()
    return {case_id: number for case_id, number in rows}  # noqa: C416 - rows are no pairs to a type checker


def import_by_command(app: Flask, folder: Folder) -> Result:
    """Import as an operator does."""
    with app.app_context():
        return app.test_cli_runner().invoke(args=["kb", "import", str(folder.path)])


@both_ways
def test_pages_are_refused_soon_while_it_is_frozen_and_served_again_after(
    frozen_app: Flask, postgres_server: PostgresServer
) -> None:
    with ThreadPoolExecutor(len(PAGES)) as readers:
        before = ask_for_all(readers, frozen_app)
        with frozen(postgres_server):
            first = ask_for_all(readers, frozen_app)
            second = ask_for_all(readers, frozen_app)
            alive, _ = timed(frozen_app, "/healthz")
        is_back = until(lambda: timed(frozen_app, "/fa/")[0].status_code == 200, REST + 1.0)
        after = ask_for_all(readers, frozen_app)

    assert is_back
    assert {answer.status_code for answer, _ in before + after} == {200}
    assert {answer.status_code for answer, _ in first + second} == {503}
    assert max(seconds for _, seconds in first) < SOON
    assert sorted(seconds for _, seconds in second)[-2] < 0.5  # one finds out for all
    assert all("Retry-After" in answer.headers for answer, _ in first[:-1])
    assert alive.status_code == 200


@both_ways
def test_a_page_that_was_being_answered_is_refused_soon(
    frozen_app: Flask, address: str, postgres_server: PostgresServer
) -> None:
    other = Store.open(address)
    with ThreadPoolExecutor(1) as reader, other.writing() as holder:
        holder.execute(text("lock table cases in access exclusive mode"))
        asked = reader.submit(timed, frozen_app, "/en/cases/tehran/case-1")
        is_in_flight = until(lambda: count(other, WAITING) > 0)
        with frozen(postgres_server):
            answer, seconds = asked.result(timeout=20)
    other.close()

    assert is_in_flight
    assert answer.status_code == 503
    assert seconds < SOON
    assert until(lambda: timed(frozen_app, "/en/cases/tehran/case-1")[0].status_code == 200, REST + 1.0)


@pytest.mark.usefixtures("in_a_hurry")
def test_the_worker_waits_and_comes_back(
    frozen_app: Flask, postgres_server: PostgresServer, folder: Folder
) -> None:
    site = site_of(frozen_app)
    stop = Event()
    with ThreadPoolExecutor(1) as pool:
        worker = pool.submit(work, site, is_stopped=stop.is_set)
        with frozen(postgres_server):
            time.sleep(3)
            lived = worker.running()
        folder.case("tehran/later", title="Afterwards")
        bring_in(site, folder.path)
        is_found = until(lambda: found(site, "afterwards") == ["tehran/later"], 20)
        stop.set()

    assert lived
    assert is_found


@pytest.mark.usefixtures("in_a_hurry")
@pytest.mark.parametrize("moment", ["first-statement", "commit"])
def test_an_import_of_unknown_outcome_is_no_success_and_the_next_one_mends_it(
    frozen_app: Flask, postgres_server: PostgresServer, folder: Folder, moment: str
) -> None:
    watched = site_of(frozen_app).store.engine
    folder.case("tehran/case-1", title="Changed")
    folder.case("tehran/new", title="Brand new")
    halted: list[str] = []

    def freeze(*met: object) -> None:
        statement = str(met[2]).lower() if len(met) > 2 else "commit"
        is_it = moment == "commit" if statement == "commit" else statement.startswith(("insert", "update"))
        if is_it and not halted:
            halted.append(statement)
            postgres_server.pause()

    event.listen(watched, "commit" if moment == "commit" else "before_cursor_execute", freeze)
    try:
        ended = import_by_command(frozen_app, folder)
    finally:
        postgres_server.resume()

    assert halted
    assert ended.exit_code == 1
    assert "database (KB_DATABASE_URL): the server did not answer within 1.0 s" in ended.output
    again = import_by_command(frozen_app, folder)
    publish(site_of(frozen_app), folder)
    assert again.exit_code == 0
    assert revisions(frozen_app) == {
        "tehran/case-0": 1,
        "tehran/case-1": 2,
        "tehran/case-2": 1,
        "tehran/new": 1,
    }
    assert found(site_of(frozen_app), "changed") == ["tehran/case-1"]
    assert found(site_of(frozen_app), "brand") == ["tehran/new"]


@pytest.mark.usefixtures("in_a_hurry")
def test_what_is_too_long_to_be_sent_at_once_holds_nobody(
    postgres_store: Store, postgres_server: PostgresServer
) -> None:
    long = "x" * 50_000_000
    with postgres_store.reading() as db:
        db.execute(text("select 1"))  # a connection in the pool

    began = time.monotonic()
    with frozen(postgres_server), pytest.raises(StoreUnavailable), postgres_store.reading() as db:
        db.execute(text("select length(:long)"), {"long": long})
    seconds = time.monotonic() - began

    assert seconds < 1.0 + CANCEL_WAIT + 1.0
    with postgres_store.reading() as db:
        assert db.scalar(text("select length(:long)"), {"long": long}) == len(long)


def test_a_statement_that_a_reader_no_longer_waits_for_is_stopped(
    postgres_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PAGE_WAIT", 1.0)

    with pytest.raises(StoreUnavailable), postgres_store.answering(), postgres_store.reading() as db:
        db.execute(text("select pg_sleep(20)"))

    with postgres_store.answering():  # the server lives, so the next reader is served at once
        assert count(postgres_store, text("select 7")) == 7
    assert until(lambda: count(postgres_store, SLEEPING) == 0, 3)


def test_all_statements_of_a_page_share_its_time(
    postgres_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PAGE_WAIT", 2.0)
    began = time.monotonic()

    with postgres_store.answering():
        with postgres_store.reading() as db:
            db.execute(text("select pg_sleep(1.5)"))
        for _ in range(3):
            with pytest.raises(StoreUnavailable), postgres_store.reading() as db:
                db.execute(text("select pg_sleep(20)"))

    assert time.monotonic() - began < 3.5


def test_a_line_that_swallows_everything_is_noticed_by_the_system(postgres_store: Store) -> None:
    with postgres_store.reading() as db:
        raw: Any = db.connection.driver_connection
        with socket.socket(fileno=os.dup(raw.fileno())) as line:
            options = [line.getsockopt(socket.IPPROTO_TCP, option) for option in LINE_OPTIONS]
            is_kept_alive = line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)

    assert options == [10, 5, 4, 30_000]
    assert is_kept_alive


@pytest.mark.usefixtures("in_a_hurry")
def test_a_migration_may_take_longer_than_other_work(postgres_store: Store) -> None:
    with pytest.raises(StoreUnavailable), postgres_store.writing() as db:
        db.execute(text("select pg_sleep(1.5)"))

    with upgrading.migrating(postgres_store.engine) as db:
        assert db.scalar(text("select 1 from pg_sleep(1.5)")) == 1
