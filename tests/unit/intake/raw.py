"""Raw input for the tests of the gates: as front matter gives it, all scalars text."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.intake.case import accept
from knowledgebase.intake.city import accept_city
from knowledgebase.intake.frontmatter import parse

TODAY = date(2026, 3, 1)
CONCEPTS = frozenset({"air-pollution", "emissions"})
BODY = "## The challenge\n\nSmoke.\n\n## The solution\n\nLess smoke.\n\n## Results\n\nCleaner air."

SNAPSHOT: Mapping[str, Any] = {
    "title": "Clean air zone",
    "summary": "The city closed its centre to old diesels. Soot fell by a third.",
    "language": "en",
    "topics": ["air"],
    "status": "operating",
}

FULL: Mapping[str, Any] = {
    **SNAPSHOT,
    "formerly": ["clean-air-zone", "هوای-پاک"],
    "written_by": {"kind": "city", "name": "Air office"},
    "led_by": {"name": "Metro Air Agency", "kind": "inter-municipal"},
    "translations": {
        "fa": {
            "title": "محدوده هوای پاک",
            "summary": "مرکز شهر به روی دیزل‌های کهنه بسته شد.",
            "by": "editors",
        },
        "no": {"title": "Ren luft", "summary": "Sentrum ble stengt.", "by": "machine"},
    },
    "tags": ["diesel", "low emission zone", "هوای پاک"],
    "concepts": ["air-pollution"],
    "sdgs": ["3", "11"],
    "interventions": ["regulation", "nature-based"],
    "scale": "district",
    "status_as_of": {"date": "2025-11", "sources": ["2"]},
    "calendar": "jalali",
    "started": "1398-07",
    "ended": "2024-02-29",
    "months_to_implement": "18",
    "partners": ["tabriz", "Lyon, France"],
    "context": {
        "population": "1200000",
        "population_year": "2019",
        "density": "5400.5",
        "income_band": "upper-middle",
        "climate": "BSk",
        "elevation_m": "1190",
        "coastal": "no",
        "hazards": ["earthquake", "heat"],
        "governance": "council-mayor",
    },
    "cost": {
        "capital": {
            "amount": {"low": "1.50", "high": "2"},
            "currency": "toman",
            "year": "1398",
            "kind": "budget",
            "sources": ["1"],
        },
        "yearly": {"amount": "300000", "currency": "EUR", "year": "2020", "kind": "actual"},
        "staff": "4.5",
        "funding": [{"source": "own", "share": "60"}, {"source": "grant", "share": "40"}],
    },
    "results": [
        {
            "indicator": "Soot: yearly mean",
            "what": "outcome",
            "unit": "µg/m³",
            "better": "lower",
            "before": {"value": "12", "date": "2018"},
            "after": {"value": {"low": "7.5", "high": "8"}, "date": "2023-06-30"},
            "change": {"value": "-33", "unit": "percent", "from": "2018", "to": "2023"},
            "compared_with": "earlier",
            "caused": "not-separated",
            "target": {"value": "6", "date": "2030"},
            "method": "measured",
            "sources": ["1", "2"],
        }
    ],
    "evaluation": {
        "kind": "independent",
        "by": "University of the North",
        "year": "2024",
        "url": "https://example.org/report?id=1#p2",
        "sources": ["2"],
    },
    "beneficiaries": {"groups": ["children", "older-people"], "people": "900000"},
    "preconditions": [{"kind": "legal", "text": "A law: who may close a street", "essential": "yes"}],
    "offers": ["documents", "study-visit"],
    "adapted_from": "london/low-emission-zone",
    "stakeholders": [{"name": "City council", "kind": "council", "role": "decided"}],
    "participation": "consult",
    "contact": {"office": "Air office", "url": "https://example.org/air", "email": "air@example.org"},
    "sources": [
        {"title": "Yearly report", "publisher": "City", "year": "2023", "url": "https://example.org/r"},
        {"title": "Evaluation #2", "checked": "2025-12-01"},
    ],
    "cover": {"file": "zone.jpg", "alt": "A sign at the edge of the zone", "credit": "City"},
    "license": "CC-BY-SA-4.0",
    "confirmed": "2026-01-15",
}

CITY: Mapping[str, Any] = {
    "name": {"en": "Tabriz", "fa": "تبریز"},
    "administration": {"en": "Municipality of Tabriz", "fa": "شهرداری تبریز"},
    "country": "IR",
    "location": {"lat": "38.08", "lon": "46.29"},
    "population": {"count": "1558693", "year": "2016", "sources": ["1"]},
    "area_km2": "324",
    "elevation_m": "1351",
    "coastal": "no",
    "climate": "BSk",
    "income_band": "upper-middle",
    "hazards": ["earthquake"],
    "languages": ["az", "fa"],
    "website": "https://tabriz.ir",
    "governance": "council-mayor",
    "capacities": [
        {
            "title": "Restoring brick vaults",
            "kind": "expertise",
            "text": "Masters of the bazaar",
            "as_of": "2024",
            "until": "2027-12",
            "sources": ["1"],
        }
    ],
    "investments": [
        {
            "title": "Metro line 2",
            "sector": "mobility",
            "amount": {"low": "10", "high": "12"},
            "currency": "toman",
            "stage": "tender",
            "text": "Two stations",
            "as_of": "2025",
            "until": "2026",
            "sources": ["1"],
        }
    ],
    "needs": [{"title": "Bus depots", "topic": "mobility", "text": "Any", "as_of": "2025", "until": "2026"}],
    "sisters": [
        {
            "city": "istanbul",
            "since": "2010",
            "until": "2030",
            "kind": "sister",
            "status": "dormant",
            "sources": ["1"],
        },
        {"city": "Baku, Azerbaijan", "kind": "memorandum"},
    ],
    "networks": [{"name": "A network nobody lists", "since": "2001", "role": "member", "sources": ["1"]}],
    "contact": {"office": "International affairs", "url": "https://tabriz.ir/int", "email": "int@tabriz.ir"},
    "sources": [{"title": "Census 2016"}],
}


def a_raw(**changes: Any) -> dict[str, Any]:
    """Return a raw snapshot with these keys changed; a key of None is left out."""
    return {key: value for key, value in {**SNAPSHOT, **changes}.items() if value is not None}


def accepted(body: str = BODY, /, **changes: Any) -> Case:
    """Return the case that the gate makes of a snapshot with these changes."""
    return accept(a_raw(**changes), body, city="tabriz", slug="clean-air", today=TODAY, concepts=CONCEPTS)


def refused(body: str = BODY, /, **changes: Any) -> list[tuple[str, str]]:
    """Return code and key of every fault of a snapshot with these changes; none when it is accepted."""
    return [(fault.code, fault.key) for fault in faults(body, **changes)]


def faults(body: str = BODY, /, **changes: Any) -> tuple[Fault, ...]:
    """Return the faults of a snapshot with these changes."""
    try:
        accepted(body, **changes)
    except Invalid as error:
        return error.faults
    return ()


def accepted_city(body: str = "", /, **changes: Any) -> City:
    """Return the city that the gate makes of the example with these changes; a key of None is left out."""
    raw = {key: value for key, value in {**CITY, **changes}.items() if value is not None}
    return accept_city(raw, body, city="tabriz", today=TODAY)


def refused_city(body: str = "", /, **changes: Any) -> list[tuple[str, str]]:
    """Return code and key of every fault of the example city with these changes."""
    try:
        accepted_city(body, **changes)
    except Invalid as error:
        return [(fault.code, fault.key) for fault in error.faults]
    return []


def file_faults(text: str) -> list[tuple[str, str, int | None]]:
    """Return code, key and line of every fault of a case file."""
    try:
        raw = parse(text.encode())
        accept(
            raw.mapping,
            raw.body,
            city="tabriz",
            slug="clean-air",
            lines=raw.lines,
            today=TODAY,
            concepts=CONCEPTS,
        )
    except Invalid as error:
        return [(fault.code, fault.key, fault.line) for fault in error.faults]
    return []
