"""Closed values: one of a list that data or the domain fixes, read without regard to case."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from knowledgebase.domain.case import Offer, Status, TranslatorKind, WriterKind
from knowledgebase.domain.evidence import (
    Better,
    Caused,
    ChangeUnit,
    ComparedWith,
    EvaluationKind,
    Method,
    ResultKind,
)
from knowledgebase.domain.money import FundingSource, MoneyKind
from knowledgebase.domain.period import Calendar
from knowledgebase.domain.topic import Topic
from knowledgebase.intake.fields import Scalar
from knowledgebase.intake.refusal import refusal, shown
from knowledgebase.text import lists

KNOWN_SHOWN = 40  # values of a list that a message still names


@dataclass(frozen=True, slots=True)
class OneOf(Scalar):
    """One value of a closed list: of an enum of the domain, or of data/lists.tsv and data/codes.tsv."""

    name: str  # of the list
    enum: type[StrEnum] | None = None

    def read(self, value: str) -> str:
        """Return the value as the list spells it. Raises a refusal that names the list where it is short."""
        known = spellings(self.name, self.enum)
        found = known.get(value.strip().lower())
        if found is None:
            raise self._refusal(value, tuple(known.values()))
        return found

    def _refusal(self, value: str, known: tuple[str, ...]) -> Exception:
        if len(known) > KNOWN_SHOWN:
            return refusal("unknown-code", value=shown(value), list=self.name)
        return refusal("unknown-value", value=shown(value), known=", ".join(known))

    def json(self) -> dict[str, Any]:
        """Return the JSON Schema of the list."""
        return {"enum": list(spellings(self.name, self.enum).values())}


@cache
def spellings(name: str, enum: type[StrEnum] | None = None) -> dict[str, str]:
    """Return every value of a list by its lower-case form, in the order of the list."""
    values = tuple(enum) if enum is not None else lists.labels(name) or lists.codes(name)
    return {value.lower(): value for value in values}


def is_one_of(name: str, value: str) -> bool:
    """Return whether a list of data/lists.tsv or data/codes.tsv holds exactly this value."""
    return value in spellings(name).values()


@dataclass(frozen=True, slots=True)
class CurrencyCode(Scalar):
    """A currency of ISO 4217, or the toman that Persian texts count in."""

    def read(self, value: str) -> str:
        """Return the code in capitals, or "toman". Raises a refusal for anything else."""
        text = value.strip()
        if text.lower() in _TOMAN:
            return TOMAN
        if text.upper() not in lists.codes("currency"):
            raise refusal("unknown-code", value=shown(value), list="currency")
        return text.upper()

    def json(self) -> dict[str, Any]:
        """Return the JSON Schema of a currency."""
        return {"type": "string", "enum": [*sorted(lists.codes("currency")), TOMAN]}


@dataclass(frozen=True, slots=True)
class LanguageCode(Scalar):
    """A language of ISO 639: the primary tag of BCP 47, which is two letters wherever there are two."""

    def read(self, value: str) -> str:
        """Return the code. Raises a refusal for anything else."""
        text = value.strip()
        if text not in lists.languages():
            raise refusal("not-a-language", value=shown(text))
        return text

    def json(self) -> dict[str, Any]:
        """Return the JSON Schema of a code; its thousands of values are not listed."""
        return {"type": "string", "pattern": "^[a-z]{2,3}$"}


TOMAN = "toman"
_TOMAN = frozenset({TOMAN, "\u062a\u0648\u0645\u0627\u0646", "\u062a\u0648\u0645\u0646"})

TopicId = Annotated[Topic, OneOf("topic", Topic)]
StatusValue = Annotated[Status, OneOf("status", Status)]
WriterValue = Annotated[WriterKind, OneOf("writer", WriterKind)]
TranslatorValue = Annotated[TranslatorKind, OneOf("translator", TranslatorKind)]
OfferValue = Annotated[Offer, OneOf("offer", Offer)]
CalendarValue = Annotated[Calendar, OneOf("calendar", Calendar)]
MoneyValue = Annotated[MoneyKind, OneOf("money_kind", MoneyKind)]
FundingValue = Annotated[FundingSource, OneOf("funding", FundingSource)]
ResultValue = Annotated[ResultKind, OneOf("result_kind", ResultKind)]
BetterValue = Annotated[Better, OneOf("better", Better)]
ChangeValue = Annotated[ChangeUnit, OneOf("change_unit", ChangeUnit)]
ComparedValue = Annotated[ComparedWith, OneOf("compared_with", ComparedWith)]
CausedValue = Annotated[Caused, OneOf("caused", Caused)]
MethodValue = Annotated[Method, OneOf("method", Method)]
EvaluationValue = Annotated[EvaluationKind, OneOf("evaluation", EvaluationKind)]
LeaderValue = Annotated[str, OneOf("leader")]
InterventionValue = Annotated[str, OneOf("intervention")]
ScaleValue = Annotated[str, OneOf("scale")]
PreconditionValue = Annotated[str, OneOf("precondition")]
StakeholderValue = Annotated[str, OneOf("stakeholder")]
BeneficiaryValue = Annotated[str, OneOf("beneficiary")]
ParticipationValue = Annotated[str, OneOf("participation")]
HazardValue = Annotated[str, OneOf("hazard")]
ClimateValue = Annotated[str, OneOf("climate")]
IncomeValue = Annotated[str, OneOf("income_band")]
GovernanceValue = Annotated[str, OneOf("governance")]
CapacityValue = Annotated[str, OneOf("capacity")]
StageValue = Annotated[str, OneOf("stage")]
AgreementValue = Annotated[str, OneOf("agreement")]
AgreementStatusValue = Annotated[str, OneOf("agreement_status")]
LicenseValue = Annotated[str, OneOf("license")]  # open ones only: cases are adapted and republished
CountryCode = Annotated[str, OneOf("country")]
Currency = Annotated[str, CurrencyCode()]
LanguageTag = Annotated[str, LanguageCode()]
