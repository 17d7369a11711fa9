"""Every result of a bulk answer is read: what is stored, what is superseded, what to try again."""

from typing import Any

import pytest

from knowledgebase.search.backend import Document, Outcome, Receipt
from knowledgebase.search.elastic import ElasticBackend
from knowledgebase.search.elastic_answers import receipts
from knowledgebase.search.guard import Unanswered
from tests.contract.engines import STAMP, a_document

CONFLICT = "[a/b]: version conflict, current version [7] is higher or equal to the one provided [7]"
RESULTS: dict[str, tuple[dict[str, Any], Receipt]] = {
    name: ({"status": status} | ({"error": {"type": kind, "reason": reason}} if kind else {}), receipt)
    for name, status, kind, reason, receipt in (
        ("created", 201, "", "", Receipt("", Outcome.STORED)),
        ("updated", 200, "", "", Receipt("", Outcome.STORED)),
        ("older", 409, "version_conflict_engine_exception", CONFLICT, Receipt("", Outcome.SUPERSEDED, 7)),
        ("untold", 409, "version_conflict_engine_exception", "conflict", Receipt("", Outcome.SUPERSEDED)),
        ("other-conflict", 409, "another_exception", "", Receipt("", Outcome.FAILED)),
        ("mapping", 400, "strict_dynamic_mapping_exception", "", Receipt("", Outcome.REFUSED)),
        ("too-large", 413, "too_large", "", Receipt("", Outcome.REFUSED)),
        ("busy", 429, "es_rejected_execution_exception", "", Receipt("", Outcome.FAILED)),
        ("flood", 429, "cluster_block_exception", "", Receipt("", Outcome.FAILED)),
        ("blocked", 403, "cluster_block_exception", "", Receipt("", Outcome.FAILED)),
        ("forbidden", 403, "security_exception", "", Receipt("", Outcome.FAILED)),
        ("dropped", 404, "index_not_found_exception", "", Receipt("", Outcome.FAILED)),
        ("shard-away", 503, "unavailable_shards_exception", "", Receipt("", Outcome.FAILED)),
        ("broken", 500, "i_o_exception", "", Receipt("", Outcome.FAILED)),
    )
}


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize("place", range(3))
def test_each_result_counts_for_its_own_document(name: str, place: int) -> None:
    documents = [a_document(f"tehran/{number}") for number in range(3)]
    said, expected = RESULTS[name]
    items: list[dict[str, Any]] = [{"index": {"status": 201}} for _ in documents]
    items[place] = {"index": said}

    found = receipts(documents, {"errors": True, "items": items})

    assert [receipt.id for receipt in found] == [document.id for document in documents]
    assert (found[place].outcome, found[place].stored_revision) == (
        expected.outcome,
        expected.stored_revision,
    )
    assert {receipt.outcome for at, receipt in enumerate(found) if at != place} == {Outcome.STORED}


@pytest.mark.parametrize(
    "said",
    [
        {},
        [],
        "text",
        {"items": []},
        {"items": [{"index": {}}]},
        {"items": [{"create": {"status": 201}}]},
        {"items": [{"index": {"status": "?"}}]},
        {"items": [{"index": {"status": 409}}]},
    ],
)
def test_a_bulk_answer_of_another_shape_is_no_answer(said: object) -> None:
    with pytest.raises(Unanswered):
        receipts([a_document("tehran/air")], said)


def put(engine: ElasticBackend, *documents: Document) -> list[Outcome]:
    return [receipt.outcome for receipt in engine.put("one", documents)]


def test_a_full_disk_makes_writes_wait_and_nothing_is_refused(one_shard: ElasticBackend) -> None:
    one_shard.create("one", STAMP)
    blocks = one_shard._mine.writing.indices
    index = one_shard._indices.name("one")
    blocks.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": True})

    during = put(one_shard, a_document("tehran/air"), a_document("pune/waste"))
    blocks.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": None})
    after = put(one_shard, a_document("tehran/air"), a_document("pune/waste"))

    assert during == [Outcome.FAILED, Outcome.FAILED]
    assert after == [Outcome.STORED, Outcome.STORED]


def test_what_only_the_server_refuses_does_not_stop_the_others(
    one_shard: ElasticBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledgebase.search.elastic.refusal", lambda _document: "")
    one_shard.create("one", STAMP)
    unknown_field = a_document("a/field", facets={"colour": ("red",)})
    long_value = a_document("a/value", facets={"tag": ("x" * 40_000,)})

    found = put(one_shard, a_document("tehran/air"), unknown_field, long_value, a_document("pune/waste"))

    assert found == [Outcome.STORED, Outcome.REFUSED, Outcome.REFUSED, Outcome.STORED]


def test_more_documents_than_fit_one_request_go_in_several(
    one_shard: ElasticBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledgebase.search.elastic.BULK_MAX", 2_000)
    one_shard.create("one", STAMP)
    documents = [a_document(f"tehran/{number}", body="word " * 100) for number in range(30)]

    found = one_shard.put("one", documents)
    one_shard.refresh("one")

    assert [receipt.id for receipt in found] == [document.id for document in documents]
    assert one_shard.count("one") == 30
