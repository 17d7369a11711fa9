"""An ask as Elasticsearch receives it: filters do not score, facets are counted without their own choice."""

import json
from dataclasses import replace
from typing import Any

import pytest

from knowledgebase.domain.query import Sort
from knowledgebase.domain.question import Phrase, Question, Word
from knowledgebase.search.backend import COMMENT_BOOST, CONCEPT_BOOST, EXACT_BOOST, Ask, FacetAsk
from knowledgebase.search.elastic_query import DEPTH, body, preference

PARKS = Word("parks", ("park",), "Parks")
SMOG = Word("smog", ("smo", "smog"), "smog")


def test_browsing_asks_for_everything_newest_first() -> None:
    assert body(Ask(Question())) == {
        "query": {"bool": {}},
        "from": 0,
        "size": 20,
        "sort": [{"newest": "desc"}],
        "track_total_hits": True,
        "_source": False,
        "timeout": "1s",
    }


def test_a_word_is_its_spelling_or_a_stem_or_in_comments() -> None:
    request = body(Ask(Question(words=(SMOG,))))

    [group] = request["query"]["bool"]["must"]
    [words] = group["bool"]["should"]
    [word] = words["bool"]["should"]
    assert word == {
        "bool": {
            "should": [
                {"term": {"exact": {"value": "smog", "boost": EXACT_BOOST}}},
                {"term": {"stem": {"value": "smo", "boost": 1.0}}},
                {"term": {"stem": {"value": "smog", "boost": 1.0}}},
                {"term": {"comments": {"value": "smo", "boost": COMMENT_BOOST}}},
                {"term": {"comments": {"value": "smog", "boost": COMMENT_BOOST}}},
            ],
            "minimum_should_match": 1,
        }
    }
    assert request["sort"] == [{"_score": "desc"}, {"id": "asc"}]


@pytest.mark.parametrize(("typed", "needed"), [(1, 1), (7, 1), (8, 2), (32, 8)])
def test_a_quarter_of_the_words_must_match(typed: int, needed: int) -> None:
    request = body(Ask(Question(words=(PARKS,) * typed)))

    words = request["query"]["bool"]["must"][0]["bool"]["should"][0]["bool"]
    assert (len(words["should"]), words["minimum_should_match"]) == (typed, needed)


def test_words_or_a_concept_are_enough() -> None:
    request = body(Ask(Question(words=(PARKS,), concepts=("parks", "trees"))))

    group = request["query"]["bool"]["must"][0]["bool"]
    assert group["minimum_should_match"] == 1
    assert group["should"][1:] == [
        {"term": {"concepts": {"value": "parks", "boost": CONCEPT_BOOST}}},
        {"term": {"concepts": {"value": "trees", "boost": CONCEPT_BOOST}}},
    ]


def test_concepts_alone_ask_for_no_words() -> None:
    group = body(Ask(Question(concepts=("trees",))))["query"]["bool"]["must"][0]["bool"]

    assert group["should"] == [{"term": {"concepts": {"value": "trees", "boost": CONCEPT_BOOST}}}]


def test_phrases_and_filters_choose_and_do_not_score() -> None:
    question = Question(words=(PARKS,), phrases=(Phrase(("city", "parks")),), excluded=(Phrase(("car",)),))

    parts = body(Ask(question, filters={"topic": ("nature",)}, hidden=("a/b",)))["query"]["bool"]

    assert parts["filter"] == [{"match_phrase": {"exact": "city parks"}}, {"terms": {"topic": ["nature"]}}]
    assert parts["must_not"] == [{"match_phrase": {"exact": "car"}}, {"terms": {"id": ["a/b"]}}]


def test_a_facet_is_counted_without_its_own_choice() -> None:
    ask = Ask(
        Question(words=(PARKS,)),
        filters={"topic": ("nature", "air"), "year": ("2020",), "city": ("pune",)},
        facets={"topic": FacetAsk(16), "year": FacetAsk(40), "tag": FacetAsk(60)},
    )

    request = body(ask)

    topic = {"terms": {"topic": ["nature", "air"]}}
    year = {"terms": {"year": ["2020"]}}
    assert request["query"]["bool"]["filter"] == [{"terms": {"city": ["pune"]}}]  # nobody counts cities
    assert request["post_filter"] == {"bool": {"filter": [topic, year]}}
    filters = {name: facet["filter"]["bool"]["filter"] for name, facet in request["aggs"].items()}
    assert filters == {"topic": [year], "year": [topic], "tag": [topic, year]}


def test_every_shard_reports_all_values_of_a_facet() -> None:
    facets = {"tag": FacetAsk(5), "city": FacetAsk(DEPTH + 1)}

    terms = {
        name: facet["aggs"]["values"]["terms"]
        for name, facet in body(Ask(Question(), facets=facets))["aggs"].items()
    }

    assert terms["tag"] == {"field": "tag", "size": 5, "shard_size": DEPTH}
    assert terms["city"]["shard_size"] == DEPTH + 1


def test_included_values_are_asked_by_name() -> None:
    request = body(Ask(Question(), facets={"tag": FacetAsk(1, include=("c++", "a.b"))}))

    terms = request["aggs"]["tag"]["aggs"]["values"]["terms"]
    assert (terms["include"], terms["size"]) == (["c++", "a.b"], 2)


def test_sorting_by_newest_keeps_the_words() -> None:
    request = body(Ask(Question(words=(PARKS,)), sort=Sort.NEWEST))

    assert request["sort"] == [{"newest": "desc"}]
    assert "must" in request["query"]["bool"]


def test_a_page_begins_at_its_offset() -> None:
    request = body(Ask(Question(), offset=40, size=10))

    assert (request["from"], request["size"]) == (40, 10)


HOSTILE = [
    '{"match_all": {}}',
    "_exists_:id",
    "*:*",
    "/re.*/",
    "a OR b",
    "smog^9",
    "smog~2",
    '"; DROP',
    "script",
    "}}",
    "\\u0022",
    "${jndi}",
]


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [value]


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys(inner)}
    if isinstance(value, list):
        return {key for inner in value for key in keys(inner)}
    return set()


@pytest.mark.parametrize("typed", HOSTILE)
def test_text_stays_text_wherever_it_stands(typed: str) -> None:
    harmless = "smog"

    def request(text: str) -> dict[str, Any]:
        question = Question(
            words=(Word(text, (text,), text),),
            phrases=(Phrase((text,)),),
            excluded=(Phrase((text, text)),),
            concepts=(text,),
        )
        return body(Ask(question, filters={"tag": (text,)}, hidden=(text,)))

    assert keys(request(typed)) == keys(request(harmless))
    assert [str(leaf).replace(typed, harmless) for leaf in leaves(request(typed))] == [
        str(leaf) for leaf in leaves(request(harmless))
    ]
    assert not keys(request(typed)) & {
        "query_string",
        "simple_query_string",
        "script",
        "regexp",
        "wildcard",
        "fuzzy",
    }


def test_the_body_is_json() -> None:
    ask = Ask(
        Question(words=(PARKS,), concepts=("x",)),
        filters={"tag": ("a",)},
        hidden=("x/y",),
        facets={"tag": FacetAsk(9)},
    )

    assert json.loads(json.dumps(body(ask))) == body(ask)


def test_pages_of_one_question_prefer_the_same_copies() -> None:
    ask = Ask(Question(words=(PARKS,)), filters={"topic": ("air",)})

    assert preference(ask) == preference(replace(ask, offset=20))
    assert preference(ask) != preference(replace(ask, question=Question(words=(SMOG,))))
    assert preference(ask)[0] != "_"
