"""A city in the JSON interface, key by key."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from pydantic import Field

from knowledgebase.services.reading import CityPage
from knowledgebase.web.api.models import Answer, Names
from knowledgebase.web.api.values import Amount, Contact, Number, PartialDate, Source, SourceNumbers


class Location(Answer):
    """A point in WGS 84 degrees."""

    lat: Number
    lon: Number


class Population(Answer):
    """A count of residents."""

    count: int
    year: int | None
    sources: SourceNumbers


class Dated(Answer):
    """What offers, openings and needs share."""

    title: str
    text: str | None
    as_of: PartialDate | None
    until: PartialDate | None
    sources: SourceNumbers


class Capacity(Dated):
    """Something the city can give."""

    kind: str


class Investment(Dated):
    """An opening for investors; the exchange publishes it and brokers nothing."""

    sector: str | None = Field(description="Id of a topic.")
    amount: Amount | None
    currency: str | None = Field(description='ISO 4217, or "toman" as written.')
    stage: str | None


class Need(Dated):
    """Something the city looks for."""

    topic: str | None = Field(description="Id of a topic.")


class Agreement(Answer):
    """An agreement with another city, as this city names it."""

    city: str = Field(description="Id of a city that is here, or a name.")
    since: PartialDate | None
    until: PartialDate | None
    kind: str
    status: str
    sources: SourceNumbers
    confirmed: bool = Field(description="Whether the other city names this one too.")


class Membership(Answer):
    """A place in a network of cities."""

    network: str = Field(description="Id of a known network, or a name.")
    since: PartialDate | None
    role: str | None
    sources: SourceNumbers


class City(Answer):
    """A city: what it tells of itself, and what the exchange keeps about it."""

    id: str
    name: Names
    administration: Names
    country: str = Field(description="ISO 3166-1 alpha-2.")
    location: Location | None
    population: Population | None
    area_km2: Number | None
    elevation_m: int | None
    coastal: bool | None
    climate: str | None = Field(description="Köppen code.")
    income_band: str | None
    hazards: list[str]
    languages: list[str]
    website: str | None
    governance: str | None
    capacities: list[Capacity]
    investments: list[Investment]
    needs: list[Need]
    sisters: list[Agreement]
    networks: list[Membership]
    contact: Contact | None
    sources: list[Source]
    body: str = Field(description="The city's own page, Markdown.")
    cases: int = Field(description="Public cases.")
    revision: int
    updated: datetime
    url: str = Field(description="Page of the city.")
    search: str = Field(description="Its cases, for programs.")


def city_answer(page: CityPage, *, url: str, search: str) -> City:
    """Return a city; the addresses are whole ones. The address of its contact stays out."""
    record, confirmed = page.record, page.confirmed
    more = {
        "sisters": [_parts(one, confirmed=one.city in confirmed) for one in record.city.sisters],
        "sources": [_parts(one, number=number) for number, one in enumerate(record.city.sources, 1)],
        "cases": record.cases,
        "revision": record.revision,
        "updated": record.updated,
        "url": url,
        "search": search,
    }
    return City.model_validate(_parts(record.city, **more), from_attributes=True)


def _parts(value: Any, **more: Any) -> dict[str, Any]:
    """Return the fields of a value of the domain by name, with what is said beside them."""
    return {field.name: getattr(value, field.name) for field in fields(value)} | more
