"""Scalar types that point at something else: slugs, cities, cases, terms of the vocabulary."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from knowledgebase.intake.dates import setting_of
from knowledgebase.intake.fields import Scalar, Url, as_text
from knowledgebase.intake.refusal import refusal, shown
from knowledgebase.intake.slug import SLUG_MAX, is_city_id, is_slug
from knowledgebase.text import lists

_LOOKS_LIKE_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:")


@dataclass(frozen=True, slots=True)
class SlugText(Scalar):
    """The last part of a case's address."""

    def read(self, value: str) -> str:
        """Return the slug. Raises a refusal when it is none."""
        text = value.strip()
        if not is_slug(text):
            raise refusal("not-a-slug", value=shown(value))
        return text

    def json(self) -> dict[str, Any]:
        """Return the JSON Schema of a slug."""
        return {"type": "string", "minLength": 1, "maxLength": SLUG_MAX}


@dataclass(frozen=True, slots=True)
class CaseOrUrl(Scalar):
    """A case of this exchange by its id, or a page elsewhere."""

    def read(self, value: str) -> str:
        """Return the id or address. Raises a refusal when it is neither."""
        text = value.strip()
        if _LOOKS_LIKE_URL.match(text):
            return Url().read(text)
        if not is_case_id(text):
            raise refusal("not-a-case-or-address", value=shown(value))
        return text


def is_case_id(text: str) -> bool:
    """Return whether the text has the form of a case id, "<city>/<slug>"."""
    city, _, slug = text.partition("/")
    return is_city_id(city) and is_slug(slug)


@dataclass(frozen=True, slots=True)
class Term:
    """The id of a term of the vocabulary."""

    def read(self, value: object, info: ValidationInfo[Any]) -> str:
        """Return the id. Raises a refusal when the vocabulary holds no such term."""
        text = as_text(value).strip()
        known = setting_of(info).concepts
        if text not in (lists.concept_ids() if known is None else known):
            raise refusal("unknown-code", value=shown(text), list="concept")
        return text

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema that calls `read`."""
        return core_schema.with_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema of an id."""
        return {"type": "string", "pattern": "^[a-z0-9-]+$"}


@dataclass(frozen=True, slots=True)
class KnownNetwork(Scalar):
    """The id of a network in data/networks.tsv."""

    def read(self, value: str) -> str:
        """Return the id. Raises a refusal when there is no such network."""
        text = value.strip().lower()
        if text not in lists.networks():
            raise refusal("unknown-code", value=shown(value), list="network")
        return text

    def json(self) -> dict[str, Any]:
        """Return the JSON Schema of the ids."""
        return {"enum": list(lists.networks())}


Slug = Annotated[str, SlugText()]
ConceptId = Annotated[str, Term()]
CaseOrAddress = Annotated[str, CaseOrUrl()]
NetworkId = Annotated[str, KnownNetwork()]
