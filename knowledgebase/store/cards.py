"""What lists show of a case: made when it is saved, kept beside it, read without a join."""

from dataclasses import replace
from datetime import datetime

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.evidence import Reading, Result, ResultKind, evidence
from knowledgebase.domain.money import Quantity
from knowledgebase.domain.record import Card, CardResult

RANGE = "\u2013"  # between the ends of a range, e.g. "10–20"


def card_of(
    case: Case, city: City, first_published: datetime, updated: datetime, *, comments: int = 0
) -> Card:
    """Return the card of a case in its city; its headline result is the best known outcome."""
    return told_in(_bare(case, city, first_published, updated, comments), case)


def told_in(card: Card, case: Case) -> Card:
    """Return a card with title and summary in every language of the case."""
    others = {tag: one for tag, one in case.translations.items() if tag != case.language}
    return replace(
        card,
        titles={case.language: case.title, **{tag: one.title for tag, one in others.items()}},
        summaries={case.language: case.summary, **{tag: one.summary for tag, one in others.items()}},
        translated_by={tag: one.by.value for tag, one in others.items()},
    )


def _bare(case: Case, city: City, first_published: datetime, updated: datetime, comments: int) -> Card:
    return Card(
        id=case.id,
        language=case.language,
        titles={},
        summaries={},
        topics=tuple(topic.value for topic in case.topics),
        status=case.status.value,
        city=case.city,
        city_names=dict(city.name),
        country=city.country,
        year=case.year,
        written_by=case.written_by.kind.value,
        evidence=case.evidence_in(city).level,
        first_published=first_published,
        updated=updated,
        result=_headline(case),
        started=case.started,
        comments=comments,
    )


def _headline(case: Case) -> CardResult | None:
    """Return the outcome that is known best, the first of equals; outputs are no headline."""
    outcomes = [result for result in case.results if result.what is ResultKind.OUTCOME]
    if not outcomes:
        return None
    return _shown(max(outcomes, key=lambda result: evidence((result,), case.evaluation, is_own=False).level))


def _shown(result: Result) -> CardResult:
    change = result.change
    return CardResult(
        indicator=result.indicator,
        unit=result.unit,
        before=_reading(result.before),
        after=_reading(result.after),
        change=_quantity(change.value) if change else None,
        change_unit=change.unit.value if change else None,
        better=result.better.value if result.better else None,
    )


def _reading(reading: Reading | None) -> str | None:
    return _quantity(reading.value) if reading else None


def _quantity(quantity: Quantity) -> str:
    """Return plain ASCII digits, both ends of a range; web/ puts them in the reader's digits."""
    low, high = format(quantity.low, "f"), format(quantity.high, "f")
    return low if quantity.low == quantity.high else f"{low}{RANGE}{high}"
