"""What is chosen and counted: filters, hidden cases, facets; and the order where nothing scores."""

from knowledgebase.domain.query import Sort
from knowledgebase.search.backend import END, Ask, FacetAsk, SearchBackend
from tests.contract.engines import FILLER, a_document, a_question, a_tombstone, fill, found, ids


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
