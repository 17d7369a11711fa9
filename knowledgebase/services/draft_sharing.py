"""Links that show a draft, read-only and for a while, to somebody without an account."""

from datetime import datetime

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.draft import SHARED_FOR, Draft, DraftState, Shared
from knowledgebase.domain.errors import LinkUnusable, WrongState
from knowledgebase.domain.person import Actor, PersonState
from knowledgebase.services.authorizing import may
from knowledgebase.services.drafting import note, writing_on
from knowledgebase.services.site import Site
from knowledgebase.services.tokens import digest_of, new_token
from knowledgebase.store import draft_links, drafts
from knowledgebase.store import people as accounts
from knowledgebase.store.connection import Connection


def share(site: Site, draft_id: str, *, by: Actor) -> Shared:
    """Make a link that shows a draft for 14 days; it is nowhere else, only its hash is kept.

    Raises NotFound, WrongState for a draft that is published or discarded.
    """
    token = new_token()
    with writing_on(site, draft_id, by) as (db, draft, actor):
        if draft.state in (DraftState.PUBLISHED, DraftState.DISCARDED):
            raise WrongState(draft_id)
        at = site.now()
        number = actor.person.number if actor.person else None
        draft_links.offer(db, digest_of(token), draft_id, by_number=number, at=at, expires=at + SHARED_FOR)
        note(site, db, draft, "draft-shared", actor)
    return Shared(token, at + SHARED_FOR)


def revoke(site: Site, draft_id: str, *, by: Actor, number: int | None = None) -> None:
    """End one link to a draft, or all of them. Raises NotFound."""
    with writing_on(site, draft_id, by) as (db, draft, actor):
        draft_links.revoke(db, draft_id, at=site.now(), number=number)
        note(site, db, draft, "draft-link-revoked", actor)


def shared_draft(db: Connection, token: str, now: datetime) -> Draft:
    """Return the draft that a link shows, while whoever made it still writes for the city.

    Raises LinkUnusable.
    """
    found = draft_links.find(db, digest_of(token), now)
    if found is None:
        raise LinkUnusable
    draft, maker = drafts.find(db, found[0]), accounts.find(db, found[1])
    is_active = maker is not None and maker.person and maker.person.state is PersonState.ACTIVE
    if draft is None or maker is None or not is_active or draft.state is DraftState.DISCARDED:
        raise LinkUnusable
    if not may(maker, Action.WRITE_CASE, Concern.city(draft.city)):
        raise LinkUnusable
    return draft
