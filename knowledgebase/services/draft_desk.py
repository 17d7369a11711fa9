"""What the page of a draft has to know at once: the draft, its city, its links, and what may be done now."""

from dataclasses import dataclass, replace

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.case import Case
from knowledgebase.domain.draft import CaseChanged, Draft, DraftState, OpenShare
from knowledgebase.domain.errors import NotFound
from knowledgebase.domain.person import Actor
from knowledgebase.domain.record import CityRecord
from knowledgebase.services import draft_news
from knowledgebase.services.authorizing import authorize, may
from knowledgebase.services.draft_sharing import shared_draft
from knowledgebase.services.drafting import editable, visible
from knowledgebase.services.site import Site
from knowledgebase.store import cities, draft_links, drafts, outbox, revisions
from knowledgebase.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft with what stands round it on its page."""

    draft: Draft
    city: CityRecord
    links: tuple[OpenShare, ...] = ()
    may_publish: bool = False  # now, as the draft stands
    may_return: bool = False
    is_own: bool = False  # asked or written by the one who looks, so that somebody else decides
    is_waiting: bool = False  # the index has yet to be told of the published case


def desk(site: Site, draft_id: str, *, by: Actor) -> Desk:
    """Return the desk of a draft. Raises NotFound for everybody who does not write for its city."""
    with site.store.reading() as db:
        draft = visible(drafts.find(db, draft_id), by)
        city = _city(db, draft.city)
        concern = Concern.city(draft.city)
        if draft.state is DraftState.PUBLISHED:
            waiting = outbox.is_promised(db, draft.case_id or "")
            return Desk(draft, city, is_waiting=waiting)
        links = draft_links.open_of(db, draft_id, site.now())
        if draft.state is not DraftState.ASKED:
            return Desk(draft, city, links, may_publish=may(by, Action.PUBLISH_CASE, concern))
        decides = may(by, Action.DECIDE_CASE, concern)
        is_own = by.name in (draft.writer, draft.asked_by)
        others = decides and is_own and any(one != by.name for one in draft_news.deciders(db, draft.city))
        return Desk(draft, city, links, decides and not others, decides, is_own and others)


def shared_desk(site: Site, token: str) -> Desk:
    """Return the draft that a link shows, with its city. Raises LinkUnusable."""
    with site.store.reading() as db:
        draft = shared_draft(db, token, site.now())
        return Desk(draft, _city(db, draft.city))


def city_to_write_for(site: Site, city_id: str, *, by: Actor) -> CityRecord:
    """Return a city for those who write for it, so that a new case begins with what is known."""
    authorize(by, Action.WRITE_CASE, Concern.city(city_id))
    with site.store.reading() as db:
        return _city(db, city_id)


def case_to_revise(site: Site, case_id: str, *, by: Actor) -> tuple[Case, int]:
    """Return a case as it stands with its revision, for those who write for its city.

    Raises NotFound, NotAllowed, HeldByFile.
    """
    with site.store.reading() as db:
        record = editable(db, case_id, Action.WRITE_CASE, by)
    return record.case, record.revision


def newer_case(site: Site, draft_id: str, *, by: Actor) -> CaseChanged | None:
    """Return what others published since a draft began to revise its case, None where nothing was.

    Raises NotFound.
    """
    with site.store.reading() as db:
        draft = visible(drafts.find(db, draft_id), by)
        if draft.case_id is None or draft.case_revision is None:
            return None
        record = editable(db, draft.case_id, Action.WRITE_CASE, by)
        if record.revision == draft.case_revision:
            return None
        read = revisions.find_case(db, draft.case_id, draft.case_revision)
    before = replace(read.case, id=record.case.id) if read else None
    return None if before == record.case else CaseChanged(record.case, record.revision, before)


def _city(db: Connection, city_id: str) -> CityRecord:
    found = cities.find(db, city_id)
    if found is None:
        raise NotFound(city_id)
    return found
