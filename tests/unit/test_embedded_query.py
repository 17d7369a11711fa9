"""An ask as the embedded engine receives it, held against a small index in memory."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
import tantivy
from tantivy import Index, Query, Searcher

from knowledgebase.domain.query import Sort
from knowledgebase.domain.question import Phrase, Question, Word
from knowledgebase.search.backend import (
    COMMENT_BOOST,
    CONCEPT_BOOST,
    END,
    EXACT_BOOST,
    Ask,
    Document,
    FacetAsk,
)
from knowledgebase.search.embedded_query import DEPTH, counting, facet_queries, hits_query
from knowledgebase.search.embedded_schema import schema, to_engine
from knowledgebase.search.plan import AnyOf, Term, plan

TEXTS = {
    "a/parks": "city parks at night",
    "b/park": "a park",
    "c/car": "parks for every car",
    "d/none": "water",
}


def a_document(name: str, text: str, **named: object) -> Document:
    tokens = text.split()
    return Document(
        id=name,
        revision=1,
        digest="",
        exact=f"{text} {END}",
        stem=" ".join([*(token.removesuffix("s") for token in tokens), END]),
        newest=f"2024-01-01|{name}",
        **({"is_visible": True, "facets": {"city": (name[0],)}} | named),  # type: ignore[arg-type]
    )


def an_index(*documents: Document) -> Searcher:
    index = Index(schema())
    writer = index.writer(15_000_000, 1)
    for document in documents or [a_document(name, text) for name, text in TEXTS.items()]:
        writer.add_document(to_engine(document))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index.searcher()


def found(searcher: Searcher, ask: Ask) -> Mapping[str, float]:
    return scores(searcher, hits_query(plan(ask)))


def scores(searcher: Searcher, query: Query) -> dict[str, float]:
    hits = searcher.search(query, limit=50).hits
    return {str(searcher.doc(address).get_first("id")): float(score) for score, address in hits}


def words(*typed: str, **named: object) -> Question:
    return Question(words=tuple(Word(word, (word.removesuffix("s"),), word) for word in typed), **named)  # type: ignore[arg-type]


def bm25(searcher: Searcher, *weighted: tuple[str, str, float]) -> dict[str, float]:
    """Return the sum of single term scores, each times its weight."""
    sums: dict[str, float] = {}
    for field, value, weight in weighted:
        for name, score in scores(
            searcher, Query.term_query(schema(), field, value, index_option="freq")
        ).items():
            sums[name] = sums.get(name, 0.0) + weight * score
    return sums


def test_a_word_scores_as_the_sum_of_its_weighted_terms() -> None:
    searcher = an_index(
        a_document("a/a", "parks for parks", comments=f"park {END}"),
        a_document("b/b", "a park for all"),
        a_document("c/c", "water", comments=f"park park {END}"),
        a_document("d/d", "water"),
    )

    answer = found(searcher, Ask(words("parks")))

    expected = bm25(
        searcher, ("exact", "parks", EXACT_BOOST), ("stem", "park", 1.0), ("comments", "park", COMMENT_BOOST)
    )
    assert answer == pytest.approx(expected, rel=1e-6)
    assert set(answer) == {"a/a", "b/b", "c/c"}


def test_a_concept_scores_by_its_own_weight() -> None:
    searcher = an_index(a_document("a/a", "x", concepts=f"trees parks {END}"), a_document("b/b", "trees"))

    answer = found(searcher, Ask(Question(concepts=("trees",))))

    assert answer == pytest.approx(bm25(searcher, ("concepts", "trees", CONCEPT_BOOST)))


def test_filters_and_phrases_leave_the_score_alone() -> None:
    searcher = an_index()
    plain = found(searcher, Ask(words("parks")))

    chosen = found(
        searcher,
        Ask(
            words("parks", phrases=(Phrase(("city", "parks")), Phrase(("night",)))), filters={"city": ("a",)}
        ),
    )

    assert chosen == {"a/parks": plain["a/parks"]}


def test_only_exclusions_find_the_rest() -> None:
    question = Question(excluded=(Phrase(("parks",)), Phrase(("a", "park"))))

    assert set(found(an_index(), Ask(question))) == {"d/none"}


def test_hidden_and_invisible_cases_are_not_found() -> None:
    searcher = an_index(
        a_document("a/a", "parks"), a_document("b/b", "parks"), a_document("c/c", "parks", is_visible=False)
    )

    assert set(found(searcher, Ask(words("parks"), hidden=("a/a",)))) == {"b/b"}


def test_an_empty_question_finds_all_that_is_visible() -> None:
    assert len(found(an_index(), Ask(Question()))) == len(TEXTS)


def test_a_phrase_of_one_word_is_no_phrase_to_the_engine() -> None:
    assert set(found(an_index(), Ask(words("park", phrases=(Phrase(("park",)),))))) == {"b/park"}


def test_a_facet_is_counted_without_its_own_choice() -> None:
    ask = Ask(
        words("parks"),
        filters={"city": ("a",), "year": ("2020",)},
        facets={"city": FacetAsk(9), "tag": FacetAsk(9), "topic": FacetAsk(9)},
    )
    searcher = an_index(
        a_document("a/a", "parks", facets={"city": ("a",), "year": ("2020",)}),
        a_document("b/b", "parks", facets={"city": ("b",), "year": ("2020",)}),
        a_document("c/c", "parks", facets={"city": ("c",), "year": ("2021",)}),
    )

    queries = facet_queries(plan(ask), ask)

    assert [names for _, names in queries] == [("city",), ("tag", "topic")]
    assert [set(scores(searcher, query)) for query, _ in queries] == [{"a/a", "b/b"}, {"a/a"}]


def test_facets_without_choices_share_one_query() -> None:
    ask = Ask(Question(), facets={"city": FacetAsk(9), "tag": FacetAsk(9)})

    assert [names for _, names in facet_queries(plan(ask), ask)] == [("city", "tag")]


def test_no_facets_are_no_queries() -> None:
    ask = Ask(Question(), filters={"city": ("a",)})

    assert facet_queries(plan(ask), ask) == []


def test_every_segment_reports_all_values_of_a_facet() -> None:
    asked = counting({"tag": FacetAsk(5, include=("c++",)), "city": FacetAsk(DEPTH + 1)})

    assert asked["tag"]["terms"] == {"field": "tag", "size": DEPTH, "segment_size": DEPTH, "include": ["c++"]}
    assert asked["city"]["terms"]["segment_size"] == DEPTH + 1


def test_the_plan_of_a_question_names_each_word_once_a_time_typed() -> None:
    meant = plan(Ask(words("parks", "parks", concepts=("trees",))))

    assert meant.scoring is not None
    typed = meant.scoring.clauses[0]
    assert isinstance(typed, AnyOf)
    assert (
        typed.clauses
        == (
            AnyOf(
                (
                    Term("exact", "parks", EXACT_BOOST),
                    Term("stem", "park"),
                    Term("comments", "park", COMMENT_BOOST),
                )
            ),
        )
        * 2
    )
    assert meant.scoring.clauses[1] == Term("concepts", "trees", CONCEPT_BOOST)


@pytest.mark.parametrize(
    "question", [Question(), Question(excluded=(Phrase(("car",)),)), Question(phrases=(Phrase(("a",)),))]
)
def test_what_cannot_be_ranked_is_sorted_by_newest(question: Question) -> None:
    assert plan(Ask(question, sort=Sort.BEST)).sort is Sort.NEWEST
    assert plan(replace(Ask(question), question=words("park"))).sort is Sort.BEST


def test_a_tombstone_has_no_words_but_the_mark() -> None:
    searcher = an_index(Document("a/a", 2, "", is_visible=False))

    marks = {name: searcher.doc_freq(name, END) for name in ("exact", "stem", "concepts", "comments")}

    assert set(marks.values()) == {1}
    assert isinstance(to_engine(Document("a/a", 2, "", is_visible=False)), tantivy.Document)
