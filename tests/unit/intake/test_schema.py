"""The JSON Schema of the format says what the gate does."""

from typing import Any

import pytest

from knowledgebase.domain.case import Status
from knowledgebase.domain.topic import Topic
from knowledgebase.intake.case_keys import CaseKeys
from knowledgebase.intake.city_keys import CityKeys
from knowledgebase.intake.schema import case_schema, city_schema
from knowledgebase.text import lists

SCHEMAS = [pytest.param(case_schema(), id="case"), pytest.param(city_schema(), id="city")]


def maps(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [schema, *schema["$defs"].values()]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_schema_names_its_dialect_and_refuses_unknown_keys(schema: dict[str, Any]) -> None:
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert all(one["additionalProperties"] is False for one in maps(schema))


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_key_is_described(schema: dict[str, Any]) -> None:
    for one in maps(schema):
        for name, key in one["properties"].items():
            assert key.get("description"), name


def test_the_keys_are_those_of_the_models() -> None:
    assert list(case_schema()["properties"]) == list(CaseKeys.model_fields)
    assert list(city_schema()["properties"]) == list(CityKeys.model_fields)


def test_the_required_keys_are_those_of_the_snapshot() -> None:
    assert case_schema()["required"] == ["title", "summary", "language", "topics", "status"]
    assert city_schema()["required"] == ["name", "country"]


def test_closed_values_stand_in_the_schema() -> None:
    case, city = case_schema()["properties"], city_schema()["properties"]

    assert case["topics"]["items"]["enum"] == list(Topic)
    assert case["status"]["enum"] == list(Status)
    assert city["hazards"]["items"]["enum"] == list(lists.labels("hazard"))
    assert set(city["country"]["enum"]) == lists.codes("country")


def test_limits_stand_in_the_schema() -> None:
    case = case_schema()["properties"]

    assert case["title"]["maxLength"] == 120
    assert (case["topics"]["minItems"], case["topics"]["maxItems"]) == (1, 3)


def test_keys_that_python_cannot_spell_are_written_as_in_the_format() -> None:
    assert set(case_schema()["$defs"]["ChangeKeys"]["properties"]) == {"value", "unit", "from", "to"}
