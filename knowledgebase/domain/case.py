"""A case: a Markdown study of one challenge that a city solved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from knowledgebase.domain.city import City, Context
from knowledgebase.domain.evidence import Evaluation, Evidence, Result, evidence
from knowledgebase.domain.money import Cost
from knowledgebase.domain.period import Calendar, PartialDate
from knowledgebase.domain.source import Contact, Cover, Source
from knowledgebase.domain.topic import Topic

TITLE_MAX = 120  # characters
SUMMARY_MAX = 400  # characters
BODY_MAX = 200_000  # bytes of UTF-8
TAG_MAX = 40  # characters
LICENSE = "CC-BY-4.0"  # SPDX


class Status(StrEnum):
    """Where the practice stands in real life."""

    PLANNED = "planned"
    PILOT = "pilot"
    IMPLEMENTING = "implementing"
    OPERATING = "operating"
    SCALED = "scaled"
    SUSPENDED = "suspended"
    ENDED = "ended"
    STOPPED = "stopped"


class WriterKind(StrEnum):
    """Who wrote the text."""

    CITY = "city"
    EDITORS = "editors"
    RESEARCHER = "researcher"
    NETWORK = "network"


class TranslatorKind(StrEnum):
    """Who translated title and summary."""

    CITY = "city"
    EDITORS = "editors"
    VOLUNTEER = "volunteer"
    MACHINE = "machine"


class Offer(StrEnum):
    """What a city gives to one that wants to adapt the case."""

    DOCUMENTS = "documents"
    CALL = "call"
    STUDY_VISIT = "study-visit"
    EXPERT = "expert"
    TRAINING = "training"
    EQUIPMENT = "equipment"


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote a case; anyone but the city is named on every outlet."""

    kind: WriterKind = WriterKind.CITY
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Leader:
    """Who really ran the practice, where it was not the city's own administration."""

    name: str
    kind: str  # list "leader": municipality, utility, state, association, private, inter-municipal


@dataclass(frozen=True, slots=True)
class Translation:
    """Title and summary in another language: the bridge across languages."""

    title: str
    summary: str
    by: TranslatorKind


@dataclass(frozen=True, slots=True)
class StatusAsOf:
    """When the status was known to hold."""

    date: PartialDate
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Precondition:
    """What another city must have."""

    kind: str  # list "precondition": legal, financial, technical, political, social, data
    text: str
    essential: bool = False


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """Who took part."""

    name: str
    kind: str | None = None  # list "stakeholder"
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Beneficiaries:
    """Whom it served."""

    groups: tuple[str, ...] = ()  # list "beneficiary"
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A valid case. Building one is the proof that intake accepted it."""

    id: str  # "<city>/<slug>", e.g. "tehran/clean-air-zone"; never changes
    language: str  # BCP 47 primary tag of title, summary and body
    title: str
    summary: str
    body: str  # Markdown, "\n" line ends
    topics: tuple[Topic, ...]  # 1..3, ranked
    status: Status
    written_by: Writer = field(default_factory=Writer)
    led_by: Leader | None = None
    formerly: tuple[str, ...] = ()  # slugs that redirect here
    translations: Mapping[str, Translation] = field(default_factory=dict)  # by language
    tags: tuple[str, ...] = ()  # as written, 0..10
    concepts: tuple[str, ...] = ()  # vocabulary ids added by the writer
    sdgs: tuple[int, ...] = ()  # 1..17
    interventions: tuple[str, ...] = ()
    scale: str | None = None
    status_as_of: StatusAsOf | None = None
    calendar: Calendar | None = None  # as declared in the file
    started: PartialDate | None = None
    ended: PartialDate | None = None
    months_to_implement: int | None = None
    partners: tuple[str, ...] = ()  # city ids or names
    context: Context | None = None
    cost: Cost | None = None
    results: tuple[Result, ...] = ()
    evaluation: Evaluation | None = None
    beneficiaries: Beneficiaries | None = None
    preconditions: tuple[Precondition, ...] = ()
    offers: tuple[Offer, ...] = ()
    adapted_from: str | None = None  # case id or URL
    stakeholders: tuple[Stakeholder, ...] = ()
    participation: str | None = None
    contact: Contact | None = None
    sources: tuple[Source, ...] = ()
    cover: Cover | None = None
    license: str = LICENSE
    confirmed: date | None = None

    @property
    def city(self) -> str:
        """Return the id of the case's city."""
        return self.id.partition("/")[0]

    @property
    def slug(self) -> str:
        """Return the last part of the case's address."""
        return self.id.partition("/")[2]

    @property
    def year(self) -> int | None:
        """Return the Gregorian year of the first day of `started`."""
        return self.started.first.year if self.started else None

    def evidence_in(self, city: City) -> Evidence:
        """Return how well the results are known; an evaluation by the city itself does not count."""
        evaluator = self.evaluation.by if self.evaluation else None
        is_own = evaluator is not None and city.is_named_by(evaluator)
        return evidence(self.results, self.evaluation, is_own=is_own)

    def title_in(self, language: str) -> str:
        """Return the title in a language, or in the case's own."""
        translation = self.translations.get(language)
        return translation.title if translation else self.title

    def summary_in(self, language: str) -> str:
        """Return the summary in a language, or in the case's own."""
        translation = self.translations.get(language)
        return translation.summary if translation else self.summary
