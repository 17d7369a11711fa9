"""Proposals: anyone with a membership proposes a tag or a translation, the case's city decides.

What is accepted is kept beside the case, for cases of files and of forms alike: an import replaces the text
and not what others gave, a writer's draft is not made stale, and the credit stays with the gift.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.case import TranslatorKind
from knowledgebase.domain.errors import Fault, Invalid, NotAllowed, NotFound, StaleRevision
from knowledgebase.domain.person import Actor, Person
from knowledgebase.domain.proposal import (
    NEW_FOR_DAYS,
    OPEN_MAX,
    OPEN_MAX_LATER,
    Decision,
    Draft,
    ListedProposal,
    Proposal,
    ProposalState,
)
from knowledgebase.domain.record import CaseRecord
from knowledgebase.domain.tagging import TAGS_OF_CASE, counted
from knowledgebase.services import proposal_news, tagging
from knowledgebase.services.authorizing import authorize, may, present
from knowledgebase.services.site import Site
from knowledgebase.services.tokens import new_id
from knowledgebase.store import case_additions, journal, proposals, tag_rules
from knowledgebase.store.connection import Connection
from knowledgebase.store.tags import Tagging

PAGE = 20  # proposals of one page


def propose(site: Site, case_id: str, draft: Draft, *, token: str, by: Actor) -> str:
    """Store a proposal for a public case and return its id; the same token again returns the first's.

    Raises NotFound without such a case, Invalid for what the case has, somebody proposed already, is
    forbidden or would be one too many.
    """
    at = site.now()
    with site.store.writing() as db:
        by = present(db, by)
        record, tagging_of_case = tagging.public(db, case_id)
        authorize(by, Action.PROPOSE, Concern.city(record.case.city))
        person = _person_of(by)
        known = proposals.of_token(db, person.number, token)
        if known is not None:
            return known
        faults = [*_faults_of(db, record, tagging_of_case, draft), *_limit(db, person, at)]
        if faults:
            raise Invalid(faults)
        proposal = Proposal(new_id(), case_id, person.id, _signed(draft, record, by), ProposalState.OPEN, at)
        proposals.add(
            db, proposal.id, case_id, proposal.draft, person_number=person.number, token=token, at=at
        )
        _tell(db, by, "proposed", proposal, at)
        proposal_news.tell_of_proposal(db, proposal)
    return proposal.id


def accept(site: Site, proposal_id: str, *, by: Actor, line: str | None = None) -> None:
    """Give the case what was proposed; accepting twice changes nothing.

    Raises NotFound where there is no such proposal or the case is not public, StaleRevision where it was
    refused or withdrawn meanwhile, Invalid for a tag that is forbidden or one too many by now.
    """
    at = site.now()
    with site.store.writing() as db:
        by, proposal = _deciding(db, proposal_id, by)
        if proposal.state is ProposalState.ACCEPTED:
            return
        _expect(proposal, ProposalState.OPEN)
        record, tagging_of_case = tagging.public(db, proposal.case)
        gave = None
        if proposal.draft.tag:
            given = tagging.give(db, record, tagging_of_case, proposal.draft.tag, at=at)
            gave = given.tag.folded if given.is_new else None
        proposals.decide(db, proposal_id, ProposalState.ACCEPTED, Decision(at, by.name, line, gave))
        if proposal.draft.translation:
            _put_translations(db, record, tagging_of_case, at)
        _tell(db, by, "proposal-accepted", proposal, at, line)
        proposal_news.tell_of_decision(db, proposal)


def refuse(site: Site, proposal_id: str, *, by: Actor, line: str | None = None) -> None:
    """Refuse what was proposed; refusing twice changes nothing. Raises as `accept`."""
    at = site.now()
    with site.store.writing() as db:
        by, proposal = _deciding(db, proposal_id, by)
        if proposal.state is ProposalState.REFUSED:
            return
        _expect(proposal, ProposalState.OPEN)
        proposals.decide(db, proposal_id, ProposalState.REFUSED, Decision(at, by.name, line))
        _tell(db, by, "proposal-refused", proposal, at, line)
        proposal_news.tell_of_decision(db, proposal)


def reopen(site: Site, proposal_id: str, *, by: Actor) -> None:
    """Undo a decision: the proposal waits again, and the case loses what it got by it.

    A translation accepted before comes back. One that waits already changes nothing. Raises NotFound,
    StaleRevision where whoever proposed has withdrawn it.
    """
    at = site.now()
    with site.store.writing() as db:
        by, proposal = _deciding(db, proposal_id, by)
        if proposal.state is ProposalState.OPEN:
            return
        _expect(proposal, ProposalState.ACCEPTED, ProposalState.REFUSED)
        record, tagging_of_case = case_additions.hold(db, proposal.case)
        proposals.decide(db, proposal_id, ProposalState.OPEN, None)
        gave = proposal.decision.gave if proposal.decision else None
        if gave and gave in {tag.folded for tag in tagging_of_case.web}:
            tagging.take(db, record, tagging_of_case, gave, at=at)
        if proposal.state is ProposalState.ACCEPTED and proposal.draft.translation:
            _put_translations(db, record, tagging_of_case, at)
        _tell(db, by, "proposal-reopened", proposal, at)


def withdraw(site: Site, proposal_id: str, *, by: Actor) -> None:
    """Take one's own proposal back while it waits; twice changes nothing.

    Raises NotFound for a proposal of somebody else, StaleRevision where it was decided meanwhile.
    """
    at = site.now()
    with site.store.writing() as db:
        by = present(db, by)
        proposal = proposals.find(db, proposal_id)
        if proposal is None or by.person is None or proposal.person != by.person.id:
            raise NotFound(proposal_id)
        if proposal.state is ProposalState.WITHDRAWN:
            return
        _expect(proposal, ProposalState.OPEN)
        proposals.decide(db, proposal_id, ProposalState.WITHDRAWN, Decision(at, by.name))
        _tell(db, by, "proposal-withdrawn", proposal, at)


def deciding_for(by: Actor) -> frozenset[str] | None:
    """Return the cities whose proposals somebody decides, None for all; empty for nobody's."""
    if may(by, Action.DECIDE_PROPOSAL, Concern.exchange()):
        return None
    return frozenset(city for city in by.memberships if may(by, Action.DECIDE_PROPOSAL, Concern.city(city)))


def to_decide(
    site: Site, *, by: Actor, state: ProposalState = ProposalState.OPEN, page: int = 1
) -> tuple[tuple[ListedProposal, ...], bool]:
    """Return one page of the proposals that somebody decides, in one state, and whether there are more.

    Raises NotAllowed for somebody who decides none.
    """
    of_cities = deciding_for(by)
    if of_cities is not None and not of_cities:
        raise NotAllowed(Action.DECIDE_PROPOSAL)
    with site.store.reading() as db:
        found = proposals.listed(db, state, cities_of=of_cities, limit=PAGE + 1, offset=(page - 1) * PAGE)
    return found[:PAGE], len(found) > PAGE


def own(site: Site, *, by: Actor, page: int = 1) -> tuple[tuple[ListedProposal, ...], bool]:
    """Return one page of what somebody proposed, the last first, and whether there are more."""
    person = _person_of(by)
    with site.store.reading() as db:
        found = proposals.of_person(db, person.number, limit=PAGE + 1, offset=(page - 1) * PAGE)
    return found[:PAGE], len(found) > PAGE


def _deciding(db: Connection, proposal_id: str, by: Actor) -> tuple[Actor, Proposal]:
    """Return who decides as it is now, and the proposal. Raises NotFound, also for one of another city."""
    by = present(db, by)
    proposal = proposals.find(db, proposal_id)
    if proposal is None or not may(by, Action.DECIDE_PROPOSAL, Concern.city(proposal.city)):
        is_known = proposal is not None and by.person is not None and proposal.person == by.person.id
        raise NotAllowed(proposal_id) if is_known else NotFound(proposal_id)
    return by, proposal


def _expect(proposal: Proposal, *states: ProposalState) -> None:
    if proposal.state not in states:
        raise StaleRevision(proposal.id)


def _person_of(by: Actor) -> Person:
    if by.person is None:
        raise NotAllowed(Action.PROPOSE)
    return by.person


def _signed(draft: Draft, record: CaseRecord, by: Actor) -> Draft:
    """Return a draft that says whether the case's own city translated."""
    told = draft.translation
    if told is None or told.by is TranslatorKind.MACHINE or record.case.city not in by.memberships:
        return draft
    return replace(draft, translation=replace(told, by=TranslatorKind.CITY))


def _faults_of(db: Connection, record: CaseRecord, tagging_of_case: Tagging, draft: Draft) -> list[Fault]:
    """Return why a case cannot get what is proposed."""
    if draft.tag is None:
        own_languages = {record.case.language, *record.case.translations}
        if draft.language in own_languages:
            return [Fault("translated-already", "language")]
        return [Fault("proposed-already", "language")] if proposals.is_open(db, record.case.id, draft) else []
    rules = tag_rules.along(db, tagging_of_case.folded | {draft.tag.folded})
    told = counted(draft.tag, rules)
    if told is None:
        return [Fault("tag-forbidden", "tag", values={"tag": draft.tag.shown})]
    if told.folded in {each.folded for each in tagging_of_case.shown(rules)}:
        return [Fault("tagged-already", "tag", values={"tag": told.shown})]
    if len(tagging_of_case.folded) >= TAGS_OF_CASE:
        return [Fault("too-many-tags", "tag", values={"most": TAGS_OF_CASE})]
    return [Fault("proposed-already", "tag")] if proposals.is_open(db, record.case.id, draft) else []


def _limit(db: Connection, person: Person, at: datetime) -> list[Fault]:
    """Return whether too many proposals of a person wait already (D1)."""
    is_new = at - person.created < timedelta(days=NEW_FOR_DAYS)
    most = OPEN_MAX if is_new else OPEN_MAX_LATER
    if proposals.count_open(db, person.number) < most:
        return []
    return [Fault("too-many-proposals", values={"most": most})]


def _put_translations(db: Connection, record: CaseRecord, tagging_of_case: Tagging, at: datetime) -> None:
    """Let a case have all translations that stand accepted now."""
    given = proposals.contributed(db, record.case.id)
    sought = tagging.words_of(tagging_of_case.web, given)
    case_additions.put_translations(db, record.case.id, given, sought=sought, at=at)


def _tell(
    db: Connection, by: Actor, action: str, proposal: Proposal, at: datetime, line: str | None = None
) -> None:
    draft = proposal.draft
    told = {"tag": draft.tag.shown} if draft.tag else {"language": draft.language}
    detail = {**told, "proposal": proposal.id, "by": proposal.person, "line": line}
    kept = {name: value for name, value in detail.items() if value is not None}
    journal.write(db, at=at, by=by.name, action=action, thing=f"case:{proposal.case}", detail=kept)
