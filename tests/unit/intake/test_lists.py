"""The closed lists: complete, labelled in both languages, and in step with the domain."""

import re
from enum import StrEnum

import pytest

from knowledgebase.domain.case import Offer, Status, TranslatorKind, WriterKind
from knowledgebase.domain.evidence import (
    Better,
    Caused,
    ChangeUnit,
    ComparedWith,
    EvaluationKind,
    Method,
    ResultKind,
)
from knowledgebase.domain.money import FundingSource, MoneyKind
from knowledgebase.domain.period import Calendar
from knowledgebase.domain.query import Sort
from knowledgebase.domain.record import Origin, State
from knowledgebase.domain.topic import Topic
from knowledgebase.text import lists

ENUMS = {
    "status": Status,
    "writer": WriterKind,
    "translator": TranslatorKind,
    "offer": Offer,
    "money_kind": MoneyKind,
    "funding": FundingSource,
    "result_kind": ResultKind,
    "better": Better,
    "change_unit": ChangeUnit,
    "compared_with": ComparedWith,
    "caused": Caused,
    "method": Method,
    "evaluation": EvaluationKind,
    "calendar": Calendar,
    "origin": Origin,
    "state": State,
    "sort": Sort,
}
CLOSED = {
    "leader": "municipality utility state association private inter-municipal",
    "intervention": "policy regulation infrastructure service technology finance behaviour organisation"
    " nature-based",
    "scale": "site neighbourhood district city metro region",
    "precondition": "legal financial technical political social data",
    "participation": "inform consult involve collaborate empower",
    "income_band": "low lower-middle upper-middle high",
    "capacity": "expertise training equipment facility finance",
    "stage": "idea study tender open closed",
    "agreement": "sister partner memorandum",
    "agreement_status": "active dormant suspended ended",
    "evidence": "0 1 2 3 4",
}
REASONS = "no-result output-only stated no-comparison compared no-method no-measured-source measured"
REASONS += " not-evaluated own-evaluation evaluated"


def all_names() -> list[str]:
    return sorted({row["list"] for row in lists.rows("lists.tsv")})


@pytest.mark.parametrize(("name", "enum"), ENUMS.items())
def test_a_list_holds_what_the_domain_knows(name: str, enum: type[StrEnum]) -> None:
    assert list(lists.labels(name)) == list(enum)


@pytest.mark.parametrize(("name", "values"), CLOSED.items())
def test_a_list_holds_what_the_format_says(name: str, values: str) -> None:
    assert list(lists.labels(name)) == values.split()


def test_every_reason_of_an_evidence_level_has_its_words() -> None:
    assert set(lists.labels("evidence_reason")) == set(REASONS.split())


def test_climates_are_codes_of_koeppen() -> None:
    assert all(re.fullmatch(r"[A-D][fmwsWS][abcdhk]?|E[TF]", code) for code in lists.labels("climate"))


@pytest.mark.parametrize("name", all_names())
def test_every_value_has_an_english_and_a_persian_label(name: str) -> None:
    for value, names in lists.labels(name).items():
        assert re.search("[A-Za-z]", names["en"]), value
        assert re.search("[\u0627-\u06cc]", names["fa"]), value


@pytest.mark.parametrize("name", all_names())
def test_persian_labels_are_spelled_as_persian(name: str) -> None:
    for value, names in lists.labels(name).items():
        assert not re.search("[\u064a\u0643\u0660-\u0669]", names["fa"]), value
        assert not re.search(r"(?:^| )(?:می|نمی) | (?:ها|های|تر|ترین)(?: |$)", names["fa"]), value


@pytest.mark.parametrize("name", all_names())
def test_no_two_values_of_a_list_look_alike(name: str) -> None:
    for language in ("en", "fa"):
        shown = [names[language] for names in lists.labels(name).values()]
        assert len(shown) == len(set(shown)), language


def test_an_unknown_list_is_empty_and_an_unknown_value_shows_itself() -> None:
    assert lists.labels("no-such-list") == {}
    assert lists.label("status", "no-such-value", "fa") == "no-such-value"
    assert lists.label("status", "planned", "de") == "Planned"
    assert lists.label("scale", "neighbourhood", "fa") == "محله"


def test_codes_are_those_of_the_standards() -> None:
    assert len(lists.codes("country")) == 249
    assert {"IR", "NO", "TW", "PS"} <= lists.codes("country")
    assert {"IRR", "EUR", "USD", "DEM"} <= lists.codes("currency")
    assert lists.codes("no-such-list") == frozenset()


def test_topics_are_the_sixteen_in_their_order() -> None:
    assert list(lists.topics()) == list(Topic)
    for topic in lists.topic_texts().values():
        assert set(topic.labels) == {"en", "fa", "ar", "fr", "es"}
        assert set(topic.abouts) == {"en", "fa"}
        assert topic.hue


def test_networks_have_names_in_both_languages() -> None:
    assert {"c40", "iclei", "uclg"} <= set(lists.networks())
    for network in lists.networks().values():
        assert set(network.names) == {"en", "fa"}
        assert network.website is None or network.website.startswith("https://")


def test_the_vocabulary_is_known_by_its_ids() -> None:
    assert {"air-pollution", "low-emission-zone"} <= lists.concept_ids()


@pytest.mark.parametrize("key", lists.section_keys())
@pytest.mark.parametrize("language", ["en", "fa", "ar", "fr", "es"])
def test_the_preferred_heading_of_a_section_leads_back_to_it(key: str, language: str) -> None:
    assert lists.section_key(lists.section_label(key, language), language) == key


def test_a_section_in_an_unknown_language_has_its_english_heading() -> None:
    assert lists.section_label("limits", "de") == "What did not work"


@pytest.mark.parametrize("heading", ["", "Something else", "x" * 10_000, "## Results"])
def test_other_headings_open_no_section(heading: str) -> None:
    assert lists.section_key(heading, "en") is None


def test_a_heading_shared_by_two_languages_means_the_same_in_both() -> None:
    assert lists.section_key("Sources", "fr") == lists.section_key("Sources", "en") == "sources"
