"""Generations of an index: made, filled, promoted, dropped."""

from collections.abc import Callable

import pytest

from knowledgebase.domain.errors import NotAllowed, NotFound, SearchUnavailable
from knowledgebase.search.backend import Ask, SearchBackend, Stamp
from tests.contract.engines import STAMP, a_document, a_question, a_tombstone, fill, ids


def test_a_generation_is_not_live_before_it_is_promoted(engine: SearchBackend) -> None:
    engine.create("one", STAMP)

    assert engine.live() is None
    with pytest.raises(SearchUnavailable):
        engine.search(Ask(a_question()))


def test_an_empty_live_generation_answers_with_nothing(engine: SearchBackend) -> None:
    fill(engine, [])

    answer = engine.search(Ask(a_question("air")))

    assert (answer.total, answer.hits) == (0, ())


def test_promotion_changes_what_searches_see(engine: SearchBackend) -> None:
    fill(engine, [a_document("tehran/air")])
    fill(engine, [a_document("pune/waste")], generation="two")

    assert engine.live() == "two"
    assert ids(engine.search(Ask(a_question()))) == ["pune/waste"]
    engine.promote("one")
    assert engine.live() == "one"
    assert ids(engine.search(Ask(a_question()))) == ["tehran/air"]


def test_promoting_the_live_generation_changes_nothing(engine: SearchBackend) -> None:
    fill(engine, [a_document("tehran/air"), a_tombstone("pune/waste", 2)])

    engine.promote("one")

    assert engine.live() == "one"
    assert ids(engine.search(Ask(a_question()))) == ["tehran/air"]


def test_writes_to_another_generation_are_not_seen(engine: SearchBackend) -> None:
    fill(engine, [a_document("tehran/air")])
    engine.create("two", STAMP)

    engine.put("two", [a_document("pune/waste")])
    engine.refresh("two")

    assert ids(engine.search(Ask(a_question()))) == ["tehran/air"]
    assert (engine.count("one"), engine.count("two")) == (1, 1)
    assert engine.generations() == ("one", "two")


def test_a_dropped_generation_is_gone(engine: SearchBackend) -> None:
    fill(engine, [a_document("tehran/air")])
    engine.create("two", STAMP)

    engine.drop("two")
    engine.drop("two")

    assert engine.generations() == ("one",)
    with pytest.raises(NotFound):
        engine.stamp("two")


def test_the_live_generation_is_neither_dropped_nor_made_anew(engine: SearchBackend) -> None:
    fill(engine, [a_document("tehran/air")])

    with pytest.raises(NotAllowed):
        engine.drop("one")
    with pytest.raises(NotAllowed):
        engine.create("one", STAMP)

    assert engine.count("one") == 1


def test_creating_a_generation_again_empties_it(engine: SearchBackend) -> None:
    engine.create("one", STAMP)
    engine.put("one", [a_document("tehran/air")])
    other = Stamp("other", 2, "9")

    engine.create("one", other)
    engine.refresh("one")

    assert engine.count("one") == 0
    assert engine.stamp("one") == other


def test_a_name_used_again_is_searched_anew(engine: SearchBackend) -> None:
    fill(engine, [a_document("tehran/air")])
    assert ids(engine.search(Ask(a_question()))) == ["tehran/air"]
    fill(engine, [a_document("pune/waste")], generation="two")
    engine.drop("one")

    fill(engine, [a_document("tabriz/bazaar")])

    assert ids(engine.search(Ask(a_question()))) == ["tabriz/bazaar"]


@pytest.mark.parametrize("ask", ["put", "refresh", "promote", "count", "stored", "scan", "stamp"])
def test_a_missing_generation_is_not_found(engine: SearchBackend, ask: str) -> None:
    calls: dict[str, Callable[[], object]] = {
        "put": lambda: engine.put("none", [a_document("tehran/air")]),
        "refresh": lambda: engine.refresh("none"),
        "promote": lambda: engine.promote("none"),
        "count": lambda: engine.count("none"),
        "stored": lambda: engine.stored("none", ["tehran/air"]),
        "scan": lambda: list(engine.scan("none")),
        "stamp": lambda: engine.stamp("none"),
    }

    with pytest.raises(NotFound):
        calls[ask]()

    assert engine.generations() == ()


@pytest.mark.parametrize("name", ["", "..", "a/b", "Upper", "-x", "a_b", "x" * 65, "a*", "a,b"])
def test_only_plain_names_are_generations(engine: SearchBackend, name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        engine.create(name, STAMP)
