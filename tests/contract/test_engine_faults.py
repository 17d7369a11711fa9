"""An engine that hangs, drips, breaks off or talks nonsense costs two seconds at most, and soon nothing."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from knowledgebase.domain.errors import SearchUnavailable
from knowledgebase.search.backend import Ask, SearchBackend
from knowledgebase.search.choice import choose
from knowledgebase.search.elastic import ElasticBackend, Place
from knowledgebase.search.guard import FAILURES, Unanswered
from tests.contract.engines import a_document, a_question, fill
from tests.contract.faulty import (
    EMPTY,
    LIMIT,
    SILENT_CLOSE,
    Behaviour,
    drip,
    drip_the_body,
    hang,
    reply,
    saying,
    serving,
)
from tests.servers.elastic import ElasticNode

NONSENSE = {
    "closes": saying(b""),
    "half": saying(reply(json.dumps(EMPTY).encode())[:-10]),
    "not-http": saying(b"+OK ready\r\n\r\n"),
    "html": saying(reply(b"<html>hello</html>", kind="text/html")),
    "broken-json": saying(reply(b'{"hits": ')),
    "a-list": saying(reply(b"[]")),
    "no-hits": saying(reply(b'{"took": 1}')),
    "hits-without-id": saying(
        reply(b'{"timed_out":false,"_shards":{"failed":0},"hits":{"total":{"value":1},"hits":[{}]}}')
    ),
    "another-product": saying(reply(json.dumps(EMPTY).encode(), head=b"")),
    "429": saying(reply(b"{}", status="429 Too Many Requests")),
    "502": saying(reply(b"bad gateway", status="502 Bad Gateway", kind="text/html", head=b"")),
    "503": saying(reply(b'{"error": "no shard"}', status="503 Service Unavailable")),
}


def timed(engine: SearchBackend) -> float:
    start = time.monotonic()
    with pytest.raises(SearchUnavailable):
        engine.search(Ask(a_question("air")))
    return time.monotonic() - start


@contextmanager
def client_of(url: str) -> Iterator[SearchBackend]:
    with closing(choose(url, folder=Path("unused"))) as engine:
        yield engine


@pytest.mark.parametrize("behaviour", [hang, drip, drip_the_body])
def test_a_slow_engine_is_given_up_in_time(behaviour: Behaviour) -> None:
    with serving(behaviour) as server, client_of(server.url) as engine:
        assert 1.0 < timed(engine) < LIMIT
        assert len(server.requests) == 1


def test_the_second_request_of_a_search_has_only_what_is_left_of_its_time() -> None:
    hits = [{"_id": f"a/{number}", "_score": 1.0, "_index": "kb-one"} for number in range(36)]
    tied = reply(json.dumps(EMPTY | {"hits": {"total": {"value": 99}, "hits": hits}}).encode())
    said = iter((tied,))

    def hang_at_the_second(connection: socket.socket) -> None:
        if answer := next(said, None):
            time.sleep(1)
            connection.sendall(answer)
        else:
            hang(connection)

    with serving(hang_at_the_second) as server, client_of(server.url) as engine:
        assert 1.0 < timed(engine) < LIMIT
        assert len(server.requests) == 2


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_an_engine_that_is_away(name: str) -> None:
    with serving(NONSENSE[name]) as server, client_of(server.url) as engine:
        assert timed(engine) < 1.0
        assert len(server.requests) == 1


def flood(connection: socket.socket) -> None:
    connection.sendall(
        reply(b"", kind="application/json").replace(b"Content-Length: 0", b"Content-Length: 900000000")
    )
    while True:  # until the client hangs up
        connection.sendall(b" " * 65_536)


def test_an_endless_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledgebase.search.elastic_node.ANSWER_MAX", 1_000_000)
    with serving(flood) as server, client_of(server.url) as engine:
        start = time.monotonic()
        with pytest.raises(SearchUnavailable, match="too long"):
            engine.search(Ask(a_question("air")))
        assert time.monotonic() - start < LIMIT


def test_a_refused_connection_is_noticed_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]

    with client_of(f"http://127.0.0.1:{port}") as engine:
        assert timed(engine) < 0.5


def test_an_engine_that_takes_no_connection_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as door, socket.socket() as first:
        first.connect(door.getsockname())  # fills the queue: further connections hang
        with client_of(f"http://127.0.0.1:{door.getsockname()[1]}") as engine:
            assert timed(engine) < LIMIT


def test_a_name_that_does_not_resolve_is_an_engine_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with client_of("https://engine.invalid:9200") as engine:
        assert timed(engine) < 0.5


def test_a_resolver_that_hangs_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    is_over = threading.Event()
    resolve = socket.getaddrinfo

    def wait(*given: Any, **named: Any) -> list[Any]:
        is_over.wait(5)
        return resolve(*given, **named)

    monkeypatch.setattr(socket, "getaddrinfo", wait)
    with client_of("http://localhost:9200") as engine:
        assert timed(engine) < LIMIT
    is_over.set()


@pytest.mark.elastic
def test_a_frozen_server_is_left_alone_and_found_again(
    elastic_node: ElasticNode, one_shard: ElasticBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledgebase.search.guard.PAUSE", 0.5)
    fill(one_shard, [a_document("tehran/air")])
    elastic_node.pause()
    try:
        waited = [timed(one_shard) for _ in range(FAILURES + 1)]
    finally:
        elastic_node.resume()
    time.sleep(0.6)

    assert one_shard.search(Ask(a_question())).total == 1
    assert max(waited) < LIMIT
    assert waited[-1] < 0.1


def test_after_three_failures_the_engine_is_left_alone() -> None:
    with serving(NONSENSE["503"]) as server, client_of(server.url) as engine:
        for _ in range(FAILURES + 5):
            assert timed(engine) < 1.0

        assert len(server.requests) == FAILURES


def test_a_hanging_engine_holds_one_thread_only() -> None:
    with serving(hang) as server, client_of(server.url) as engine:
        first = threading.Thread(target=timed, args=(engine,))
        first.start()
        while not server.requests:
            time.sleep(0.01)

        waited = [timed(engine) for _ in range(4)]
        first.join()

    assert max(waited) < 0.5
    assert len(server.requests) == 1


def test_a_partial_answer_says_so() -> None:
    for said in ({"timed_out": True}, {"_shards": {"failed": 1}}):
        with (
            serving(saying(reply(json.dumps(EMPTY | said).encode()))) as server,
            client_of(server.url) as engine,
        ):
            assert engine.search(Ask(a_question("air"))).is_partial


def test_a_question_the_engine_refuses_does_not_open_the_breaker() -> None:
    refusing = saying(reply(b'{"error": {"type": "parsing_exception"}}', status="400 Bad Request"))
    with serving(refusing) as server, client_of(server.url) as engine:
        for _ in range(FAILURES + 2):
            timed(engine)

        assert len(server.requests) == FAILURES + 2


def test_a_closed_idle_connection_is_replaced() -> None:
    closing_server = saying(reply(json.dumps(EMPTY).encode(), head=SILENT_CLOSE))
    with serving(closing_server) as server, client_of(server.url) as engine:
        for number in range(1, 4):
            assert engine.search(Ask(a_question("air"))).total == 0
            time.sleep(0.2)

            assert len(server.requests) == number


def test_a_write_is_never_sent_twice() -> None:
    mapping = reply(
        json.dumps({"kb-one": {"mappings": {"_meta": {"site": "a", "schema": 1, "analysis": "1"}}}}).encode()
    )
    answers = iter([mapping, b""])
    with (
        serving(lambda connection: connection.sendall(next(answers))) as server,
        client_of(server.url) as engine,
    ):
        with pytest.raises(Unanswered):
            engine.put("one", [a_document("tehran/air")])

        assert [request.split(b" ")[0] for request in server.requests] == [b"GET", b"PUT"]


def test_every_call_says_that_the_engine_is_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with closing(ElasticBackend(Place(f"http://127.0.0.1:{port}"))) as engine:
        for call in (
            engine.generations,
            engine.live,
            lambda: engine.count("one"),
            lambda: engine.stored("one", ["a/b"]),
            lambda: list(engine.scan("one")),
            lambda: engine.refresh("one"),
            lambda: engine.promote("one"),
            lambda: engine.drop("one"),
        ):
            with pytest.raises(SearchUnavailable):
                call()
