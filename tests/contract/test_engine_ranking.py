"""What is found and in which order: words, concepts, comments, phrases, exclusions, choices."""

import pytest

from knowledgebase.domain.query import Sort
from knowledgebase.search.backend import END, Ask, Document, FacetAsk, SearchBackend
from tests.contract.engines import a_document, a_question, a_tombstone, fill, ids, text

FILLER = "north south east west up down left right here there"


def found(engine: SearchBackend, *documents: Document, **ask: object) -> list[str]:
    fill(engine, documents)
    return ids(engine.search(Ask(**ask)))  # type: ignore[arg-type]


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


def test_browsing_shows_the_newest_first(engine: SearchBackend) -> None:
    documents = [
        a_document(name, newest=f"{day}|{name}")
        for name, day in (
            ("a/x", "2020-03-01"),
            ("b/x", "2024-01-01"),
            ("c/x", "2020-03-01"),
            ("d/x", "2019-12-31"),
        )
    ]

    answer = found(engine, *documents, question=a_question(), sort=Sort.BEST)

    assert answer == ["b/x", "c/x", "a/x", "d/x"]


def test_words_sorted_by_newest_still_choose(engine: SearchBackend) -> None:
    documents = [
        a_document("a/often", body="smog smog smog", newest="2020-01-01|a/often"),
        a_document("b/once", body=f"{FILLER} smog", newest="2024-01-01|b/once"),
        a_document("c/never", newest="2025-01-01|c/never"),
    ]

    answer = found(engine, *documents, question=a_question("smog"), sort=Sort.NEWEST)

    assert answer == ["b/once", "a/often"]
    assert engine.search(Ask(a_question("smog"), sort=Sort.NEWEST)).hits[0][1] == 0.0


def test_ties_stand_in_order_of_id(engine: SearchBackend) -> None:
    names = [f"city-{number}/same" for number in (9, 3, 7, 1, 8, 2)] + ["تهران/same", "a/same"]
    fill(engine, [])
    for name in names:
        engine.put("one", [a_document(name, body="smog")])
    engine.refresh("one")

    assert ids(engine.search(Ask(a_question("smog")))) == sorted(names)


def test_a_large_tie_is_paged_in_order_of_id(engine: SearchBackend) -> None:
    names = [f"city-{(number * 37) % 400:03}/same" for number in range(400)]
    fill(engine, [a_document(name, body="smog") for name in names], step=80)

    pages = [ids(engine.search(Ask(a_question("smog"), offset=offset))) for offset in (0, 100, 380, 400)]

    assert pages == [sorted(names)[offset : offset + 20] for offset in (0, 100, 380, 400)]


def test_choices_of_one_facet_are_any_of_and_of_several_all_of(engine: SearchBackend) -> None:
    documents = [
        a_document(name, facets={"topic": topics, "year": (year,)})
        for name, topics, year in (
            ("a/x", ("air", "water"), "2020"),
            ("b/x", ("waste",), "2020"),
            ("c/x", ("air",), "2021"),
            ("d/x", ("energy",), "2020"),
        )
    ]

    answer = found(
        engine, *documents, question=a_question(), filters={"topic": ("air", "waste"), "year": ("2020",)}
    )

    assert sorted(answer) == ["a/x", "b/x"]


def test_a_filter_adds_nothing_to_the_score(engine: SearchBackend) -> None:
    fill(engine, [a_document("a/x", body="smog", facets={"topic": ("air",)})])

    without = engine.search(Ask(a_question("smog")))
    with_filter = engine.search(Ask(a_question("smog"), filters={"topic": ("air",)}))

    assert with_filter.hits == without.hits


def test_an_empty_choice_is_no_filter(engine: SearchBackend) -> None:
    assert found(engine, a_document("a/x"), question=a_question(), filters={"topic": ()}) == ["a/x"]


def test_hidden_cases_are_neither_shown_nor_counted(engine: SearchBackend) -> None:
    fill(engine, [a_document(f"city-{number}/x", body="smog") for number in range(5)])

    answer = engine.search(
        Ask(a_question("smog"), hidden=("city-1/x", "city-3/x", "not/there"), facets={"city": FacetAsk(10)})
    )

    assert ids(answer) == ["city-0/x", "city-2/x", "city-4/x"]
    assert answer.total == 3
    assert answer.facets["city"] == (("city-0", 1), ("city-2", 1), ("city-4", 1))


def test_a_thousand_hidden_cases_are_possible(engine: SearchBackend) -> None:
    fill(engine, [a_document(f"city-{number}/x") for number in range(1_010)])

    answer = engine.search(Ask(a_question(), hidden=tuple(f"city-{number}/x" for number in range(1_000))))

    assert answer.total == 10


def test_the_end_mark_finds_nothing_by_accident(engine: SearchBackend) -> None:
    fill(engine, [a_document("a/x", body="smog"), a_tombstone("b/x", 2)])

    assert engine.search(Ask(a_question(END))).total == 1
    assert engine.search(Ask(a_question("smog"), hidden=("a/x",))).total == 0


def test_a_facet_lists_values_with_most_cases_first(engine: SearchBackend) -> None:
    topics = ["water", "air", "waste", "air", "energy", "water"]
    fill(engine, [a_document(f"c/{at}", facets={"topic": (topic,)}) for at, topic in enumerate(topics)])

    answer = engine.search(Ask(a_question(), facets={"topic": FacetAsk(10), "tag": FacetAsk(10)}))

    assert answer.facets == {"topic": (("air", 2), ("water", 2), ("energy", 1), ("waste", 1)), "tag": ()}


def test_a_cut_facet_keeps_exact_counts_and_the_first_values(engine: SearchBackend) -> None:
    fill(
        engine,
        [a_document(f"c/{at}", facets={"tag": (f"tag {at % 30:02}", "all")}) for at in range(100)],
        step=20,
    )

    answer = engine.search(Ask(a_question(), facets={"tag": FacetAsk(4)}))

    assert answer.facets["tag"] == (("all", 100), ("tag 00", 4), ("tag 01", 4), ("tag 02", 4))


def test_only_the_included_values_of_a_facet_are_counted(engine: SearchBackend) -> None:
    values = ("c++", "a.b", "axb", "(", ".*", "آب پاک")
    fill(engine, [a_document(f"c/{value}", facets={"tag": (value,)}) for value in values])

    answer = engine.search(
        Ask(a_question(), facets={"tag": FacetAsk(1, include=("a.b", "c++", ".*", "آب پاک"))})
    )

    assert answer.facets["tag"] == ((".*", 1), ("a.b", 1), ("c++", 1), ("آب پاک", 1))


def test_text_is_never_an_engines_own_syntax(engine: SearchBackend) -> None:
    fill(engine, [a_document("a/x", body="smog"), a_document("b/x", body="stem:smog")])

    for typed in (
        "id:*",
        "*",
        "smo*",
        "/smog/",
        "smog~",
        "stem:smo",
        '{"match_all":{}}',
        "_exists_:id",
        "smog^9",
        "(smog",
        '"',
    ):
        question = a_question(typed, phrases=[typed], without=["[* TO *]"])

        assert engine.search(Ask(question)).total == 0

    assert ids(engine.search(Ask(a_question("stem:smog", phrases=["stem:smog"])))) == ["b/x"]
