"""The gate for cases: raw input becomes a Case, or is refused with every fault at once."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from knowledgebase.domain.case import Case, Status, Writer, WriterKind
from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.domain.period import PartialDate
from knowledgebase.intake.body import Section, body_faults, citation_faults, sections, tidy_body
from knowledgebase.intake.case_keys import WRITTEN_BY_CITY, CaseKeys
from knowledgebase.intake.dates import Setting
from knowledgebase.intake.gate import NO_LINES, Read, read_model, setting_for
from knowledgebase.intake.refusal import in_order, line_of, shown
from knowledgebase.intake.result_keys import is_backwards
from knowledgebase.intake.slug import is_city_id, is_slug

REQUIRED_SECTIONS = ("challenge", "solution", "results")
WITHOUT_RESULTS = frozenset({Status.PLANNED, Status.IMPLEMENTING})  # for these, results may be missing
ONLY_THE_CITY = ("offers", "contact", "confirmed")  # may not be said by anyone else


def accept(
    raw: Mapping[str, Any],
    body: str,
    *,
    city: str,
    slug: str,
    lines: Mapping[str, int] = NO_LINES,
    today: date | None = None,
    concepts: Collection[str] | None = None,
) -> Case:
    """Turn raw input into a Case, or refuse it naming every fault at once.

    `raw` comes from front matter, a form or JSON: text, lists and maps; unknown keys are faults.
    `lines` is that of the parsed file; without it faults carry no line. `today` (UTC by default)
    decides what the future is, `concepts` which terms the vocabulary holds (its own by default).

    Raises Invalid with one fault a problem, ordered by line.
    """
    setting = setting_for(raw, today=today, concepts=concepts)
    text, cut = tidy_body(body)
    first_line = lines["body"] + cut if "body" in lines else None
    read = read_model(CaseKeys, raw, setting, lines)
    faults = [
        *address_faults(city, slug),
        *read.faults,
        *_with_lines(_rules(read, setting, slug), lines),
        *body_faults(text, first_line),
        *section_faults(text, read, first_line),
        *citation_faults(text, setting.sources or 0, first_line),
    ]
    if faults or read.model is None:
        raise Invalid(in_order(faults))
    return _case(read.model, text, f"{city}/{slug}")


def address_faults(city: str, slug: str | None) -> Iterator[Fault]:
    """Yield what is wrong with the address of a file."""
    if not is_city_id(city):
        yield Fault("not-a-city-id", "city", None, {"value": shown(city)})
    if slug is not None and not is_slug(slug):
        yield Fault("not-a-slug", "slug", None, {"value": shown(slug)})


def _with_lines(faults: Iterator[Fault], lines: Mapping[str, int]) -> Iterator[Fault]:
    for fault in faults:
        yield Fault(fault.code, fault.key, line_of(lines, fault.key), fault.values)


def _rules(read: Read[CaseKeys], setting: Setting, slug: str) -> Iterator[Fault]:
    """Yield what is wrong between keys; a rule over a faulty key waits until that key is right."""
    yield from _writer_rules(read)
    yield from _date_rules(read, setting)
    language, translations = read.good.get("language"), read.good.get("translations", {})
    if language in translations:
        yield Fault("own-language", f"translations.{language}")
    formerly = read.good.get("formerly", ())
    if slug in formerly:
        yield Fault("own-slug", f"formerly.{formerly.index(slug) + 1}")
    cost = read.good.get("cost")
    if cost is not None and cost.shares > 100:
        yield Fault("shares-above-100", "cost.funding", None, {"sum": f"{cost.shares.normalize():f}"})


def _writer_rules(read: Read[CaseKeys]) -> Iterator[Fault]:
    writer: Writer = read.good.get("written_by", WRITTEN_BY_CITY).value()
    if not read.knows("written_by") or writer.kind is WriterKind.CITY:
        return
    if read.knows("status_as_of") and read.good.get("status_as_of") is None:
        yield Fault("required-unless-city", "status_as_of")
    for name in ONLY_THE_CITY:
        if read.good.get(name):
            yield Fault("only-the-city", name)


def _date_rules(read: Read[CaseKeys], setting: Setting) -> Iterator[Fault]:
    started: PartialDate | None = read.good.get("started")
    ended: PartialDate | None = read.good.get("ended")
    if is_backwards(started, ended):
        yield Fault("ends-before-start", "ended")
    is_planned = read.good.get("status") is Status.PLANNED or not read.knows("status")
    latest = setting.today.year + 1
    if started is not None and started.first.year > latest and not is_planned:
        yield Fault("starts-too-late", "started", None, {"year": latest})


def section_faults(body: str, read: Read[CaseKeys], first_line: int | None) -> Iterator[Fault]:
    """Yield a fault for every section that the case must have and has not, or has without text."""
    status = read.good.get("status")
    found: dict[str, Section] = {}
    for section in sections(body, read.good.get("language")):
        if section.key is not None and (section.key not in found or found[section.key].is_empty):
            found[section.key] = section
    for key in REQUIRED_SECTIONS + (("limits",) if status is Status.STOPPED else ()):
        section_there = found.get(key)
        if key == "results" and (status in WITHOUT_RESULTS or not read.knows("status")):
            continue
        if section_there is None:
            yield Fault("missing-section", "body", first_line, {"section": key})
        elif section_there.is_empty:
            line = None if first_line is None else first_line + section_there.line
            yield Fault("empty-section", "body", line, {"section": key})


def _case(keys: CaseKeys, body: str, case_id: str) -> Case:
    return Case(
        id=case_id,
        language=keys.language,
        title=keys.title,
        summary=keys.summary,
        body=body,
        topics=keys.topics,
        status=keys.status,
        written_by=keys.written_by.value(),
        led_by=keys.led_by.value() if keys.led_by else None,
        formerly=keys.formerly,
        translations={language: one.value() for language, one in keys.translations.items()},
        tags=keys.tags,
        concepts=keys.concepts,
        sdgs=keys.sdgs,
        interventions=keys.interventions,
        scale=keys.scale,
        status_as_of=keys.status_as_of.value() if keys.status_as_of else None,
        calendar=keys.calendar,
        started=keys.started,
        ended=keys.ended,
        months_to_implement=keys.months_to_implement,
        partners=keys.partners,
        participation=keys.participation,
        adapted_from=keys.adapted_from,
        offers=keys.offers,
        license=keys.license,
        confirmed=keys.confirmed.first if keys.confirmed else None,
        **_nested(keys),
    )


def _nested(keys: CaseKeys) -> dict[str, Any]:
    """Return the parts of a case that are values of their own."""
    return {
        "context": keys.context.value() if keys.context else None,
        "cost": keys.cost.value() if keys.cost else None,
        "results": tuple(one.value() for one in keys.results),
        "evaluation": keys.evaluation.value() if keys.evaluation else None,
        "beneficiaries": keys.beneficiaries.value() if keys.beneficiaries else None,
        "preconditions": tuple(one.value() for one in keys.preconditions),
        "stakeholders": tuple(one.value() for one in keys.stakeholders),
        "contact": keys.contact.value() if keys.contact else None,
        "sources": tuple(one.value() for one in keys.sources),
        "cover": keys.cover.value() if keys.cover else None,
    }
