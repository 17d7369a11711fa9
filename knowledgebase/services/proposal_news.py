"""Who is told of a proposal, and when: called inside the transaction that changes it."""

from knowledgebase.domain.letter import News, NewsKind
from knowledgebase.domain.person import Actor
from knowledgebase.domain.proposal import Proposal, ProposalState
from knowledgebase.services import telling
from knowledgebase.services.site import Site
from knowledgebase.store import case_lists
from knowledgebase.store import people as accounts
from knowledgebase.store.connection import Connection


def tell_of_proposal(site: Site, db: Connection, proposal: Proposal, by: Actor) -> None:
    """Tell the admins of the case's city that they have something to decide."""
    if not site.sends_letters:
        return
    name = by.person.profile.position if by.person else ""
    news = News(NewsKind.PROPOSAL_MADE, "proposals", _title(db, proposal), name)
    telling.tell_city(site, db, proposal.city, news, by=by)


def tell_of_decision(site: Site, db: Connection, proposal: Proposal, by: Actor, line: str | None) -> None:
    """Tell whoever proposed that there is an answer."""
    if not site.sends_letters:
        return
    found = accounts.find(db, proposal.person)
    if found is None or found.person is None:
        return
    is_accepted = proposal.state is ProposalState.ACCEPTED
    kind = NewsKind.PROPOSAL_ACCEPTED if is_accepted else NewsKind.PROPOSAL_REFUSED
    path = f"cases/{proposal.case}" if is_accepted else "proposals/own"
    news = News(kind, path, _title(db, proposal), note=line or "")
    telling.tell(site, db, [found.person.number], news, by=by)


def _title(db: Connection, proposal: Proposal) -> str:
    card = case_lists.cards(db, [proposal.case]).get(proposal.case)
    return card.titles[card.language] if card else proposal.case
