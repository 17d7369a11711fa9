"""A case in the JSON interface, key by key; `web/case_json` makes it."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from knowledgebase.web.api.models import Answer, Names
from knowledgebase.web.api.values import Amount, Contact, Number, PartialDate, Source, SourceNumbers


class Writer(Answer):
    """Who wrote the text."""

    kind: Literal["city", "editors", "researcher", "network"]
    name: str | None


class Named(Answer):
    """A body and its kind."""

    name: str
    kind: str


class Translation(Answer):
    """Title and summary in another language."""

    title: str
    summary: str
    by: Literal["city", "editors", "volunteer", "machine"]


class StatusAsOf(Answer):
    """When the status was known to hold."""

    date: PartialDate
    sources: SourceNumbers


class Context(Answer):
    """Facts of the city at the time of the case."""

    population: int | None
    population_year: int | None
    density: Number | None
    income_band: str | None
    climate: str | None
    elevation_m: int | None
    coastal: bool | None
    hazards: list[str]
    governance: str | None


class IsoMoney(Answer):
    """An amount in a currency of ISO 4217."""

    amount: Amount
    currency: str


class Money(Answer):
    """An amount as it was written, and in a currency of ISO 4217."""

    amount: Amount
    currency: str
    year: int | None
    kind: Literal["budget", "actual", "estimate"] | None
    sources: SourceNumbers
    iso: IsoMoney


class Funding(Answer):
    """Who paid."""

    source: str
    share: Number | None = Field(description="Percent.")


class Cost(Answer):
    """What the case cost, as far as it is known."""

    capital: Money | None
    yearly: Money | None
    staff: Number | None = Field(description="Full-time posts.")
    funding: list[Funding]


class Reading(Answer):
    """A value of an indicator."""

    value: Amount
    date: PartialDate | None


class Change(Answer):
    """A difference between two dates."""

    value: Amount
    unit: Literal["percent", "points", "absolute"]
    start: PartialDate | None = Field(alias="from")
    end: PartialDate | None = Field(alias="to")


class Result(Answer):
    """One row of the result table."""

    indicator: str
    what: Literal["outcome", "output"]
    unit: str | None
    better: Literal["higher", "lower"] | None
    before: Reading | None
    after: Reading | None
    change: Change | None
    compared_with: str | None
    caused: str | None
    target: Reading | None
    method: str | None
    sources: SourceNumbers


class Evaluation(Answer):
    """Who looked at the case from outside."""

    kind: Literal["none", "internal", "independent"]
    by: str | None
    year: int | None
    url: str | None
    sources: SourceNumbers


class Beneficiaries(Answer):
    """Whom it served."""

    groups: list[str]
    people: int | None


class Precondition(Answer):
    """What another city must have."""

    kind: str
    text: str
    essential: bool


class Stakeholder(Answer):
    """Who took part."""

    name: str
    kind: str | None
    role: str | None


class Cover(Answer):
    """The picture of the case."""

    file: str
    alt: str
    credit: str | None
    url: str | None


class CityOfCase(Answer):
    """The city of the case."""

    id: str
    name: Names
    country: str


class Section(Answer):
    """A level-two heading of the text."""

    anchor: str
    heading: str
    key: str | None = Field(description="Section of the format that it opens.")


class Evidence(Answer):
    """How well the results are known; computed."""

    level: int = Field(ge=0, le=4)
    reasons: list[str]
    only_own_sources: bool = Field(description="Every source is the city's own.")


class Completeness(Answer):
    """How much of the full form of a case stands; computed."""

    percent: int
    done: int
    total: int
    missing: list[str]


class Share(Answer):
    """The cost of one resident."""

    amount: Amount
    currency: str
    year: int | None


class ResidentCost(Answer):
    """The cost of one resident; computed."""

    capital: Share | None
    yearly: Share | None
    residents: int
    residents_year: int | None


class Months(Answer):
    """How long it took."""

    number: int
    is_rough: bool = Field(description="Computed from dates without a day.")
    is_written: bool = Field(description="The author said so.")


class Urls(Answer):
    """Where the case stands."""

    pages: dict[str, str] = Field(description="By language.")
    markdown: str
    json_: str = Field(alias="json")
    api: str = Field(description="Its address in this interface.")
    history: str


class Case(Answer):
    """A case: every key of the format, and beside them what the exchange computes."""

    id: str
    slug: str
    city: CityOfCase
    language: str
    title: str
    summary: str
    body: str = Field(description="Markdown.")
    topics: list[str]
    status: str
    status_as_of: StatusAsOf | None
    written_by: Writer
    notice: dict[str, str] | None = Field(
        description="What must be said of a text that the city did not write."
    )
    led_by: Named | None
    formerly: list[str]
    translations: dict[str, Translation] = Field(description="By language.")
    tags: list[str]
    concepts: list[str]
    sdgs: list[int]
    interventions: list[str]
    scale: str | None
    calendar: str | None
    started: PartialDate | None
    ended: PartialDate | None
    months_to_implement: int | None
    months: Months | None
    year: int | None
    partners: list[str]
    context: Context | None
    cost: Cost | None
    cost_per_resident: ResidentCost | None
    results: list[Result]
    evidence: Evidence
    evaluation: Evaluation | None
    beneficiaries: Beneficiaries | None
    preconditions: list[Precondition]
    offers: list[str]
    adapted_from: str | None
    stakeholders: list[Stakeholder]
    participation: str | None
    contact: Contact | None
    sources: list[Source]
    cover: Cover | None
    license: str = Field(description="SPDX.")
    confirmed: date | None
    sections: list[Section]
    completeness: Completeness
    state: Literal["published"]
    origin: Literal["file", "form"]
    revision: int
    first_published: datetime
    updated: datetime
    urls: Urls
