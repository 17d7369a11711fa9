"""Who is told of a proposal, and when: called inside the transaction that changes it."""

from knowledgebase.domain.proposal import Proposal
from knowledgebase.store.connection import Connection


def tell_of_proposal(db: Connection, proposal: Proposal) -> None:
    """Note that the admins of the case's city have something to decide; letters do not go out for it yet."""


def tell_of_decision(db: Connection, proposal: Proposal) -> None:
    """Note that whoever proposed has an answer; letters do not go out for it yet."""
