"""The keys of the format, part four: a city file as a whole (case-format §4)."""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from knowledgebase.domain.city import Capacity, Investment, Location, Membership, Need, Population, Sister
from knowledgebase.intake.choices import (
    AgreementStatusValue,
    AgreementValue,
    CapacityValue,
    ClimateValue,
    CountryCode,
    Currency,
    GovernanceValue,
    IncomeValue,
    LanguageTag,
    StageValue,
    TopicId,
)
from knowledgebase.intake.dates import Date, Year
from knowledgebase.intake.fields import (
    Flag,
    LongName,
    Name,
    Number,
    Text,
    Title,
    WebAddress,
    Whole,
)
from knowledgebase.intake.keys import (
    PEOPLE_MAX,
    SOURCES_MAX,
    Amount,
    ContactKeys,
    Elevation,
    FileKeys,
    Hazards,
    Keys,
    Many,
    SourceKeys,
    Sources,
)
from knowledgebase.intake.references import NetworkId
from knowledgebase.intake.refusal import refusal
from knowledgebase.intake.result_keys import is_backwards


class LocationKeys(Keys):
    """A point in WGS 84 degrees."""

    lat: Annotated[Decimal, Number(-90, 90)] = Field(description="Latitude, north is positive.")
    lon: Annotated[Decimal, Number(-180, 180)] = Field(description="Longitude, east is positive.")

    def value(self) -> Location:
        """Return the point."""
        return Location(self.lat, self.lon)


class PopulationKeys(Keys):
    """A count of residents and its year."""

    count: Annotated[int, Whole(1, PEOPLE_MAX)] = Field(description="Residents.")
    year: Year | None = Field(None, description="Year of the count.")
    sources: Sources = ()

    def value(self) -> Population:
        """Return the count."""
        return Population(self.count, self.year, self.sources)


class DatedKeys(Keys):
    """What capacities, openings and needs share."""

    title: Title = Field(description="Title, at most 120 characters.")
    text: Text | None = Field(None, description="Plain text, at most 400 characters.")
    as_of: Date | None = Field(None, description="When this was known to hold.")
    until: Date | None = Field(None, description="Shown as closed after this date.")
    sources: Sources = ()


class CapacityKeys(DatedKeys):
    """Something the city can give."""

    kind: CapacityValue = Field(description="Kind of capacity.")

    def value(self) -> Capacity:
        """Return the capacity."""
        return Capacity(self.title, self.kind, self.text, self.as_of, self.until, self.sources)


class InvestmentKeys(DatedKeys):
    """An opening for investors."""

    sector: TopicId | None = Field(None, description="One of the sixteen topics.")
    amount: Amount | None = Field(None, description="A number, or low and high, in the currency.")
    currency: Currency | None = Field(None, description="ISO 4217, or toman.")
    stage: StageValue | None = Field(None, description="How far it is.")

    @model_validator(mode="after")
    def _has_currency(self) -> Self:
        if self.amount is not None and self.currency is None:
            raise refusal("required", at="currency")
        return self

    def value(self) -> Investment:
        """Return the opening, amount and currency as written."""
        return Investment(
            title=self.title,
            sector=self.sector,
            amount=self.amount.value() if self.amount else None,
            currency=self.currency,
            stage=self.stage,
            text=self.text,
            as_of=self.as_of,
            until=self.until,
            sources=self.sources,
        )


class NeedKeys(DatedKeys):
    """Something the city looks for."""

    topic: TopicId | None = Field(None, description="One of the sixteen topics.")

    def value(self) -> Need:
        """Return the need."""
        return Need(self.title, self.topic, self.text, self.as_of, self.until, self.sources)


class SisterKeys(Keys):
    """An agreement with another city, as this city names it."""

    city: Name = Field(description="Id or name of the other city.")
    since: Date | None = Field(None, description="When it was signed.")
    until: Date | None = Field(None, description="When it ended or ends.")
    kind: AgreementValue = Field("sister", description="Kind of agreement.")
    status: AgreementStatusValue = Field("active", description="Whether it is alive.")
    sources: Sources = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if is_backwards(self.since, self.until):
            raise refusal("ends-before-start", at="until")
        return self

    def value(self) -> Sister:
        """Return the agreement."""
        return Sister(self.city, self.since, self.until, self.kind, self.status, self.sources)


class MembershipKeys(Keys):
    """A place in a network of cities: its id where data/networks.tsv knows it, its name elsewhere."""

    id: NetworkId | None = Field(None, description="Id of a known network.")
    name: Name | None = Field(None, description="Name of another network.")
    since: Date | None = Field(None, description="When the city joined.")
    role: LongName | None = Field(None, description="Role of the city.")
    sources: Sources = ()

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.id is None) == (self.name is None):
            raise refusal("id-or-name")
        return self

    def value(self) -> Membership:
        """Return the membership."""
        return Membership(self.id or self.name or "", self.since, self.role, self.sources)


class CityKeys(FileKeys):
    """Front matter of a city: content/<city>/_city.md."""

    name: dict[LanguageTag, Name] = Field(description="Name by language; en is required.")
    administration: dict[LanguageTag, Name] = Field(
        {}, description="Official name of the administration by language."
    )
    country: CountryCode = Field(description="ISO 3166-1 alpha-2.")
    location: LocationKeys | None = Field(None, description="Where the city lies.")
    population: PopulationKeys | None = Field(None, description="Residents.")
    area_km2: Annotated[Decimal, Number(0, 10**6)] | None = Field(None, description="Area in km2.")
    elevation_m: Elevation | None = Field(None, description="Metres above the sea.")
    coastal: Flag | None = Field(None, description="Whether the city lies on a coast.")
    climate: ClimateValue | None = Field(None, description="Köppen code.")
    income_band: IncomeValue | None = Field(None, description="Income band of the country.")
    hazards: Hazards = Field((), description="Hazards the city lives with.")
    languages: Annotated[tuple[LanguageTag, ...], Many(20)] = Field((), description="Languages of the city.")
    website: WebAddress | None = Field(None, description="Site of the administration.")
    governance: GovernanceValue | None = Field(None, description="Form of government.")
    capacities: Annotated[tuple[CapacityKeys, ...], Many(30)] = Field(
        (), description="What the city can give."
    )
    investments: Annotated[tuple[InvestmentKeys, ...], Many(30)] = Field(
        (), description="Openings for investors."
    )
    needs: Annotated[tuple[NeedKeys, ...], Many(30)] = Field((), description="What the city looks for.")
    sisters: Annotated[tuple[SisterKeys, ...], Many(100)] = Field(
        (), description="Agreements with other cities."
    )
    networks: Annotated[tuple[MembershipKeys, ...], Many(50)] = Field(
        (), description="Networks the city belongs to."
    )
    contact: ContactKeys | None = Field(None, description="Whom to ask.")
    sources: Annotated[tuple[SourceKeys, ...], Many(SOURCES_MAX)] = Field(
        (), description="Cited as [1], [1,2]."
    )
