"""Floods of searches from one address are refused, and nobody else's search is."""

import pytest
from flask import Flask

from knowledgebase.web.flooding import PER_MINUTE, PER_SECOND
from tests.unit.web.conftest import bare_app

AT = "/fa/search"


def statuses(app: Flask, address: str, times: int, path: str = AT) -> list[int]:
    client = app.test_client()
    environment = {"REMOTE_ADDR": "127.0.0.1"}
    headers = {"X-Forwarded-For": address}
    return [
        client.get(path, headers=headers, environ_overrides=environment).status_code for _ in range(times)
    ]


@pytest.fixture
def behind_a_proxy() -> Flask:
    app = bare_app(proxies=1)
    app.view_functions["search.results"] = lambda: "found"
    app.view_functions["about.show"] = lambda: "about"
    return app


def test_the_sixth_search_of_a_second_waits(behind_a_proxy: Flask) -> None:
    assert statuses(behind_a_proxy, "203.0.113.7", PER_SECOND + 1) == [200] * PER_SECOND + [429]


def test_whoever_waits_is_told_how_long(behind_a_proxy: Flask) -> None:
    statuses(behind_a_proxy, "203.0.113.7", PER_SECOND)

    answer = behind_a_proxy.test_client().get(AT, headers={"X-Forwarded-For": "203.0.113.7"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")


def test_other_addresses_are_not_held_up(behind_a_proxy: Flask) -> None:
    statuses(behind_a_proxy, "203.0.113.7", PER_SECOND + 1)

    assert statuses(behind_a_proxy, "203.0.113.8", 1) == [200]


def test_one_customer_s_network_counts_as_one_address(behind_a_proxy: Flask) -> None:
    statuses(behind_a_proxy, "2001:db8::1", PER_SECOND)

    assert statuses(behind_a_proxy, "2001:db8::ffff", 1) == [429]


def test_pages_that_ask_no_engine_are_not_counted(behind_a_proxy: Flask) -> None:
    assert statuses(behind_a_proxy, "203.0.113.7", 3 * PER_SECOND, "/fa/about") == [200] * 3 * PER_SECOND


def test_this_machine_is_not_counted_without_a_proxy() -> None:
    app = bare_app()
    app.view_functions["search.results"] = lambda: "found"
    client = app.test_client()

    assert {client.get(AT).status_code for _ in range(PER_MINUTE + 1)} == {200}


def test_workers_share_the_limit() -> None:
    app = bare_app(proxies=1, workers=5)
    app.view_functions["search.results"] = lambda: "found"

    assert statuses(app, "203.0.113.7", 2) == [200, 429]
