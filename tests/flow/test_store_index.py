"""What the indexer remembers: the words of public texts, generations, and this site's mark."""

import pytest
from sqlalchemy.exc import IntegrityError

from knowledgebase.domain.errors import NotFound
from knowledgebase.store import generations, sites, words
from knowledgebase.store.engine import Store
from knowledgebase.store.values import Generation, Role, WordChange, WordCount
from tests.counting import counting
from tests.make import LATER, NOON


def count(store: Store, *changes: WordChange) -> None:
    with store.writing() as db:
        words.count(db, changes)


def listed(store: Store, *candidates: str) -> tuple[WordCount, ...]:
    with store.reading() as db:
        return words.near(db, candidates)


def test_words_are_counted_up_and_down(store: Store) -> None:
    count(store, WordChange("هوا", "هوا", 2), WordChange("air", "Air", 1))
    count(store, WordChange("هوا", "هوای", -1), WordChange("air", "air", 2))

    assert listed(store, "هوا", "air") == (WordCount("air", "air", 3), WordCount("هوا", "هوای", 1))


def test_a_word_that_no_case_holds_leaves_the_list(store: Store) -> None:
    count(store, WordChange("air", "Air", 2))

    count(store, WordChange("air", "Air", -2), WordChange("never", "Never", -1), WordChange("no", "No", 0))

    assert listed(store, "air", "never", "no") == ()


def test_a_stem_takes_no_shown_form_away(store: Store) -> None:
    count(store, WordChange("pollut", "", 1), WordChange("air", "Air", 1))
    count(store, WordChange("pollut", "Pollut", 1), WordChange("air", "", 1))

    assert listed(store, "pollut", "air") == (WordCount("air", "Air", 2), WordCount("pollut", "Pollut", 2))


def test_candidates_are_found_most_used_first(store: Store) -> None:
    count(store, *(WordChange(f"w{number}", f"W{number}", number % 3 + 1) for number in range(1, 7)))

    assert [word.folded for word in listed(store, "w1", "w2", "w3", "w4", "x")] == ["w2", "w1", "w4", "w3"]


def test_many_candidates_are_asked_in_parts(store: Store) -> None:
    count(store, WordChange("w15000", "W", 1))

    found = listed(store, *(f"w{number}" for number in range(25_000)))

    assert found == (WordCount("w15000", "W", 1),)


def test_words_with_a_beginning_are_found(store: Store) -> None:
    some = {"هوا": 1, "هوای": 3, "هواپیما": 2, "هنر": 9, "آب": 9}
    count(store, *(WordChange(word, word.upper(), number) for word, number in some.items()))
    count(store, WordChange("هواه", "", 8))

    with store.reading() as db:
        found = words.prefix(db, "هوا", 2)

    assert [word.folded for word in found] == ["هوای", "هواپیما"]


def test_the_words_of_cases_are_remembered_until_they_have_none(store: Store) -> None:
    with store.writing() as db:
        words.remember(db, {"x/one": {"هوا": "هوای", "stem": ""}, "x/two": {"water": "Water"}})
        words.remember(db, {"x/two": {}, "x/one": {"sky": "Sky"}, "x/three": {}})

    with store.reading() as db:
        assert words.of_cases(db, ["x/one", "x/two", "x/three"]) == {"x/one": {"sky": "Sky"}}


def test_looking_for_words_is_one_statement(store: Store) -> None:
    with counting(store) as counted, store.reading() as db:
        words.near(db, [f"w{number}" for number in range(600)])

    assert counted.number == 1


def test_a_promoted_generation_is_live_and_the_one_before_stands_by(store: Store) -> None:
    with store.writing() as db:
        for name, at in (("g1", NOON), ("g2", LATER)):
            generations.add(db, name, "embedded", at=at)
            generations.promote(db, name)
        generations.add(db, "other", "elasticsearch", at=NOON)
        generations.promote(db, "other")

    with store.reading() as db:
        assert generations.of_engine(db, "embedded") == (
            Generation("g1", "embedded", Role.STANDBY, 0, NOON),
            Generation("g2", "embedded", Role.LIVE, 0, LATER),
        )


def test_the_way_back_is_a_promotion_too(store: Store) -> None:
    with store.writing() as db:
        for name in ("g1", "g2"):
            generations.add(db, name, "embedded", at=NOON)
            generations.promote(db, name)
        generations.promote(db, "g1")

    with store.reading() as db:
        roles = {found.name: found.role for found in generations.of_engine(db, "embedded")}
    assert roles == {"g1": Role.LIVE, "g2": Role.STANDBY}


def test_a_rebuild_remembers_how_far_it_came(store: Store) -> None:
    with store.writing() as db:
        generations.add(db, "g1", "embedded", at=NOON)
        generations.advance(db, "g1", 500)

    with store.reading() as db:
        assert generations.of_engine(db, "embedded") == (
            Generation("g1", "embedded", Role.BUILDING, 500, NOON),
        )


def test_a_generation_that_is_gone_cannot_be_used(store: Store) -> None:
    with store.writing() as db:
        generations.add(db, "g1", "embedded", at=NOON)
        generations.remove(db, "g1")
        generations.remove(db, "g1")

    with pytest.raises(NotFound), store.writing() as db:
        generations.promote(db, "g1")
    with pytest.raises(NotFound), store.writing() as db:
        generations.advance(db, "g1", 1)


def test_a_name_is_given_to_one_generation(store: Store) -> None:
    with store.writing() as db:
        generations.add(db, "g1", "embedded", at=NOON)

    with pytest.raises(IntegrityError), store.writing() as db:
        generations.add(db, "g1", "embedded", at=NOON)


def test_a_site_keeps_its_id(store: Store) -> None:
    with store.writing() as db:
        before = sites.find(db)
    with store.reading() as db:
        after = sites.find(db)

    assert before == after
    assert before.epoch == 0
