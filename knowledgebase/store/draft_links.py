"""Links that show a draft to whoever holds them: kept as hashes, for a while, until they are revoked."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from knowledgebase.domain.draft import OpenShare
from knowledgebase.store.tables_drafts import draft_links as links
from knowledgebase.store.tables_drafts import drafts
from knowledgebase.store.tables_people import people

KEPT = timedelta(days=30)  # after its end a link is forgotten


def offer(
    db: Connection, digest: str, draft_id: str, *, by_number: int | None, at: datetime, expires: datetime
) -> None:
    """Keep a link to a draft."""
    db.execute(delete(links).where(links.c.expires < at - KEPT))
    number = select(drafts.c.number).where(drafts.c.id == draft_id).scalar_subquery()
    values = {"draft_number": number, "digest": digest, "made_number": by_number, "made": at}
    db.execute(insert(links).values(values | {"expires": expires}))


def find(db: Connection, digest: str, now: datetime) -> tuple[str, str] | None:
    """Return the draft that a link shows and the person who made it, None when it shows none now."""
    asked = (
        select(drafts.c.id.label("draft"), people.c.id.label("person"))
        .select_from(links.join(drafts, drafts.c.number == links.c.draft_number))
        .join(people, people.c.number == links.c.made_number)
    )
    is_open = links.c.revoked.is_(None) & (links.c.expires > now)
    row = db.execute(asked.where(links.c.digest == digest, is_open)).one_or_none()
    return (row.draft, row.person) if row else None


def open_of(db: Connection, draft_id: str, now: datetime) -> tuple[OpenShare, ...]:
    """Return the links to a draft that can be used now, the newest first."""
    asked = (
        select(links.c.number, people.c.name, links.c.made, links.c.expires)
        .select_from(links.join(drafts, drafts.c.number == links.c.draft_number))
        .outerjoin(people, people.c.number == links.c.made_number)
        .where(drafts.c.id == draft_id, links.c.revoked.is_(None), links.c.expires > now)
        .order_by(links.c.number.desc())
    )
    return tuple(OpenShare(row.number, row.name, row.made, row.expires) for row in db.execute(asked))


def revoke(db: Connection, draft_id: str, *, at: datetime, number: int | None = None) -> None:
    """End one link to a draft, or all of them; one that has ended is left as it is."""
    draft = select(drafts.c.number).where(drafts.c.id == draft_id).scalar_subquery()
    chosen = (links.c.draft_number == draft) & links.c.revoked.is_(None)
    if number is not None:
        chosen &= links.c.number == number
    db.execute(update(links).where(chosen).values(revoked=at))
