"""The real parts do as the other tests expect: answer, keep tests apart, leave nothing behind."""

import os
import socket
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from elasticsearch import Elasticsearch, helpers
from playwright.sync_api import Browser

from tests.servers import (
    Broken,
    Missing,
    Program,
    account,
    descendants,
    free_ports,
    lives,
    missing,
    workplace,
)
from tests.servers.elastic import ElasticNode, distribution
from tests.servers.postgres import PostgresServer, start_server


def test_elasticsearch_indexes_and_finds(elastic_url: str) -> None:
    documents = [{"_op_type": "index", "_id": str(number), "words": f"tree {number}"} for number in range(3)]
    with Elasticsearch(elastic_url) as client:
        client.indices.create(index="kb-ground", mappings={"properties": {"words": {"type": "text"}}})

        helpers.bulk(client, documents, index="kb-ground", refresh=True)
        found = client.search(index="kb-ground", query={"match": {"words": "2"}})
        client.indices.delete(index="kb-ground")

    assert [hit["_id"] for hit in found["hits"]["hits"]] == ["2"]


def test_elasticsearch_is_the_small_server(elastic_url: str) -> None:
    with Elasticsearch(elastic_url) as client:
        plugins = client.nodes.info(metric="plugins")["nodes"]

    [node] = plugins.values()
    assert not {"lang-painless", "reindex", "analysis-common"} & {
        module["name"] for module in node["modules"]
    }


def test_elasticsearch_runs_unprivileged(elastic_node: ElasticNode) -> None:
    assert elastic_node.process is not None
    family = descendants(elastic_node.process.pid)

    owners = {Path(f"/proc/{pid}").stat().st_uid for pid in family}

    assert len(family) == 2  # its launcher and the server
    assert owners == {expected_owner()}


@pytest.mark.usefixtures("elastic_node")
def test_the_kept_elasticsearch_is_outside_the_work_tree() -> None:
    assert not distribution().is_relative_to(Path(__file__).parents[1])


def test_postgresql_gives_each_test_a_database_of_its_own(postgres_server: PostgresServer) -> None:
    one, other = postgres_server.create_database(), postgres_server.create_database()
    with engine(one) as first, engine(other) as second:
        with first.begin() as session:
            session.execute(sa.text("CREATE TABLE cases (id TEXT)"))

        tables = sa.inspect(first).get_table_names(), sa.inspect(second).get_table_names()

    for url in (one, other):
        postgres_server.drop_database(url)
    assert tables == (["cases"], [])


def test_postgresql_is_unprivileged_inside_and_outside(postgres_server: PostgresServer) -> None:
    assert postgres_server.process is not None
    url = postgres_server.create_database()
    with engine(url) as database, database.connect() as session:
        superuser = session.execute(
            sa.text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        ).scalar_one()
    postgres_server.drop_database(url)

    assert superuser is False
    assert Path(f"/proc/{postgres_server.process.pid}").stat().st_uid == expected_owner()


@pytest.mark.postgres
def test_postgresql_keeps_what_it_acknowledged_and_leaves_nothing_behind() -> None:
    try:
        server = start_server(durable=True)
    except Missing as reason:
        missing(str(reason))
    with server:
        assert server.process is not None
        family, folder = descendants(server.process.pid), server.program.folder
        url = server.create_database()
        plain = url.replace("+psycopg", "")
        with psycopg.connect(plain) as session:
            session.execute("CREATE TABLE kept AS SELECT 1 AS one")

        server.kill()
        server.restart()
        with psycopg.connect(plain) as session:
            kept = session.execute("SELECT one FROM kept").fetchall()
        family += descendants(server.process.pid)

    assert kept == [(1,)]
    assert not [pid for pid in family if lives(pid)]
    assert not folder.exists()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", urllib.parse.urlsplit(plain).port or 0), timeout=1)


def test_chromium_shows_a_page_and_runs_its_scripts(browser: Browser) -> None:
    context = browser.new_context(locale="fa-IR")
    page = context.new_page()

    page.set_content("<html lang=fa dir=rtl><h1>شهر</h1><script>document.title = 'ready'</script>")
    shown = page.inner_text("h1"), page.title()
    context.close()

    assert shown == ("شهر", "ready")


def test_a_program_that_does_not_start_shows_its_log() -> None:
    with workplace("ground") as folder:
        program = Program(["sh", "-c", "echo no such settings; exit 3"], folder)
        program.start()

        with pytest.raises(Broken, match="no such settings"):
            program.wait_until(lambda: False, patience=10)
        program.stop()


def test_a_program_that_refuses_to_stop_is_killed_with_its_children() -> None:
    with workplace("ground") as folder:
        program = Program(["sh", "-c", "trap '' TERM; echo up; sleep 60 & wait; sleep 60"], folder)
        program.start()
        program.wait_until(lambda: "up" in program.log.read_text("utf-8"), patience=10)
        assert program.process is not None
        family = descendants(program.process.pid)

        program.stop(patience=0.2)

    assert not [pid for pid in family if lives(pid)]


def test_free_ports_differ() -> None:
    assert len(set(free_ports(20))) == 20


def test_a_missing_part_skips_at_home_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception):
        missing("no such server")

    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no such server"):
        missing("no such server")


def expected_owner() -> int:
    """Return the id of the user that servers run as."""
    user = account().user
    return os.getuid() if user is None else user


@contextmanager
def engine(url: str) -> Iterator[sa.Engine]:
    """Open a database by its URL, and let go of every connection afterwards."""
    opened = sa.create_engine(url)
    try:
        yield opened
    finally:
        opened.dispose()
