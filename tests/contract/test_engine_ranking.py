"""What is found and in which order: words, concepts, comments, phrases, exclusions, choices."""

import pytest

from knowledgebase.search.backend import Ask, SearchBackend
from tests.contract.engines import FILLER, a_document, a_question, fill, found, ids, text


def test_a_title_match_ranks_above_a_body_match(engine: SearchBackend) -> None:
    body = a_document("a/body", title="a plan", body=f"{FILLER} smog")
    title = a_document("b/title", title="smog plan", body=f"{FILLER} day")

    assert found(engine, body, title, question=a_question("smog")) == ["b/title", "a/body"]


def test_a_repeated_word_ranks_higher(engine: SearchBackend) -> None:
    once = a_document("a/once", body=f"{FILLER} smog day day")
    thrice = a_document("b/thrice", body=f"{FILLER} smog smog smog")

    assert found(engine, once, thrice, question=a_question("smog")) == ["b/thrice", "a/once"]


def test_a_word_typed_twice_weighs_twice(engine: SearchBackend) -> None:
    smog = a_document("a/smog", body=f"{FILLER} smog")
    wind = a_document("b/wind", body=f"{FILLER} wind wind")

    assert found(engine, smog, wind, question=a_question("smog wind")) == ["b/wind", "a/smog"]
    assert ids(engine.search(Ask(a_question("smog smog wind")))) == ["a/smog", "b/wind"]


def test_the_exact_spelling_ranks_above_a_shared_stem(engine: SearchBackend) -> None:
    stem_only = a_document("a/stem", body=f"{FILLER} parking")
    exact = a_document("b/exact", body=f"{FILLER} parks")

    assert found(engine, stem_only, exact, question=a_question("parks")) == ["b/exact", "a/stem"]


def test_a_case_that_holds_all_words_ranks_above_one_that_holds_some(engine: SearchBackend) -> None:
    some = a_document("a/some", body=f"{FILLER} smog")
    every = a_document("b/every", body=f"{FILLER} smog tax bus")

    assert found(engine, some, every, question=a_question("smog tax bus")) == ["b/every", "a/some"]


@pytest.mark.parametrize(("typed", "needed"), [(1, 1), (3, 1), (7, 1), (8, 2), (11, 2), (12, 3)])
def test_a_quarter_of_the_words_is_needed(engine: SearchBackend, typed: int, needed: int) -> None:
    words = [f"{letter}{letter}{letter}{letter}" for letter in "abcdefghijkl"[:typed]]
    documents = [
        a_document(f"tehran/{held:02}", body=" ".join(words[:held]) or "none") for held in range(typed + 1)
    ]

    answer = found(engine, *documents, question=a_question(" ".join(words)))

    assert sorted(answer) == [f"tehran/{held:02}" for held in range(needed, typed + 1)]


def test_a_repeated_word_counts_as_often_as_it_was_typed(engine: SearchBackend) -> None:
    question = a_question("smog smog aaaa bbbb cccc dddd eeee ffff")

    assert found(
        engine, a_document("a/b", body="smog"), a_document("c/d", body="aaaa"), question=question
    ) == ["a/b"]


def test_a_shared_concept_alone_is_a_match(engine: SearchBackend) -> None:
    other_language = a_document("pune/waste", body="kachra", concepts=text(["recycling"]))

    answer = found(
        engine, other_language, a_document("x/y"), question=a_question("bazyaft", concepts=("recycling",))
    )

    assert answer == ["pune/waste"]


def test_concepts_without_words_are_a_question(engine: SearchBackend) -> None:
    documents = [
        a_document("a/both", concepts=text(["recycling", "compost"])),
        a_document("b/one", concepts=text(["recycling", "trees"])),
        a_document("c/none", concepts=text(["trees"])),
    ]

    answer = found(engine, *documents, question=a_question(concepts=("compost", "recycling")))

    assert answer == ["a/both", "b/one"]


def test_words_and_a_shared_concept_rank_above_words_alone(engine: SearchBackend) -> None:
    words = a_document("a/words", body=f"{FILLER} smog", concepts=text(["trees"]))
    both = a_document("b/both", body=f"{FILLER} smog", concepts=text(["smog"]))

    assert found(engine, words, both, question=a_question("smog", concepts=("smog",))) == [
        "b/both",
        "a/words",
    ]


def test_a_word_in_comments_is_found_and_ranks_below_one_in_the_text(engine: SearchBackend) -> None:
    commented = a_document("a/commented", body=FILLER, comments=text(["smo"]))
    told = a_document("b/told", body=f"{FILLER} smog")

    assert found(engine, commented, told, a_document("c/d"), question=a_question("smog")) == [
        "b/told",
        "a/commented",
    ]


def test_words_of_a_phrase_must_stand_in_its_order(engine: SearchBackend) -> None:
    documents = [
        a_document("a/right", body="a clean air zone today"),
        a_document("b/turned", body="air clean a zone"),
        a_document("c/apart", body="clean the air"),
    ]

    answer = found(engine, *documents, question=a_question("clean air", phrases=["clean air"]))

    assert answer == ["a/right"]


def test_a_phrase_does_not_match_across_parts(engine: SearchBackend) -> None:
    seam = a_document("a/seam", title="cities clean", body="air zone")

    assert found(engine, seam, question=a_question("clean air", phrases=["clean air"])) == []


def test_a_phrase_adds_nothing_to_the_score(engine: SearchBackend) -> None:
    fill(engine, [a_document("a/b", body="clean air zone"), a_document("c/d", body="water")])

    without = engine.search(Ask(a_question("clean air")))
    with_phrase = engine.search(Ask(a_question("clean air", phrases=["clean air", "zone"])))

    assert with_phrase.hits == without.hits


def test_an_excluded_word_or_phrase_may_not_stand_in_the_text(engine: SearchBackend) -> None:
    documents = [
        a_document("a/word", body="smog from buses"),
        a_document("b/phrase", body="smog of the old city"),
        a_document("c/turned", body="smog of the city old"),
    ]

    answer = found(engine, *documents, question=a_question("smog", without=["buses", "old city"]))

    assert answer == ["c/turned"]


def test_an_exclusion_leaves_words_of_the_same_stem(engine: SearchBackend) -> None:
    documents = [a_document("a/b", body="smog parking"), a_document("c/d", body="smog parks")]

    assert found(engine, *documents, question=a_question("smog", without=["parks"])) == ["a/b"]


def test_only_exclusions_browse_the_rest_newest_first(engine: SearchBackend) -> None:
    documents = [
        a_document("a/old", body="trees", newest="2020-01-01|a/old"),
        a_document("b/new", body="trees", newest="2024-01-01|b/new"),
        a_document("c/smog", body="smog", newest="2025-01-01|c/smog"),
    ]

    assert found(engine, *documents, question=a_question(without=["smog"])) == ["b/new", "a/old"]
