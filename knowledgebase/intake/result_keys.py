"""The keys of the format, part two: results, costs and what else is counted about a case."""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from knowledgebase.domain.evidence import Change, Evaluation, Reading, Result
from knowledgebase.domain.money import Cost, Funding, Money
from knowledgebase.domain.period import PartialDate
from knowledgebase.intake.choices import (
    TOMAN,
    BetterValue,
    CausedValue,
    ChangeValue,
    ComparedValue,
    Currency,
    EvaluationValue,
    FundingValue,
    MethodValue,
    MoneyValue,
    ResultValue,
)
from knowledgebase.intake.dates import Date, Year
from knowledgebase.intake.fields import LongName, Name, Number, WebAddress
from knowledgebase.intake.keys import Amount, Keys, Many, Quantities, Sources
from knowledgebase.intake.refusal import refusal

FUNDING_MAX = 20
RIALS_IN_TOMAN = 10


def is_backwards(first: PartialDate | None, last: PartialDate | None) -> bool:
    """Return whether a span ends before it starts; spans that touch are in order."""
    return first is not None and last is not None and last.last < first.first


class ReadingKeys(Keys):
    """A value of an indicator at a date."""

    value_: Quantities = Field(alias="value", description="A number, or low and high.")
    date: Date | None = Field(None, description="When the value held.")

    def value(self) -> Reading:
        """Return the reading."""
        return Reading(self.value_.value(), self.date)


class ChangeKeys(Keys):
    """A difference between two dates."""

    value_: Quantities = Field(alias="value", description="A number, or low and high; less is negative.")
    unit: ChangeValue = Field(description="What the change is counted in.")
    start: Date | None = Field(None, alias="from", description="Date of the earlier value.")
    end: Date | None = Field(None, alias="to", description="Date of the later value.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if is_backwards(self.start, self.end):
            raise refusal("ends-before-start", at="to")
        return self

    def value(self) -> Change:
        """Return the change."""
        return Change(self.value_.value(), self.unit, self.start, self.end)


class ResultKeys(Keys):
    """One row of the result table."""

    indicator: LongName = Field(description="What is counted.")
    what: ResultValue = Field(description="An outcome changes the city; an output is a thing done.")
    unit: Name | None = Field(None, description="Unit of before, after and target.")
    better: BetterValue | None = Field(None, description="Which direction is the better one.")
    before: ReadingKeys | None = Field(None, description="Value and date before.")
    after: ReadingKeys | None = Field(None, description="Value and date after.")
    change: ChangeKeys | None = Field(None, description="Difference between two dates.")
    compared_with: ComparedValue | None = Field(None, description="What the later value is held against.")
    caused: CausedValue | None = Field(None, description="Whether the case is said to be the cause.")
    target: ReadingKeys | None = Field(None, description="What was aimed at; a target is no result.")
    method: MethodValue | None = Field(None, description="How the value came to be known.")
    sources: Sources = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.before and self.after and is_backwards(self.before.date, self.after.date):
            raise refusal("ends-before-start", at="after")
        return self

    def value(self) -> Result:
        """Return the result."""
        return Result(
            indicator=self.indicator,
            what=self.what,
            unit=self.unit,
            better=self.better,
            before=self.before.value() if self.before else None,
            after=self.after.value() if self.after else None,
            change=self.change.value() if self.change else None,
            compared_with=self.compared_with,
            caused=self.caused,
            target=self.target.value() if self.target else None,
            method=self.method,
            sources=self.sources,
        )


class EvaluationKeys(Keys):
    """Who looked at the case from outside."""

    kind: EvaluationValue = Field(description="Independent: neither the city nor its contractor.")
    by: LongName | None = Field(None, description="Name of the body.")
    year: Year | None = Field(None, description="Year of the evaluation.")
    url: WebAddress | None = Field(None, description="Where it can be read.")
    sources: Sources = ()

    def value(self) -> Evaluation:
        """Return the evaluation."""
        return Evaluation(self.kind, self.by, self.year, self.url, self.sources)


class MoneyKeys(Keys):
    """An amount in its own currency and year."""

    amount: Amount = Field(description="A number, or low and high, in the currency.")
    currency: Currency = Field(description="ISO 4217, or toman.")
    year: Year | None = Field(None, description="Year of the prices.")
    kind: MoneyValue | None = Field(None, description="How the amount is known.")
    sources: Sources = ()

    def value(self) -> Money:
        """Return the money; tomans are kept as rials and shown as written."""
        amount, currency = self.amount.value(), self.currency
        if currency == TOMAN:
            amount = type(amount)(amount.low * RIALS_IN_TOMAN, amount.high * RIALS_IN_TOMAN)
            currency = "IRR"
        return Money(amount, currency, self.currency, self.year, self.kind, self.sources)


class FundingKeys(Keys):
    """One part of the money."""

    source: FundingValue = Field(description="Who paid.")
    share: Annotated[Decimal, Number(0, 100)] | None = Field(None, description="Percent of the whole.")

    def value(self) -> Funding:
        """Return the part."""
        return Funding(self.source, self.share)


class CostKeys(Keys):
    """What a case cost, as far as it is known."""

    capital: MoneyKeys | None = Field(None, description="Spent once.")
    yearly: MoneyKeys | None = Field(None, description="Spent every year.")
    staff: Annotated[Decimal, Number(0, 10**6)] | None = Field(None, description="Full-time posts.")
    funding: Annotated[tuple[FundingKeys, ...], Many(FUNDING_MAX)] = Field(
        (), description="Where the money came from."
    )

    @property
    def shares(self) -> Decimal:
        """Return the sum of the shares in percent."""
        return sum((part.share for part in self.funding if part.share is not None), Decimal(0))

    def value(self) -> Cost | None:
        """Return the cost, None when nothing is given."""
        found = Cost(
            capital=self.capital.value() if self.capital else None,
            yearly=self.yearly.value() if self.yearly else None,
            staff=self.staff,
            funding=tuple(part.value() for part in self.funding),
        )
        return None if found == Cost() else found
