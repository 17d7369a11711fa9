"""What an index does with documents: stores, replaces, counts, lists, goes live and goes away."""

import random

import pytest

from knowledgebase.search.backend import Ask, Outcome, SearchBackend, Stored
from tests.contract.engines import STAMP, a_document, a_question, a_tombstone, fill, ids


def outcomes(engine: SearchBackend, *documents: object, generation: str = "one") -> list[Outcome]:
    return [receipt.outcome for receipt in engine.put(generation, documents)]  # type: ignore[arg-type]


def test_a_stored_document_is_found(engine: SearchBackend) -> None:
    fill(engine, [a_document("tehran/air", title="clean air"), a_document("pune/waste", title="waste")])

    answer = engine.search(Ask(a_question("air")))

    assert (answer.total, ids(answer)) == (1, ["tehran/air"])
    assert answer.hits[0][1] > 0
    assert not answer.is_partial


def test_receipts_stand_in_the_order_of_the_documents(engine: SearchBackend) -> None:
    engine.create("one", STAMP)

    receipts = engine.put("one", [a_document(f"tehran/{number}") for number in range(9)])

    assert [receipt.id for receipt in receipts] == [f"tehran/{number}" for number in range(9)]
    assert {receipt.outcome for receipt in receipts} == {Outcome.STORED}


def test_nothing_put_is_nothing_done(engine: SearchBackend) -> None:
    engine.create("one", STAMP)

    assert engine.put("one", []) == ()
    assert engine.stored("one", []) == {}


def test_a_newer_revision_replaces_the_older(engine: SearchBackend) -> None:
    fill(engine, [a_document("tehran/air", title="smoke")])

    outcome = outcomes(engine, a_document("tehran/air", revision=2, title="wind"))
    engine.refresh("one")

    assert outcome == [Outcome.STORED]
    assert engine.search(Ask(a_question("smoke"))).total == 0
    assert ids(engine.search(Ask(a_question("wind")))) == ["tehran/air"]


@pytest.mark.parametrize("revision", [4, 5])
def test_an_older_or_equal_revision_changes_nothing(engine: SearchBackend, revision: int) -> None:
    fill(engine, [a_document("tehran/air", revision=5, title="wind")])

    [receipt] = engine.put("one", [a_document("tehran/air", revision=revision, title="smoke")])
    engine.refresh("one")

    assert (receipt.outcome, receipt.stored_revision) == (Outcome.SUPERSEDED, 5)
    assert engine.search(Ask(a_question("smoke"))).total == 0


def test_within_one_batch_the_highest_revision_wins(engine: SearchBackend) -> None:
    engine.create("one", STAMP)

    found = outcomes(
        engine,
        a_document("tehran/air", revision=2, title="second"),
        a_document("tehran/air", revision=1, title="first"),
        a_document("tehran/air", revision=3, title="third"),
    )

    assert found == [Outcome.STORED, Outcome.SUPERSEDED, Outcome.STORED]
    assert engine.stored("one", ["tehran/air"])["tehran/air"].revision == 3
    engine.refresh("one")
    assert engine.count("one") == 1


def test_in_whatever_order_writes_arrive_the_highest_revision_stays(engine: SearchBackend) -> None:
    chance = random.Random(3)  # noqa: S311  # the same for every run
    sent = [
        a_tombstone(f"tehran/{number}", revision)
        if revision == 4 and number % 3 == 0
        else a_document(f"tehran/{number}", revision=revision)
        for number in range(60)
        for revision in range(1, 7 if number % 2 else 5)
    ] * 2
    chance.shuffle(sent)
    engine.create("one", STAMP)

    for at in range(0, len(sent), 37):
        engine.put("one", sent[at : at + 37])

    kept = engine.stored("one", [f"tehran/{number}" for number in range(60)])
    assert {name: document.revision for name, document in kept.items()} == {
        f"tehran/{number}": 6 if number % 2 else 4 for number in range(60)
    }
    hidden = {name for name, document in kept.items() if not document.is_visible}
    assert hidden == {f"tehran/{number}" for number in range(60) if number % 6 == 0}


def test_one_bad_document_does_not_stop_the_others(engine: SearchBackend) -> None:
    engine.create("one", STAMP)
    good = [a_document(f"tehran/{number}", title="water") for number in range(6)]
    bad = a_document("tehran/bad", title="water", facets={"colour": ("red",)})

    receipts = engine.put("one", [*good[:3], bad, *good[3:]])
    engine.refresh("one")

    assert [receipt.outcome for receipt in receipts] == [Outcome.STORED] * 3 + [Outcome.REFUSED] + [
        Outcome.STORED
    ] * 3
    assert "colour" in receipts[3].reason
    assert engine.count("one") == 6


@pytest.mark.parametrize(
    "fault",
    [
        {"exact": "water"},
        {"exact": ""},
        {"stem": "water \ud800 ¶"},
        {"revision": 0},
        {"revision": 2**63},
        {"newest": "2024-01-01|another/case"},
        {"facets": {"tag": ("x" * 8_192,)}},
        {"facets": {"tag": ("",)}},
        {"digest": "\udfff"},
    ],
)
def test_both_engines_refuse_the_same_documents(engine: SearchBackend, fault: dict[str, object]) -> None:
    engine.create("one", STAMP)

    [receipt] = engine.put("one", [a_document("tehran/air", **fault)])  # type: ignore[arg-type]

    assert receipt.outcome is Outcome.REFUSED
    assert receipt.reason
    assert engine.stored("one", ["tehran/air"]) == {}


def test_both_engines_take_the_largest_values(engine: SearchBackend) -> None:
    engine.create("one", STAMP)
    name = f"tehran/{'پ' * 252}"

    [receipt] = engine.put(
        "one", [a_document(name, revision=2**63 - 1, facets={"tag": ("\U0001f600" * 8_191,)})]
    )

    assert receipt.outcome is Outcome.STORED
    assert engine.stored("one", [name])[name].revision == 2**63 - 1


def test_a_tombstone_hides_a_case_everywhere(engine: SearchBackend) -> None:
    fill(engine, [a_document("tehran/air", title="wind"), a_document("pune/waste", title="wind")])

    outcomes(engine, a_tombstone("tehran/air", 2))
    engine.refresh("one")

    assert ids(engine.search(Ask(a_question("wind")))) == ["pune/waste"]
    assert ids(engine.search(Ask(a_question()))) == ["pune/waste"]
    assert engine.count("one") == 1


def test_a_late_older_write_does_not_bring_a_withdrawn_case_back(engine: SearchBackend) -> None:
    fill(engine, [a_document("tehran/air", revision=5, title="wind")])
    outcomes(engine, a_tombstone("tehran/air", 6))

    late = outcomes(engine, a_document("tehran/air", revision=5, title="wind"))
    engine.refresh("one")

    assert late == [Outcome.SUPERSEDED]
    assert engine.search(Ask(a_question("wind"))).total == 0


def test_a_withdrawn_case_can_come_back(engine: SearchBackend) -> None:
    fill(engine, [a_tombstone("tehran/air", 6)])

    outcomes(engine, a_document("tehran/air", revision=7, title="wind"))
    engine.refresh("one")

    assert ids(engine.search(Ask(a_question("wind")))) == ["tehran/air"]


def test_what_is_stored_can_be_asked_and_scanned(engine: SearchBackend) -> None:
    fill(
        engine,
        [a_document(f"tehran/{number}", revision=3) for number in range(2_100)] + [a_tombstone("x/y", 9)],
    )
    gone = Stored("x/y", 9, "gone", is_visible=False)

    asked = engine.stored("one", ["tehran/7", "x/y", "not/there"])
    scanned = {kept.id: kept for kept in engine.scan("one")}

    assert asked == {"tehran/7": Stored("tehran/7", 3, "tehran/7-3", is_visible=True), "x/y": gone}
    assert len(scanned) == 2_101
    assert scanned["x/y"] == gone
    assert {kept.revision for kept in scanned.values()} == {3, 9}


def test_stored_tells_of_writes_not_yet_refreshed(engine: SearchBackend) -> None:
    engine.create("one", STAMP)
    engine.put("one", [a_document("tehran/air", revision=3)])

    assert engine.stored("one", ["tehran/air"])["tehran/air"].revision == 3
    assert [kept.id for kept in engine.scan("one")] == ["tehran/air"]


def test_pages_that_nobody_may_ask_for_are_refused(engine: SearchBackend) -> None:
    fill(engine, [])

    for ask in (Ask(a_question(), size=0), Ask(a_question(), offset=-1), Ask(a_question(), offset=9_990)):
        with pytest.raises(ValueError, match="no such page"):
            engine.search(ask)
    with pytest.raises(ValueError, match="no such facet"):
        engine.search(Ask(a_question(), filters={"colour": ("red",)}))


def test_a_closed_engine_opens_again(engine: SearchBackend) -> None:
    fill(engine, [a_document("tehran/air")])
    engine.search(Ask(a_question()))

    engine.close()

    assert engine.search(Ask(a_question())).total == 1
