"""The format as JSON Schema, so that editors check a file while it is written."""

from typing import Any

from knowledgebase.intake.case_keys import CaseKeys
from knowledgebase.intake.city_keys import CityKeys
from knowledgebase.intake.keys import FileKeys

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def case_schema() -> dict[str, Any]:
    """Return the JSON Schema of the front matter of a case."""
    return _schema(CaseKeys, "Case")


def city_schema() -> dict[str, Any]:
    """Return the JSON Schema of the front matter of a city."""
    return _schema(CityKeys, "City")


def _schema(model: type[FileKeys], title: str) -> dict[str, Any]:
    return {"$schema": DIALECT, **model.model_json_schema(), "title": title}
