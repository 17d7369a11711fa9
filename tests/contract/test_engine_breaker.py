"""The breaker in front of an engine that fails: it opens, waits, probes and closes."""

import pytest

from knowledgebase.domain.errors import SearchUnavailable
from knowledgebase.search.guard import FAILURES, PAUSE, Guard, Unanswered


class Clock:
    """A clock that stands still until told."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def fail(guard: Guard) -> None:
    with pytest.raises(Unanswered), guard.passage():
        raise Unanswered("away")


def opened(clock: Clock) -> Guard:
    guard = Guard(clock=clock)
    for _ in range(FAILURES):
        fail(guard)
    return guard


def test_the_breaker_opens_after_failures_in_a_row_only() -> None:
    guard = Guard()

    for _ in range(FAILURES - 1):
        fail(guard)
    with guard.passage():
        pass
    for _ in range(FAILURES - 1):
        fail(guard)

    with guard.passage():
        pass


def test_an_open_breaker_refuses_until_its_pause_is_over() -> None:
    clock = Clock()
    guard = opened(clock)

    clock.now += PAUSE - 0.1
    with pytest.raises(SearchUnavailable, match="left alone"), guard.passage():
        pass
    clock.now += 0.2

    with guard.passage():
        pass
    with guard.passage():
        pass


def test_one_probe_at_a_time_goes_to_an_engine_that_failed() -> None:
    clock = Clock()
    guard = opened(clock)
    clock.now += PAUSE + 1

    with guard.passage(), pytest.raises(SearchUnavailable, match="left alone"), guard.passage():
        pass


def test_a_failed_probe_starts_the_pause_anew() -> None:
    clock = Clock()
    guard = opened(clock)
    clock.now += PAUSE + 1

    fail(guard)

    clock.now += PAUSE - 0.1
    with pytest.raises(SearchUnavailable, match="left alone"), guard.passage():
        pass


def test_other_errors_are_answers() -> None:
    guard = Guard()

    for _ in range(FAILURES + 1):
        with pytest.raises(KeyError), guard.passage():
            raise KeyError("not the engine's fault")

    with guard.passage():
        pass
