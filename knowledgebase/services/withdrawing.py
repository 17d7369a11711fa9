"""Cases that their city takes off the exchange, and puts back."""

from knowledgebase.domain.action import Action
from knowledgebase.domain.person import Actor
from knowledgebase.domain.record import CaseRecord
from knowledgebase.services.authorizing import present
from knowledgebase.services.drafting import editable
from knowledgebase.services.site import Site
from knowledgebase.store import case_writing


def withdraw(site: Site, case_id: str, reason: str, *, by: Actor) -> CaseRecord:
    """Hide a case at once, with the reason in its history; a withdrawn one is left as it is.

    Raises NotFound, NotAllowed, HeldByFile for a case that is edited as a file.
    """
    with site.store.writing() as db:
        by = present(db, by)
        editable(db, case_id, Action.PUBLISH_CASE, by)
        return case_writing.withdraw(db, case_id, at=site.now(), by=by.name, note=reason)


def restore(site: Site, case_id: str, *, by: Actor) -> CaseRecord:
    """Show a withdrawn case again; a public one is left as it is. Raises as `withdraw`."""
    with site.store.writing() as db:
        by = present(db, by)
        editable(db, case_id, Action.PUBLISH_CASE, by)
        return case_writing.restore(db, case_id, at=site.now(), by=by.name)
