"""A city's drafts and cases in a list, ready to be printed."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.draft import DraftLine, DraftState, OwnCase
from knowledgebase.domain.person import Actor
from knowledgebase.domain.record import CityRecord
from knowledgebase.services.authorizing import may
from knowledgebase.services.drafting import Work
from knowledgebase.web import addresses, draft_links, fmt
from knowledgebase.web.messages import wording
from knowledgebase.web.problems import later

STATES = {
    DraftState.WRITING: later("being written"),
    DraftState.ASKED: later("publication asked for"),
    DraftState.RETURNED: later("returned"),
    DraftState.PUBLISHED: later("published"),
    DraftState.DISCARDED: later("discarded"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One draft or case."""

    title: str
    lang: str
    address: str | None
    state: str
    notes: tuple[str, ...]
    revise: str | None = None  # where a revision is begun
    withdraw: str | None = None
    restore: str | None = None


@dataclass(frozen=True, slots=True)
class WorkView:
    """The page."""

    city_id: str
    city: str
    start: str  # where a new draft is begun
    others: tuple[tuple[str, str], ...]  # further cities that somebody writes for: id and address
    drafts: tuple[Line, ...]
    cases: tuple[Line, ...]


def work_view(work: Work, city: CityRecord, mine: Sequence[str], actor: Actor, language: str) -> WorkView:
    """Return what a city has in hand, for somebody who writes for it."""
    city_id = city.city.id
    others = tuple((other, draft_links.work(language, other)) for other in mine if other != city_id)
    may_publish = may(actor, Action.PUBLISH_CASE, Concern.city(city_id))
    return WorkView(
        city_id,
        city.city.name_in(language),
        draft_links.work(language),
        others,
        tuple(_draft(line, language) for line in work.drafts),
        tuple(_case(one, language, may_publish=may_publish) for one in work.cases),
    )


def _draft(line: DraftLine, language: str) -> Line:
    words = wording(language)
    notes = [fmt.moment(line.updated, language)]
    if line.writer_name:
        notes.insert(0, fmt.isolated(line.writer_name))
    if line.is_revision:
        notes.append(words.gettext("changes a published case"))
    return Line(
        line.title or words.gettext("Without a title"),
        line.language,
        draft_links.draft(language, line.id),
        words.gettext(STATES[line.state]),
        tuple(notes),
    )


def _case(case: OwnCase, language: str, *, may_publish: bool) -> Line:
    words = wording(language)
    address = addresses.case(language, case.id)
    is_open = not case.is_file and not case.is_withdrawn
    notes = [fmt.moment(case.updated, language)]
    if case.is_file:
        notes.append(words.gettext("edited as a file; to write on it here, take it over first"))
    return Line(
        case.title,
        case.language,
        None if case.is_withdrawn else address,
        words.gettext("withdrawn") if case.is_withdrawn else words.gettext("published"),
        tuple(notes),
        revise=draft_links.own_case(language, case.id, "revise") if is_open else None,
        withdraw=draft_links.own_case(language, case.id, "withdraw") if is_open and may_publish else None,
        restore=draft_links.own_case(language, case.id, "restore")
        if case.is_withdrawn and not case.is_file and may_publish
        else None,
    )
