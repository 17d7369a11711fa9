"""A city's own page: who it is, what it can give and wants, and whom it works with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from knowledgebase.domain.money import Quantity
from knowledgebase.domain.own_name import is_own_name
from knowledgebase.domain.period import PartialDate
from knowledgebase.domain.source import Contact, Source
from knowledgebase.domain.topic import Topic


@dataclass(frozen=True, slots=True)
class Location:
    """A point in WGS 84 degrees."""

    lat: Decimal  # -90..90
    lon: Decimal  # -180..180


@dataclass(frozen=True, slots=True)
class Population:
    """A count of residents and its year."""

    count: int
    year: int | None = None
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """Facts of a city that decide whether a case fits another one; also of a case at its time."""

    population: int | None = None
    population_year: int | None = None
    density: Decimal | None = None  # residents per km2
    income_band: str | None = None  # list "income_band"
    climate: str | None = None  # Köppen code
    elevation_m: int | None = None
    coastal: bool | None = None
    hazards: tuple[str, ...] = ()  # list "hazard"
    governance: str | None = None  # list "governance"


@dataclass(frozen=True, slots=True)
class Capacity:
    """Something a city can give."""

    title: str
    kind: str  # list "capacity": expertise, training, equipment, facility, finance
    text: str | None = None
    as_of: PartialDate | None = None
    until: PartialDate | None = None
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Investment:
    """An opening for investors; the exchange publishes it and brokers nothing."""

    title: str
    sector: Topic | None = None
    amount: Quantity | None = None
    currency: str | None = None  # ISO 4217, or "toman" as written
    stage: str | None = None  # list "stage": idea, study, tender, open, closed
    text: str | None = None
    as_of: PartialDate | None = None
    until: PartialDate | None = None
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """Something a city looks for."""

    title: str
    topic: Topic | None = None
    text: str | None = None
    as_of: PartialDate | None = None
    until: PartialDate | None = None
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sister:
    """An agreement with another city, as this city names it."""

    city: str  # city id or name
    since: PartialDate | None = None
    until: PartialDate | None = None
    kind: str = "sister"  # list "agreement": sister, partner, memorandum
    status: str = "active"  # list "agreement_status": active, dormant, suspended, ended
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Membership:
    """A place in a network of cities."""

    network: str  # id of data/networks.tsv, or a name
    since: PartialDate | None = None
    role: str | None = None
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class City:
    """A valid city. Building one is the proof that intake accepted it."""

    id: str  # [a-z0-9-]{2,40}
    name: Mapping[str, str]  # by language; "en" is always there
    country: str  # ISO 3166-1 alpha-2
    administration: Mapping[str, str] = field(default_factory=dict)  # official name by language
    location: Location | None = None
    population: Population | None = None
    area_km2: Decimal | None = None
    elevation_m: int | None = None
    coastal: bool | None = None
    climate: str | None = None
    income_band: str | None = None
    hazards: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    website: str | None = None
    governance: str | None = None
    capacities: tuple[Capacity, ...] = ()
    investments: tuple[Investment, ...] = ()
    needs: tuple[Need, ...] = ()
    sisters: tuple[Sister, ...] = ()
    networks: tuple[Membership, ...] = ()
    contact: Contact | None = None
    sources: tuple[Source, ...] = ()
    body: str = ""  # Markdown

    def name_in(self, language: str) -> str:
        """Return the city's name in a language, or in English."""
        return self.name.get(language) or self.name["en"]

    def is_named_by(self, text: str) -> bool:
        """Return whether a text surely names this city or its administration, in any of its languages."""
        return is_own_name(text, names=self.name.values(), administrations=self.administration.values())
