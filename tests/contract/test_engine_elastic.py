"""What only a server can get wrong: guessed fields, neighbours, forgotten filters, copies, restarts."""

import os
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from knowledgebase.domain.errors import NotFound, WrongIndex
from knowledgebase.domain.query import FACETS
from knowledgebase.search.backend import Ask, Outcome, Stamp
from knowledgebase.search.choice import choose
from knowledgebase.search.elastic import ElasticBackend, Place
from tests.contract.engines import STAMP, a_document, a_question, a_tombstone, elastic, fill, ids, new_prefix


def server(engine: ElasticBackend) -> Elasticsearch:
    return engine._mine.writing


def test_an_index_takes_no_unknown_fields(one_shard: ElasticBackend) -> None:
    one_shard.create("one", STAMP)

    with pytest.raises(BadRequestError, match="strict_dynamic_mapping"):
        server(one_shard).index(index=one_shard._indices.name("one"), id="x", document={"colour": "red"})


def test_an_index_says_how_it_was_made(one_shard: ElasticBackend) -> None:
    one_shard.create("one", STAMP)
    index = one_shard._indices.name("one")

    settings = server(one_shard).indices.get_settings(index=index)[index]["settings"]["index"]
    mapping = server(one_shard).indices.get_mapping(index=index)[index]["mappings"]

    assert (settings["number_of_shards"], settings["refresh_interval"]) == ("1", "1s")
    assert mapping["dynamic"] == "strict"
    assert mapping["_meta"]["site"] == STAMP.site
    assert set(FACETS) < mapping["properties"].keys()
    assert {
        mapping["properties"][name]["analyzer"] for name in ("exact", "stem", "concepts", "comments")
    } == {"whitespace"}


def test_the_alias_shows_what_is_visible_whoever_asks(one_shard: ElasticBackend) -> None:
    fill(one_shard, [a_document("tehran/air"), a_tombstone("pune/waste", 2)])

    forgotten_filter = server(one_shard).search(index=one_shard._place.prefix, query={"match_all": {}})

    assert [hit["_id"] for hit in forgotten_filter["hits"]["hits"]] == ["tehran/air"]


def test_a_late_write_does_not_bring_a_dropped_index_back(one_shard: ElasticBackend) -> None:
    one_shard.create("one", STAMP)
    one_shard.drop("one")
    operations: list[dict[str, Any]] = [{"index": {"_id": "x"}}, {"id": "x"}]

    said = server(one_shard).bulk(
        index=one_shard._indices.write_alias("one"), operations=operations, require_alias=True
    )

    assert said["items"][0]["index"]["status"] == 404
    assert one_shard.generations() == ()


def test_a_generation_dropped_during_a_write_is_not_made_anew(
    one_shard: ElasticBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_shard.create("one", STAMP)
    monkeypatch.setattr(
        ElasticBackend, "stamp", lambda engine, generation: (engine.drop(generation), STAMP)[1]
    )

    [receipt] = one_shard.put("one", [a_document("tehran/air")])

    assert receipt.outcome is Outcome.FAILED
    assert one_shard.generations() == ()


def test_a_neighbour_with_a_longer_prefix_is_left_alone(elastic_url: str, one_shard: ElasticBackend) -> None:
    fill(one_shard, [a_document("tehran/air")])
    longer = choose(elastic_url, folder=Path(os.devnull), prefix=f"{one_shard._place.prefix}-other")
    assert isinstance(longer, ElasticBackend)
    fill(longer, [a_document("pune/waste")], generation="two")

    mine, theirs = one_shard.generations(), longer.generations()
    one_shard.promote("one")
    answer = longer.search(Ask(a_question()))
    server(longer).indices.delete(index=longer._indices.name("two"))
    longer.close()

    assert (mine, theirs) == (("one",), ("two",))
    assert ids(answer) == ["pune/waste"]


def test_an_index_that_does_not_say_what_it_is_is_not_used(one_shard: ElasticBackend) -> None:
    index = one_shard._indices.name("strange")
    server(one_shard).indices.create(index=index)

    with pytest.raises(WrongIndex):
        one_shard.put("strange", [a_document("tehran/air")])
    server(one_shard).indices.delete(index=index)

    assert one_shard.generations() == ()


def test_copies_are_made_when_a_generation_goes_live(elastic_url: str) -> None:
    engine = ElasticBackend(Place(elastic_url, prefix=new_prefix(), replicas=1))
    engine.create("one", STAMP)
    index = engine._indices.name("one")

    before = server(engine).indices.get_settings(index=index)[index]["settings"]["index"][
        "number_of_replicas"
    ]
    engine.promote("one")
    after = server(engine).indices.get_settings(index=index)[index]["settings"]["index"]["number_of_replicas"]
    server(engine).indices.delete(index=index)
    engine.close()

    assert (before, after) == ("0", "1")


def test_the_source_keeps_what_reconcile_needs_and_no_text(one_shard: ElasticBackend) -> None:
    fill(one_shard, [a_document("tehran/air", body="smog")])

    kept = server(one_shard).get(index=one_shard._indices.name("one"), id="tehran/air")

    assert kept["_source"] == {"digest": "tehran/air-1", "is_visible": True}


def test_a_fork_gets_a_connection_of_its_own(one_shard: ElasticBackend) -> None:
    fill(one_shard, [a_document("tehran/air")])
    one_shard.search(Ask(a_question()))
    mine = one_shard._mine

    child = os.fork()
    if child == 0:
        is_other = one_shard._mine is not mine and one_shard.search(Ask(a_question())).total == 1
        os._exit(0 if is_other else 1)
    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
    assert one_shard.search(Ask(a_question())).total == 1


def test_only_the_expected_index_is_read_and_written(elastic_url: str) -> None:
    with elastic(elastic_url) as ours:
        theirs = Stamp("another-site", STAMP.schema, STAMP.analysis)
        fill(ours, [a_document("tehran/air")])
        engine = ElasticBackend(ours._place, expected=lambda: theirs)

        with pytest.raises(WrongIndex):
            engine.put("one", [a_document("pune/waste")])
        with pytest.raises(WrongIndex):
            engine.search(Ask(a_question()))
        engine.close()

        assert ours.stored("one", ["pune/waste"]) == {}


def test_the_expected_index_answers(elastic_url: str) -> None:
    with elastic(elastic_url) as ours:
        engine = ElasticBackend(ours._place, expected=lambda: STAMP)

        fill(engine, [a_document("tehran/air")])

        assert ids(engine.search(Ask(a_question()))) == ["tehran/air"]
        engine.close()


def test_a_name_taken_by_a_real_index_is_said(one_shard: ElasticBackend) -> None:
    with pytest.raises(NotFound):
        one_shard.promote("one")

    assert one_shard.live() is None
