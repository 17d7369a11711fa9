"""The description of the JSON interface tells the truth about its addresses, answers and parameters."""

from typing import Any

import pytest
from flask import Flask

from knowledgebase.domain.query import Sort
from knowledgebase.web.api.models import Search

# The description


@pytest.fixture
def description(bare: Flask) -> Any:
    """Return the description as a program reads it."""
    return bare.test_client().get("/api/v1/openapi.json").get_json()


def references(told: Any) -> set[str]:
    if isinstance(told, dict):
        own = {told["$ref"]} if isinstance(told.get("$ref"), str) else set()
        return own.union(*map(references, told.values()))
    return set().union(*map(references, told)) if isinstance(told, list) else set()


def test_every_address_of_the_interface_is_described(bare: Flask, description: Any) -> None:
    addresses = {
        str(rule).replace("<", "{").replace(">", "}")
        for rule in bare.url_map.iter_rules()
        if str(rule).startswith("/api/v1/")
    }

    assert set(description["paths"]) == addresses - {"/api/v1/openapi.json"}
    assert description["openapi"].startswith("3.1")


def test_every_reference_of_the_description_leads_somewhere(description: Any) -> None:
    known = {f"#/components/schemas/{name}" for name in description["components"]["schemas"]}

    assert references(description) - known == set()


def test_refusals_are_described_as_problems(description: Any) -> None:
    responses = description["paths"]["/api/v1/cases/{city}/{slug}"]["get"]["responses"]

    assert sorted(responses) == ["200", "301", "404", "410", "503"]
    assert responses["410"]["content"]["application/problem+json"]["schema"]["$ref"].endswith("/Withdrawn")
    assert list(responses["301"]["headers"]) == ["Location"]
    assert list(responses["410"]["content"]) == ["application/problem+json"]


def test_the_refusal_of_a_page_past_the_end_is_described(description: Any) -> None:
    assert sorted(description["paths"]["/api/v1/search"]["get"]["responses"]) == ["200", "400", "503"]


def test_the_parameters_of_the_search_are_described(description: Any) -> None:
    parameters = {one["name"] for one in description["paths"]["/api/v1/search"]["get"]["parameters"]}

    assert parameters == set(Search.model_fields)
    assert {sort.value for sort in Sort} == {"best", "newest"}


def test_the_description_names_the_site_itself(description: Any) -> None:
    assert description["servers"] == [{"url": "http://localhost"}]
