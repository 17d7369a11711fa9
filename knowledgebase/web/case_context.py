"""What stands round the text of a case: evidence, conditions, people, and what goes on between cities."""

from dataclasses import dataclass

from knowledgebase.domain.case import Beneficiaries, Case
from knowledgebase.domain.city import City
from knowledgebase.domain.evidence import Evaluation, EvaluationKind
from knowledgebase.intake.slug import is_city_id
from knowledgebase.services.reading import CasePage
from knowledgebase.text import lists
from knowledgebase.web import addresses, case_links, fmt
from knowledgebase.web.case_reckoning import rests_on_own_sources
from knowledgebase.web.facts import Fact, Text, fact, labelled, present
from knowledgebase.web.goals import goal
from knowledgebase.web.labels import name_in
from knowledgebase.web.messages import wording

LEVELS = 4  # steps of the evidence


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """How well the results are known, in words."""

    level: int
    label: str
    step: str  # "level 3 of 4"
    steps: tuple[bool, ...]  # reached or not, from the lowest
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreconditionView:
    """What another city must have."""

    kind: str
    text: str
    is_essential: bool


@dataclass(frozen=True, slots=True)
class StakeholderView:
    """Who took part; name and role are the author's words."""

    name: str
    kind: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class People:
    """Who took part and for whom it is."""

    stakeholders: tuple[StakeholderView, ...]
    facts: tuple[Fact, ...]
    has_kind: bool
    has_role: bool


def evidence_view(case: Case, city: City, language: str) -> EvidenceView:
    """Return how well the results are known, with the reasons."""
    evidence, words = case.evidence_in(city), wording(language)
    label = lists.label("evidence", str(evidence.level), language)
    reasons = [
        reason
        for reason in labelled("evidence_reason", evidence.reasons, language)
        if reason.rstrip(".") != label
    ]
    if rests_on_own_sources(case, city):
        reasons.append(words.gettext("Only the city's own sources."))
    level, most = fmt.in_digits(evidence.level, language), fmt.in_digits(LEVELS, language)
    return EvidenceView(
        evidence.level,
        label,
        words.gettext("level %(level)s of %(most)s") % {"level": level, "most": most},
        tuple(step <= evidence.level for step in range(1, LEVELS + 1)),
        tuple(reasons),
    )


def preconditions(case: Case, language: str) -> tuple[PreconditionView, ...]:
    """Return what another city must have, the essential first."""
    ordered = sorted(case.preconditions, key=lambda one: not one.essential)
    return tuple(
        PreconditionView(lists.label("precondition", one.kind, language), one.text, one.essential)
        for one in ordered
    )


def people(case: Case, language: str) -> People:
    """Return who took part, whom it serves and how residents had their say."""
    rows = tuple(
        StakeholderView(
            one.name, lists.label("stakeholder", one.kind, language) if one.kind else None, one.role
        )
        for one in case.stakeholders
    )
    words, participation = wording(language), case.participation
    facts = present(
        (
            _beneficiaries(case.beneficiaries, language),
            fact(
                words.gettext("Participation of residents"),
                lists.label("participation", participation, language) if participation else None,
            ),
        )
    )
    return People(rows, facts, has_kind=any(row.kind for row in rows), has_role=any(row.role for row in rows))


def _beneficiaries(served: Beneficiaries | None, language: str) -> Fact | None:
    if served is None:
        return None
    words, counted = wording(language), None
    if served.people is not None:
        number = {"number": fmt.number(served.people, language)}
        counted = words.ngettext("%(number)s person", "%(number)s people", served.people) % number
    groups = labelled("beneficiary", served.groups, language)
    shown, note = (groups, counted) if groups else ((counted,), None)
    return fact(words.gettext("For whom"), *shown, notes=[note])


def transfer(page: CasePage, language: str) -> tuple[Fact, ...]:
    """Return what goes on between cities, and of which kind the case is."""
    case, words = page.record.case, wording(language)
    return present(
        (
            fact(words.gettext("The city offers"), *labelled("offer", case.offers, language)),
            fact(words.gettext("Partners"), *(_mentioned(one, page, language) for one in case.partners)),
            fact(words.gettext("Adapted from"), _origin(page, language)),
            _evaluation(case.evaluation, case.language, language),
            fact(words.gettext("Kind of action"), *labelled("intervention", case.interventions, language)),
            fact(
                words.gettext("Sustainable Development Goals"),
                *(goal(number, language) for number in case.sdgs),
            ),
        )
    )


def _mentioned(name: str, page: CasePage, language: str) -> Text:
    """Return a case or city that is here by its name, with a link; anything else as it was written."""
    label = page.cases.get(name)
    if label is not None:
        shown = language if language in label.titles else label.language
        return Text(label.titles[shown], lang=shown, address=addresses.case(language, name))
    if name in page.cities:
        return Text(name_in(page.cities[name], language), lang="", address=addresses.city(language, name))
    return Text(name, lang="" if is_city_id(name.partition("/")[0]) else page.record.case.language)


def _origin(page: CasePage, language: str) -> Text | None:
    origin = page.record.case.adapted_from
    if origin is None:
        return None
    if "://" in origin:
        return Text(case_links.readable(origin), address=origin)
    return _mentioned(origin, page, language)


def _evaluation(evaluation: Evaluation | None, own_language: str, language: str) -> Fact | None:
    if evaluation is None:
        return None
    words = wording(language)
    kind = lists.label("evaluation", evaluation.kind, language)
    if evaluation.kind is EvaluationKind.NONE:
        return fact(words.gettext("Evaluation"), kind)
    by = Text(evaluation.by, lang=own_language) if evaluation.by else None
    year = fmt.year(evaluation.year, language) if evaluation.year else None
    link = (
        Text(case_links.readable(evaluation.url), lang="", address=evaluation.url) if evaluation.url else None
    )
    return fact(words.gettext("Evaluation"), kind, notes=[by, year, link], sources=evaluation.sources)
