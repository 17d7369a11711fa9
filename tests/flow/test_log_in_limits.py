"""Guessing passwords: how many tries get through, for an account, an address and in all."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from knowledgebase.domain.errors import LogInRefused, TooManyTries
from knowledgebase.services import limiting
from knowledgebase.services.site import Site
from knowledgebase.store.engine import Store
from tests.people import OTHER_PASSWORD, Clock, at_once, come_in, enter, is_in


def guess(site: Site, number: int, *, email: str = "sara@tehran.example", address: str | None = None) -> str:
    try:
        enter(site, email, OTHER_PASSWORD, address=address or f"198.51.100.{number}")
    except LogInRefused:
        return "compared"
    except TooManyTries:
        return "turned away"
    return "in"


def test_ten_guesses_an_account_get_through_in_five_minutes(exchange: Site, clock: Clock) -> None:
    come_in(exchange)

    first = [guess(exchange, number) for number in range(12)]
    with pytest.raises(TooManyTries) as refused:
        enter(exchange)
    clock.go(minutes=5)

    assert first == ["compared"] * 10 + ["turned away"] * 2
    assert refused.value.retry_after == 300
    assert is_in(exchange, enter(exchange).token)


def test_ten_guesses_an_address_get_through(exchange: Site) -> None:
    tried = [
        guess(exchange, 0, email=f"a{number}@x.example", address=f"2001:db8::{number}")
        for number in range(12)
    ]

    assert tried == ["compared"] * 10 + ["turned away"] * 2


def test_an_address_of_the_older_kind_is_the_same_in_the_newer_notation(exchange: Site) -> None:
    tried = [
        guess(exchange, 0, email=f"a{number}@x.example", address=f"::ffff:198.51.100.{number // 10}")
        for number in range(12)
    ]
    tried.append(guess(exchange, 0, email="b@x.example", address="198.51.100.0"))

    assert tried == ["compared"] * 12 + ["turned away"]


def test_accounts_that_are_not_there_are_limited_alike(exchange: Site) -> None:
    tried = [guess(exchange, number, email="nobody@x.example") for number in range(12)]

    assert tried == ["compared"] * 10 + ["turned away"] * 2


def test_who_logs_in_often_is_not_limited(exchange: Site) -> None:
    come_in(exchange)

    for _ in range(12):
        enter(exchange)


def test_of_sixteen_guesses_at_once_ten_get_through(exchange: Site) -> None:
    come_in(exchange)

    done, refused = at_once(16, lambda number: guess(exchange, number))

    assert refused == []
    assert sorted(done) == ["compared"] * 10 + ["turned away"] * 6


def test_a_restart_forgets_no_guess(exchange: Site) -> None:
    for number in range(10):
        guess(exchange, number)
    exchange.store.close()

    assert guess(exchange, 10) == "turned away"


def test_all_guesses_together_have_a_limit(exchange: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiting, "IN_ALL", 3)

    tried = [guess(exchange, number, email=f"a{number}@x.example") for number in range(4)]

    assert tried == ["compared"] * 3 + ["turned away"]


def test_two_hundred_guesses_over_four_stores_have_one_limit(exchange: Site) -> None:
    come_in(exchange)
    url = exchange.store.engine.url.render_as_string(hide_password=False)
    sites = [replace(exchange, store=Store.open(url)) for _ in range(4)]

    done, refused = at_once(4, lambda number: [guess(sites[number], number * 50 + at) for at in range(50)])
    for site in sites:
        site.store.close()

    tried = [answer for worker in done for answer in worker]
    assert refused == []
    assert (tried.count("compared"), tried.count("turned away")) == (10, 190)


def test_when_tries_cannot_be_written_the_process_counts_by_itself(
    sqlite_exchange: Site, clock: Clock
) -> None:
    come_in(sqlite_exchange)
    with sqlite_exchange.store.writing() as db:
        db.execute(text("drop table attempts"))

    tried = [guess(sqlite_exchange, number, email="uncounted@x.example") for number in range(12)]
    clock.go(minutes=5)

    assert tried == ["compared"] * 10 + ["turned away"] * 2
    assert guess(sqlite_exchange, 0, email="uncounted@x.example") == "compared"
