"""The gate for cases, part one: what each key may hold, both ways."""

from typing import Any

import pytest

from knowledgebase.domain.case import Case, Writer, WriterKind
from knowledgebase.domain.topic import Topic
from knowledgebase.intake.case import accept
from tests.make import a_city
from tests.unit.intake.raw import BODY, FULL, SNAPSHOT, TODAY, accepted, refused


def a_result(**changes: Any) -> dict[str, Any]:
    return {"indicator": "Soot", "what": "outcome", **changes}


def test_a_snapshot_is_accepted_with_the_defaults_of_the_format() -> None:
    case = accepted()

    assert case == Case(
        id="tabriz/clean-air",
        language="en",
        title="Clean air zone",
        summary="The city closed its centre to old diesels. Soot fell by a third.",
        body=BODY,
        topics=(Topic.AIR,),
        status=case.status,
    )
    assert (case.written_by, case.license) == (Writer(WriterKind.CITY), "CC-BY-4.0")


def test_a_full_case_is_accepted() -> None:
    case = accepted(**FULL)

    assert case.started is not None
    assert (case.year, case.evidence_in(a_city()).level) == (2019, 4)


@pytest.mark.parametrize("key", list(SNAPSHOT))
def test_every_key_of_the_snapshot_is_required(key: str) -> None:
    missing = refused(**{key: None})

    assert ("required", key) in missing
    assert refused(**{key: ""}) == missing


def test_an_unknown_key_is_refused_at_every_depth() -> None:
    assert refused(titel="x") == [("unknown-key", "titel")]
    assert refused(cost={"price": "3"}) == [("unknown-key", "cost.price")]
    assert refused(results=[a_result(before={"value": "1", "when": "2019"})]) == [
        ("unknown-key", "results.1.before.when")
    ]
    assert refused(id="tabriz/other") == [("unknown-key", "id")]


def test_an_unknown_key_is_refused_even_when_it_is_empty() -> None:
    assert refused(titel="") == [("unknown-key", "titel")]


def test_two_thousand_unknown_keys_are_two_thousand_faults() -> None:
    assert len(refused(**{f"k{number}": "x" for number in range(2_000)})) == 2_000


@pytest.mark.parametrize("key", sorted(set(FULL) - set(SNAPSHOT)))
@pytest.mark.parametrize("nothing", ["", None, " "])
def test_an_empty_value_of_an_optional_key_counts_as_left_out(key: str, nothing: str | None) -> None:
    raw = {**SNAPSHOT, key: nothing}

    assert accept(raw, BODY, city="tabriz", slug="clean-air", today=TODAY) == accepted()


def test_an_empty_map_says_nothing() -> None:
    empty = {"context": {}, "cost": {"capital": ""}, "beneficiaries": {"groups": []}, "contact": {}}

    assert accepted(**empty, translations={}, tags=[]) == accepted()


@pytest.mark.parametrize(
    "key", ["topics", "tags", "partners", "sdgs", "offers", "sources", "results", "formerly"]
)
def test_one_value_where_a_list_belongs_is_refused_by_that_name(key: str) -> None:
    assert ("not-a-list", key) in refused(**{key: "air"})


@pytest.mark.parametrize("key", ["written_by", "cost", "context", "cover", "translations", "status_as_of"])
def test_one_value_where_a_map_belongs_is_refused_by_that_name(key: str) -> None:
    assert ("not-a-map", key) in refused(**{key: "text"})


@pytest.mark.parametrize("key", ["title", "status", "started", "months_to_implement"])
def test_a_list_where_one_value_belongs_is_refused_by_that_name(key: str) -> None:
    assert ("not-one-value", key) in refused(**{key: ["x"]})


def test_limits_of_texts() -> None:
    assert refused(title="x" * 120, summary="y" * 400, tags=["z" * 40]) == []
    assert refused(title="x" * 121, summary="y" * 401, tags=["z" * 41]) == [
        ("too-long", "title"),
        ("too-long", "summary"),
        ("too-long", "tags.1"),
    ]


def test_one_to_three_different_topics() -> None:
    assert accepted(topics=["water", "air", "waste"]).topics == (Topic.WATER, Topic.AIR, Topic.WASTE)
    assert refused(topics=[]) == [("required", "topics")]
    assert refused(topics=["air", "water", "waste", "energy"]) == [("too-many", "topics")]
    assert refused(topics=["air", "air"]) == [("twice", "topics.2")]
    assert refused(topics=["smog"]) == [("unknown-value", "topics.1")]


def test_ten_tags_and_no_twins() -> None:
    assert len(accepted(tags=[f"tag {number}" for number in range(10)]).tags) == 10
    assert refused(tags=[f"tag {number}" for number in range(11)]) == [("too-many", "tags")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Metro", "metro"),
        ("کیفیت هوا", "كيفيت هوا"),
        ("بازآفرینی شهری", "بازآفريني شهري"),
        ("می\u200cشود", "می شود"),
        ("۱۲", "12"),
    ],
)
def test_tags_that_match_alike_are_twins(first: str, second: str) -> None:
    assert refused(tags=[first, "other", second]) == [("twice", "tags.3")]


def test_a_tag_is_shown_as_written() -> None:
    assert accepted(tags=["كيفيت هوا"]).tags == ("كيفيت هوا",)


def test_an_empty_tag_is_refused() -> None:
    assert refused(tags=["a", ""]) == [("required", "tags.2")]


def test_concepts_must_be_in_the_vocabulary() -> None:
    assert accepted(concepts=["emissions"]).concepts == ("emissions",)
    assert refused(concepts=["emissions", "no-such-term"]) == [("unknown-code", "concepts.2")]


def test_goals_are_numbers_from_1_to_17() -> None:
    assert accepted(sdgs=["1", "۱۷"]).sdgs == (1, 17)
    assert refused(sdgs=["0", "18", "x"]) == [
        ("out-of-range", "sdgs.1"),
        ("out-of-range", "sdgs.2"),
        ("not-a-whole-number", "sdgs.3"),
    ]


def test_former_slugs_are_slugs() -> None:
    assert accepted(formerly=["old-name", "Old-Name", "نام-پیشین"]).formerly == (
        "old-name",
        "Old-Name",
        "نام-پیشین",
    )
    assert refused(formerly=["Old name", "../x", "a\u200bb"]) == [
        ("not-a-slug", "formerly.1"),
        ("not-a-slug", "formerly.2"),
        ("not-a-slug", "formerly.3"),
    ]
    assert refused(formerly=["clean-air"]) == [("own-slug", "formerly.1")]


def test_names_hide_nothing() -> None:
    hidden = "a\u202eb"

    assert refused(
        title=hidden,
        tags=[hidden],
        led_by={"name": hidden, "kind": "state"},
        stakeholders=[{"name": hidden}],
        partners=[hidden],
        sources=[{"title": hidden}],
    ) == [
        ("invisible-character", "title"),
        ("invisible-character", "led_by.name"),
        ("invisible-character", "tags.1"),
        ("invisible-character", "partners.1"),
        ("invisible-character", "stakeholders.1.name"),
        ("invisible-character", "sources.1.title"),
    ]
