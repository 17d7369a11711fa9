"""The outbox is a dirty set: one row a document, kept until the engine has what was promised."""

from datetime import datetime, timedelta

import pytest

from knowledgebase.store import case_writing, outbox
from knowledgebase.store.engine import Store
from knowledgebase.store.values import Promise, Queue
from tests.counting import counting
from tests.make import LATER, NOON, a_case
from tests.stores import keep_case, keep_city


def promise(store: Store, case_id: str = "x/y", revision: int = 1, at: datetime = NOON) -> None:
    with store.writing() as db:
        outbox.promise(db, case_id, revision, at)


def due(store: Store, now: datetime = LATER, limit: int = 100) -> tuple[Promise, ...]:
    with store.reading() as db:
        return outbox.due(db, limit, now)


def keep(store: Store, *sent: tuple[str, int]) -> None:
    with store.writing() as db:
        outbox.keep(db, sent)


def fail(store: Store, now: datetime = LATER, *, is_permanent: bool = False) -> None:
    """Fail every promise, due or not."""
    with store.writing() as db:
        for kept in outbox.due(db, 100, now + timedelta(days=1)):
            outbox.fail(db, kept, "engine says no", now=now, is_permanent=is_permanent)


def test_a_promise_that_was_sent_is_gone(store: Store) -> None:
    promise(store, "x/y", 3)

    keep(store, ("x/y", 3))

    assert due(store) == ()


def test_a_promise_renewed_while_it_was_sent_stays(store: Store) -> None:
    promise(store, "x/y", 3)
    sent = [(kept.case_id, kept.revision) for kept in due(store)]
    promise(store, "x/y", 4, LATER)

    keep(store, *sent)

    assert due(store) == (Promise("x/y", 4, NOON, 0),)


def test_what_was_sent_newer_than_promised_is_kept_too(store: Store) -> None:
    promise(store, "x/y", 3)

    keep(store, ("x/y", 5))

    assert due(store) == ()


def test_keeping_one_promise_leaves_the_others(store: Store) -> None:
    promise(store, "x/one")
    promise(store, "x/two")

    keep(store, ("x/two", 1), ("x/none", 9))

    assert [kept.case_id for kept in due(store)] == ["x/one"]


def test_a_promise_never_goes_back_to_an_older_revision(store: Store) -> None:
    promise(store, "x/y", 4)
    promise(store, "x/y", 3)

    assert due(store)[0].revision == 4


def test_the_oldest_are_due_first_and_no_more_than_asked(store: Store) -> None:
    for number in (3, 1, 2):
        promise(store, f"x/{number}", at=NOON + timedelta(minutes=number))

    assert [kept.case_id for kept in due(store, limit=2)] == ["x/1", "x/2"]


def test_a_failed_promise_waits_twice_as_long_each_time(store: Store) -> None:
    promise(store)
    pauses = []

    for _ in range(12):
        fail(store)
        pauses.append(shortest_pause(store))

    expected = [min(0.5 * 2**attempt, 300.0) for attempt in range(12)]
    assert all(0.8 * most <= pause <= most for pause, most in zip(pauses, expected, strict=True))


def shortest_pause(store: Store) -> float:
    """Return after how many seconds the only promise is due, to a hundredth."""
    low, high = 0.0, 400.0
    while high - low > 0.01:
        middle = (low + high) / 2
        is_due = bool(due(store, LATER + timedelta(seconds=middle)))
        low, high = (low, middle) if is_due else (middle, high)
    return round(high, 2)


def test_a_failed_promise_counts_its_attempts(store: Store) -> None:
    promise(store)

    fail(store)
    fail(store)

    assert due(store, LATER + timedelta(hours=1)) == (Promise("x/y", 1, NOON, 2),)


def test_a_passing_failure_never_becomes_poison(store: Store) -> None:
    promise(store)

    for _ in range(20):
        fail(store)

    with store.reading() as db:
        assert outbox.facts(db) == Queue(1, NOON, 0)


def test_the_eighth_permanent_refusal_is_poison(store: Store) -> None:
    promise(store)
    poison = []

    for _ in range(8):
        fail(store, is_permanent=True)
        with store.reading() as db:
            poison.append(outbox.facts(db).poison)

    assert poison == [0, 0, 0, 0, 0, 0, 0, 1]
    assert due(store, LATER + timedelta(days=9)) == ()


def test_a_changed_case_is_no_poison_any_more(store: Store) -> None:
    promise(store)
    for _ in range(8):
        fail(store, is_permanent=True)

    promise(store, "x/y", 2)

    assert due(store) == (Promise("x/y", 2, NOON, 0),)


def test_the_failure_of_an_older_revision_does_not_hold_up_a_newer(store: Store) -> None:
    promise(store, "x/y", 1)
    [old] = due(store)
    promise(store, "x/y", 2)

    with store.writing() as db:
        outbox.fail(db, old, "refused", now=LATER, is_permanent=True)

    assert due(store) == (Promise("x/y", 2, NOON, 0),)


def test_an_empty_queue_says_so(store: Store) -> None:
    with store.reading() as db:
        assert outbox.facts(db) == Queue(0, None, 0)
        assert outbox.ids(db) == frozenset()


def test_hidden_cases_are_those_the_index_may_still_show(store: Store) -> None:
    keep_city(store)
    for slug in ("shown", "withdrawn", "renamed", "restored", "confirmed"):
        keep_case(store, a_case(f"tehran/{slug}"))
    with store.writing() as db:
        for slug in ("withdrawn", "restored", "confirmed"):
            case_writing.withdraw(db, f"tehran/{slug}", at=LATER, by="somebody")
        case_writing.restore(db, "tehran/restored", at=LATER, by="somebody")
        case_writing.rename(db, "tehran/renamed", "tehran/moved", at=LATER, by="somebody")
        outbox.keep(db, [("tehran/confirmed", 2)])

    with counting(store) as counted, store.reading() as db:
        hidden = outbox.hidden(db)

    assert hidden.ids == ("tehran/renamed", "tehran/withdrawn")
    assert not hidden.is_cut
    assert counted.number == 1


@pytest.mark.parametrize(("limit", "is_cut"), [(2, True), (3, False)])
def test_more_hidden_cases_than_asked_are_told(store: Store, limit: int, is_cut: bool) -> None:
    with store.writing() as db:
        for number in range(3):
            outbox.promise(db, f"x/{number}", 1, NOON, is_hidden=True)

    with store.reading() as db:
        hidden = outbox.hidden(db, limit)

    assert (len(hidden.ids), hidden.is_cut) == (limit, is_cut)


def test_poison_stays_hidden(store: Store) -> None:
    with store.writing() as db:
        outbox.promise(db, "x/y", 1, NOON, is_hidden=True)
    for _ in range(8):
        fail(store, is_permanent=True)

    with store.reading() as db:
        assert outbox.hidden(db).ids == ("x/y",)
        assert outbox.ids(db) == {"x/y"}


def test_two_indexers_on_postgresql_do_not_wait_for_each_other(postgres_store: Store) -> None:
    promise(postgres_store, "x/1")
    promise(postgres_store, "x/2")

    with postgres_store.writing() as mine:
        first = outbox.due(mine, 1, LATER)
        second = due(postgres_store)

    assert [kept.case_id for kept in (*first, *second)] == ["x/1", "x/2"]
