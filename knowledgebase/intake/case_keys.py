"""The keys of the format, part three: a case file as a whole (case-format §2)."""

from typing import Annotated

from pydantic import Field, field_validator

from knowledgebase.domain.case import (
    LICENSE,
    SUMMARY_MAX,
    TAG_MAX,
    TITLE_MAX,
    Beneficiaries,
    Leader,
    Precondition,
    Stakeholder,
    StatusAsOf,
    Translation,
    Writer,
    WriterKind,
)
from knowledgebase.domain.source import Cover
from knowledgebase.intake.choices import (
    BeneficiaryValue,
    CalendarValue,
    InterventionValue,
    LanguageTag,
    LeaderValue,
    LicenseValue,
    OfferValue,
    ParticipationValue,
    PreconditionValue,
    ScaleValue,
    StakeholderValue,
    StatusValue,
    TopicId,
    TranslatorValue,
    WriterValue,
)
from knowledgebase.intake.cover import COVER_NAME
from knowledgebase.intake.dates import Date, PastDay
from knowledgebase.intake.fields import Flag, Line, LongName, Name, Pattern, Text, Whole
from knowledgebase.intake.keys import (
    SOURCES_MAX,
    ContactKeys,
    ContextKeys,
    FileKeys,
    Keys,
    Many,
    People,
    SourceKeys,
    Sources,
)
from knowledgebase.intake.references import CaseOrAddress, ConceptId, Slug
from knowledgebase.intake.refusal import refusal, shown
from knowledgebase.intake.result_keys import CostKeys, EvaluationKeys, ResultKeys
from knowledgebase.text.normalize import skeleton

TAGS_MAX = 10

CaseTitle = Annotated[str, Line(TITLE_MAX)]
CaseSummary = Annotated[str, Line(SUMMARY_MAX, may_hide=True)]
TagText = Annotated[str, Line(TAG_MAX)]


class WriterKeys(Keys):
    """Who wrote the text."""

    kind: WriterValue = Field(WriterKind.CITY, description="The city itself, or who else.")
    name: Name | None = Field(None, description="Name of the writer, where not the city.")

    def value(self) -> Writer:
        """Return the writer."""
        return Writer(self.kind, self.name)


WRITTEN_BY_CITY = WriterKeys.model_validate({})


class LeaderKeys(Keys):
    """Who really ran the practice, when not the city's own administration."""

    name: Name = Field(description="Name of the body.")
    kind: LeaderValue = Field(description="What kind of body it is.")

    def value(self) -> Leader:
        """Return the leader."""
        return Leader(self.name, self.kind)


class TranslationKeys(Keys):
    """Title and summary in another language."""

    title: CaseTitle = Field(description="Title, at most 120 characters.")
    summary: CaseSummary = Field(description="Summary, at most 400 characters.")
    by: TranslatorValue = Field(description="Who translated.")

    def value(self) -> Translation:
        """Return the translation."""
        return Translation(self.title, self.summary, self.by)


class StatusAsOfKeys(Keys):
    """When the status was known to hold."""

    date: Date = Field(description="The date the sources speak of.")
    sources: Sources = ()

    def value(self) -> StatusAsOf:
        """Return the date with its sources."""
        return StatusAsOf(self.date, self.sources)


class BeneficiaryKeys(Keys):
    """Whom it served."""

    groups: Annotated[tuple[BeneficiaryValue, ...], Many(20)] = Field((), description="Groups of people.")
    people: People | None = Field(None, description="How many people.")

    def value(self) -> Beneficiaries | None:
        """Return the beneficiaries, None when nothing is given."""
        return Beneficiaries(self.groups, self.people) if self.groups or self.people is not None else None


class PreconditionKeys(Keys):
    """What another city must have."""

    kind: PreconditionValue = Field(description="Kind of precondition.")
    text: Text = Field(description="The precondition in one sentence.")
    essential: Flag = Field(False, description="Whether it does not work without.")

    def value(self) -> Precondition:
        """Return the precondition."""
        return Precondition(self.kind, self.text, self.essential)


class StakeholderKeys(Keys):
    """Who took part."""

    name: Name = Field(description="Name of the body.")
    kind: StakeholderValue | None = Field(None, description="Kind of body.")
    role: LongName | None = Field(None, description="What it did.")

    def value(self) -> Stakeholder:
        """Return the stakeholder."""
        return Stakeholder(self.name, self.kind, self.role)


class CoverKeys(Keys):
    """The picture of the case."""

    file: Annotated[str, Pattern(COVER_NAME, "not-a-cover-name", 100)] = Field(
        description="A file in the same folder."
    )
    alt: Text = Field(description="What the picture shows, for those who do not see it.")
    credit: LongName | None = Field(None, description="Who made it.")

    def value(self) -> Cover:
        """Return the cover."""
        return Cover(self.file, self.alt, self.credit)


class CaseKeys(FileKeys):
    """Front matter of a case: content/<city>/<slug>.md."""

    title: CaseTitle = Field(description="Title, at most 120 characters, one line.")
    formerly: Annotated[tuple[Slug, ...], Many(20)] = Field((), description="Slugs that redirect here.")
    summary: CaseSummary = Field(description="Two or three plain sentences, at most 400 characters.")
    language: LanguageTag = Field(description="Language of title, summary and body: fa, en, ar ...")
    written_by: WriterKeys = Field(WRITTEN_BY_CITY, description="Who wrote the text; the city when left out.")
    led_by: LeaderKeys | None = Field(
        None, description="Who really ran it, when not the city's own administration."
    )
    translations: dict[LanguageTag, TranslationKeys] = Field(
        {}, description="Title and summary in other languages."
    )
    topics: Annotated[tuple[TopicId, ...], Many(3, least=1)] = Field(
        description="One to three topics, ranked."
    )
    tags: Annotated[tuple[TagText, ...], Many(TAGS_MAX)] = Field((), description="Free words, at most ten.")
    concepts: Annotated[tuple[ConceptId, ...], Many(20)] = Field(
        (), description="Ids of the vocabulary, to add."
    )
    sdgs: Annotated[tuple[Annotated[int, Whole(1, 17)], ...], Many(17)] = Field(
        (), description="Goals, 1 to 17."
    )
    interventions: Annotated[tuple[InterventionValue, ...], Many(9)] = Field(
        (), description="Kinds of intervention."
    )
    scale: ScaleValue | None = Field(None, description="How large an area it covers.")
    status: StatusValue = Field(description="Where the practice stands.")
    status_as_of: StatusAsOfKeys | None = Field(None, description="Required unless the city wrote the case.")
    calendar: CalendarValue | None = Field(
        None, description="Calendar of the years 1300 to 1499 in this file."
    )
    started: Date | None = Field(None, description="YYYY, YYYY-MM or YYYY-MM-DD; Jalali in Persian cases.")
    ended: Date | None = Field(None, description="Not before `started`.")
    months_to_implement: Annotated[int, Whole(1, 600)] | None = Field(
        None, description="Months from start to use."
    )
    partners: Annotated[tuple[Name, ...], Many(20)] = Field((), description="Ids or names of partner cities.")
    context: ContextKeys | None = Field(None, description="The city at that time.")
    cost: CostKeys | None = Field(None, description="Cost and funding.")
    results: Annotated[tuple[ResultKeys, ...], Many(20)] = Field((), description="The result table.")
    evaluation: EvaluationKeys | None = Field(None, description="Who evaluated.")
    beneficiaries: BeneficiaryKeys | None = Field(None, description="Whom it served.")
    preconditions: Annotated[tuple[PreconditionKeys, ...], Many(20)] = Field(
        (), description="What must be there."
    )
    offers: Annotated[tuple[OfferValue, ...], Many(6)] = Field(
        (), description="What this city gives to others."
    )
    adapted_from: CaseOrAddress | None = Field(None, description="Case id or address of the model.")
    stakeholders: Annotated[tuple[StakeholderKeys, ...], Many(20)] = Field((), description="Who took part.")
    participation: ParticipationValue | None = Field(None, description="How far residents took part.")
    contact: ContactKeys | None = Field(None, description="Whom to ask.")
    sources: Annotated[tuple[SourceKeys, ...], Many(SOURCES_MAX)] = Field(
        (), description="Cited as [1], [1,2]."
    )
    cover: CoverKeys | None = Field(None, description="The picture.")
    license: LicenseValue = Field(LICENSE, description="SPDX id of an open licence.")
    confirmed: PastDay | None = Field(None, description="Last day the city confirmed that it still runs.")

    @field_validator("tags")
    @classmethod
    def _no_twins(cls, tags: tuple[str, ...]) -> tuple[str, ...]:
        seen: set[str] = set()
        for place, tag in enumerate(tags, start=1):
            folded = skeleton(tag)
            if folded in seen:
                raise refusal("twice", at=str(place), value=shown(tag))
            seen.add(folded)
        return tags
