"""A case as programs read it: every key of the format, and beside them what the exchange computes."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from knowledgebase.domain.completeness import completeness
from knowledgebase.domain.evidence import Change
from knowledgebase.domain.language import INTERFACE
from knowledgebase.domain.money import Money, Quantity
from knowledgebase.domain.period import PartialDate
from knowledgebase.domain.source import Contact
from knowledgebase.services.reading import CasePage
from knowledgebase.web import addresses, case_links, outlets
from knowledgebase.web.case_reckoning import (
    RIALS_IN_TOMAN,
    TOMAN,
    months_of,
    resident_cost,
    residents_of,
    rests_on_own_sources,
)
from knowledgebase.web.case_writer import writer_sentence

SIGNIFICANT = 4  # digits of a computed amount


def as_json(page: CasePage, base_url: str) -> dict[str, Any]:
    """Return a case with numbers as JSON numbers; `base_url` is the site's own address, no slash at its end.

    Every key of the format is there, empty ones as null or []; the address of a contact never is.
    """
    case, record = page.record.case, page.record
    written = {field.name: _plain(getattr(case, field.name)) for field in fields(case)}
    return {
        **written,
        "city": _city(page),
        "slug": case.slug,
        "tags": [tag.shown for tag in record.tags],
        "sources": [{"number": number, **source} for number, source in enumerate(written["sources"], 1)],
        "cover": _cover(page, written["cover"], base_url),
        "notice": _notices(page),
        "sections": [
            {"anchor": heading.anchor, "heading": heading.text, "key": heading.part}
            for heading in record.rendered.headings
        ],
        **_computed(page),
        "state": record.state.value,
        "origin": record.origin.value,
        "revision": record.revision,
        "first_published": _plain(record.first_published),
        "updated": _plain(record.updated),
        "urls": _urls(case.id, base_url),
    }


def _computed(page: CasePage) -> dict[str, Any]:
    """Return what follows from the case: evidence, completeness, cost of one resident, months, year."""
    case, months = page.record.case, months_of(page.record.case)
    evidence = case.evidence_in(page.city.city)
    parts = [heading.part for heading in page.record.rendered.headings if heading.part]
    complete = completeness(case, parts)
    return {
        "evidence": {
            "level": evidence.level,
            "reasons": list(evidence.reasons),
            "only_own_sources": rests_on_own_sources(case, page.city.city),
        },
        "completeness": {
            "percent": complete.percent,
            "done": complete.done,
            "total": complete.total,
            "missing": list(complete.missing),
        },
        "cost_per_resident": _resident_costs(page),
        "months": {"number": months.number, "is_rough": months.is_rough, "is_written": months.is_written}
        if months
        else None,
        "year": case.year,
    }


def _resident_costs(page: CasePage) -> dict[str, Any] | None:
    case = page.record.case
    residents = residents_of(case, page.city.city)
    if case.cost is None or residents is None:
        return None
    costs = {
        name: resident_cost(money, residents) if money else None
        for name, money in (("capital", case.cost.capital), ("yearly", case.cost.yearly))
    }
    return {
        **{
            name: {"amount": _rounded(cost.amount), "currency": cost.currency, "year": cost.year}
            if cost
            else None
            for name, cost in costs.items()
        },
        "residents": residents.number,
        "residents_year": residents.year,
    }


def _city(page: CasePage) -> dict[str, Any]:
    city = page.city.city
    return {"id": city.id, "name": _plain(city.name), "country": city.country}


def _cover(page: CasePage, written: dict[str, Any] | None, base_url: str) -> dict[str, Any] | None:
    if written is None:
        return None
    address = case_links.cover(page.record.case.id, page.cover) if page.cover else None
    return {**written, "url": f"{base_url}{address}" if address else None}


def _notices(page: CasePage) -> dict[str, str] | None:
    """Return by language who wrote the case, where it was not the city."""
    writer, city = page.record.case.written_by, page.city.city
    sentences = {
        language: writer_sentence(writer, city.name_in(language), language) for language in INTERFACE
    }
    said = {language: sentence for language, sentence in sentences.items() if sentence}
    return said or None


def _urls(case_id: str, base_url: str) -> dict[str, Any]:
    first = INTERFACE[0]
    return {
        "pages": {language: base_url + addresses.case(language, case_id) for language in INTERFACE},
        "markdown": base_url + case_links.markdown(first, case_id),
        "json": base_url + case_links.json(first, case_id),
        "api": base_url + outlets.api_case(case_id),
        "history": base_url + case_links.history(first, case_id),
    }


# Values of the domain as JSON


def _plain(value: Any) -> Any:
    """Return a value of the domain as JSON, its keys as in the format."""
    match value:
        case None | bool() | int():
            return value
        case StrEnum():
            return value.value
        case str():
            return value
        case Decimal():
            return _number(value)
        case datetime() | date():
            return value.isoformat()
        case Quantity():
            return _quantity(value)
        case PartialDate():
            return _date(value)
        case Mapping():
            return {key: _plain(one) for key, one in value.items()}
        case Sequence():
            return [_plain(one) for one in value]
    return _record(value)


def _record(value: Any) -> dict[str, Any]:
    assert is_dataclass(value)  # noqa: S101 - the domain holds nothing else
    plain = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Contact):
        del plain["email"]
    if isinstance(value, Change):
        plain = {{"start": "from", "end": "to"}.get(name, name): one for name, one in plain.items()}
    return _money(value) if isinstance(value, Money) else plain


def _money(money: Money) -> dict[str, Any]:
    """Return an amount as the author wrote it, and beside it the amount in a currency of ISO 4217."""
    amount = money.amount
    if money.written_currency == TOMAN:
        amount = Quantity(amount.low / RIALS_IN_TOMAN, amount.high / RIALS_IN_TOMAN)
    return {
        "amount": _quantity(amount),
        "currency": money.written_currency,
        "year": money.year,
        "kind": _plain(money.kind),
        "sources": list(money.sources),
        "iso": {"amount": _quantity(money.amount), "currency": money.currency},
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _quantity(value: Quantity) -> Any:
    if value.low == value.high:
        return _number(value.low)
    return {"low": _number(value.low), "high": _number(value.high)}


def _rounded(value: Quantity) -> Any:
    ends = [Decimal(f"{end:.{SIGNIFICANT}g}") for end in (value.low, value.high)]
    return _quantity(Quantity(*ends))


def _date(value: PartialDate) -> dict[str, str]:
    return {
        "written": value.written,
        "first": value.first.isoformat(),
        "last": value.last.isoformat(),
        "precision": value.precision.value,
        "calendar": value.calendar.value,
    }
