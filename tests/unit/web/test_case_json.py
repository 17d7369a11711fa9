"""A case for programs: every key of the format, numbers as numbers, and no address of a person."""

import json
from dataclasses import fields
from typing import Any

import pytest

from knowledgebase.domain.case import Case, Writer, WriterKind
from knowledgebase.services.reading import CasePage
from knowledgebase.web.case_json import as_json
from tests.make import NOON, a_case, a_city, a_city_record, a_full_case, a_full_city, a_record

BASE = "https://kb.example"


@pytest.fixture
def told() -> dict[str, Any]:
    return as_json(CasePage(a_record(a_full_case()), a_city_record(a_full_city()), "0123456789abcdef"), BASE)


def minimal(**changes: Any) -> dict[str, Any]:
    return as_json(CasePage(a_record(a_case(**changes)), a_city_record(a_city())), BASE)


def test_every_key_of_the_format_is_there_even_when_empty(told: dict[str, Any]) -> None:
    keys = {field.name for field in fields(Case)}

    assert keys - told.keys() == set()
    assert keys - minimal().keys() == set()
    assert [key for key in keys if not told[key]] == []


def test_it_is_json(told: dict[str, Any]) -> None:
    assert json.loads(json.dumps(told)) == told


def test_the_address_of_the_contact_is_nowhere(told: dict[str, Any]) -> None:
    assert told["contact"] == {"office": "Air office", "url": "https://example.org/air"}
    assert "air@example.org" not in json.dumps(told)


def test_numbers_are_numbers_and_ranges_have_two_ends(told: dict[str, Any]) -> None:
    result = told["results"][0]

    assert result["before"]["value"] == 38.5
    assert result["after"]["value"] == {"low": 30, "high": 31.5}
    assert type(result["target"]["value"]) is int
    assert told["context"]["density"] == 11800.5


def test_a_date_is_told_as_written_and_by_its_days(told: dict[str, Any]) -> None:
    assert told["started"] == {
        "written": "1398",
        "first": "2019-03-21",
        "last": "2020-03-19",
        "precision": "year",
        "calendar": "jalali",
    }
    assert told["confirmed"] == "2025-11-30"


def test_a_change_has_the_keys_of_the_format(told: dict[str, Any]) -> None:
    assert set(told["results"][0]["change"]) == {"value", "unit", "from", "to"}


def test_money_is_told_as_written_and_in_a_currency_of_iso(told: dict[str, Any]) -> None:
    capital = told["cost"]["capital"]

    assert capital["currency"] == "toman"
    assert capital["amount"] == {"low": 12000000000.01, "high": 15000000000}
    assert capital["iso"] == {"amount": {"low": 120000000000.1, "high": 150000000000}, "currency": "IRR"}


def test_what_is_computed_stands_beside(told: dict[str, Any]) -> None:
    assert told["evidence"] == {
        "level": 4,
        "reasons": ["compared", "measured", "evaluated"],
        "only_own_sources": False,
    }
    assert told["months"] == {"number": 59, "is_rough": False, "is_written": True}
    assert told["year"] == 2019
    assert told["cost_per_resident"] == {
        "capital": {"amount": {"low": 1379, "high": 1724}, "currency": "toman", "year": 2019},
        "yearly": {"amount": 0.2874, "currency": "EUR", "year": 2020},
        "residents": 8_700_000,
        "residents_year": 2016,
    }
    assert 0 < told["completeness"]["percent"] <= 100
    assert told["first_published"] == NOON.isoformat()
    assert told["revision"] == 1


def test_sources_are_numbered_as_the_text_cites_them(told: dict[str, Any]) -> None:
    assert [source["number"] for source in told["sources"]] == [1, 2]


def test_addresses_are_whole(told: dict[str, Any]) -> None:
    page = f"{BASE}/fa/cases/tehran/%D8%AD%D8%B1%DB%8C%D9%85-%D9%87%D9%88%D8%A7%DB%8C-%D9%BE%D8%A7%DA%A9"

    assert told["urls"]["pages"]["fa"] == page
    assert told["urls"]["markdown"] == f"{page}.md"
    assert told["cover"]["url"].startswith(f"{BASE}/covers/tehran/")


def test_who_wrote_it_is_said_where_it_was_not_the_city(told: dict[str, Any]) -> None:
    by_others = minimal(written_by=Writer(WriterKind.NETWORK, "C40"))

    assert told["notice"] is None
    assert by_others["notice"]["en"] == (
        "Written by the network C40 from public sources; not confirmed by Tehran"
    )
    assert "تهران" in by_others["notice"]["fa"]
