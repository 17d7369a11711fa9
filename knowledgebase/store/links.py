"""One-time links: kept as hashes, used once by an update that only one of many can win."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, false, func, insert, select, update

from knowledgebase.domain.errors import NotFound
from knowledgebase.domain.person import Invitation, LinkKind, OpenLink, PlatformRole
from knowledgebase.domain.record import State
from knowledgebase.store.account_rows import rights_of
from knowledgebase.store.tables import cities
from knowledgebase.store.tables_letters import link_families as families
from knowledgebase.store.tables_people import one_time_links as links
from knowledgebase.store.tables_people import people

KEPT = timedelta(days=30)  # after its end a link is forgotten
_LINK = (
    select(
        links.c.kind,
        links.c.email,
        links.c.role,
        links.c.may_publish,
        links.c.speaks_for_city,
        links.c.platform_role,
        links.c.made_by,
        links.c.expires,
        cities.c.id.label("city"),
        people.c.id.label("person"),
        func.coalesce(families.c.is_by_request, false()).label("is_by_request"),
    )
    .outerjoin_from(links, cities, cities.c.number == links.c.city_number)
    .outerjoin(people, people.c.number == links.c.person_number)
    .outerjoin(families, families.c.digest == links.c.digest)
)


def invite(
    db: Connection,
    digest: str,
    invitation: Invitation,
    *,
    email_folded: str,
    by: str,
    at: datetime,
    expires: datetime,
    is_by_request: bool = False,
) -> None:
    """Keep an invitation; an earlier one of the same address to the same is dead.

    Raises NotFound when there is no such city.
    """
    city_number = _city(db, invitation.city)
    same = (links.c.email_folded == email_folded) & links.c.used.is_(None)
    where = links.c.city_number == city_number if city_number else links.c.city_number.is_(None)
    db.execute(delete(links).where(same & where & (links.c.kind == LinkKind.INVITATION)))
    rights = invitation.rights
    values = {
        "kind": LinkKind.INVITATION,
        "email": invitation.email,
        "email_folded": email_folded,
        "city_number": city_number,
        "role": rights.role if rights else None,
        "may_publish": rights.may_publish if rights else None,
        "speaks_for_city": rights.speaks_for_city if rights else None,
        "platform_role": invitation.platform_role,
    }
    _keep(db, digest, values, by=by, at=at, expires=expires)
    db.execute(insert(families), {"digest": digest, "family": digest, "is_by_request": is_by_request})


def add_sibling(db: Connection, of: str, digest: str, *, at: datetime, expires: datetime) -> bool:
    """Keep another link to the same as an open invitation, of which one can be used; say whether it is open.

    `of` and `digest` are the hashes of the two.
    """
    is_open = (links.c.digest == of) & links.c.used.is_(None) & (links.c.expires > at)
    row = db.execute(select(links).where(is_open)).one_or_none()
    family = db.execute(select(families).where(families.c.digest == of)).one_or_none()
    if row is None or family is None:
        return False
    db.execute(insert(links), {**row._mapping, "digest": digest, "made": at, "expires": expires})
    values = {"digest": digest, "family": family.family, "is_by_request": family.is_by_request}
    db.execute(insert(families), values)
    return True


def offer_first_admin(db: Connection, digest: str, *, at: datetime, expires: datetime) -> None:
    """Keep the link of the first platform admin; an earlier one is dead."""
    db.execute(delete(links).where(links.c.kind == LinkKind.FIRST_ADMIN))
    values = {"kind": LinkKind.FIRST_ADMIN, "platform_role": PlatformRole.ADMIN}
    _keep(db, digest, values, by="operator", at=at, expires=expires)


def offer_reset(
    db: Connection, digest: str, person_number: int, *, by: str, at: datetime, expires: datetime
) -> None:
    """Keep a link for another password; an earlier one of this person is dead."""
    drop_resets(db, person_number)
    values = {"kind": LinkKind.RESET, "person_number": person_number}
    _keep(db, digest, values, by=by, at=at, expires=expires)


def find(db: Connection, digest: str, now: datetime) -> OpenLink | None:
    """Return what a link is for, None when it cannot be used now."""
    row = db.execute(_open(digest, now)).one_or_none()
    return _link_of(row) if row else None


def use(db: Connection, digest: str, now: datetime) -> OpenLink | None:
    """Use a link up and return what it was for, None when it could not be used; of many callers one wins."""
    open_now = (links.c.digest == digest) & links.c.used.is_(None) & (links.c.expires > now)
    if not db.execute(update(links).where(open_now).values(used=now)).rowcount:
        return None
    _drop_siblings(db, digest)
    return _link_of(db.execute(_LINK.where(links.c.digest == digest)).one())


def _drop_siblings(db: Connection, digest: str) -> None:
    """Make all other links to the same dead."""
    family = select(families.c.family).where(families.c.digest == digest).scalar_subquery()
    siblings = select(families.c.digest).where(families.c.family == family, families.c.digest != digest)
    db.execute(delete(links).where(links.c.digest.in_(siblings), links.c.used.is_(None)))


def drop_resets(db: Connection, person_number: int) -> None:
    """Make a person's unused links for another password dead."""
    db.execute(delete(links).where(links.c.person_number == person_number, links.c.used.is_(None)))


def drop_made_by(db: Connection, person_id: str, *, city: str | None = None) -> None:
    """Make unused links dead that somebody made who may no longer.

    All, or those to one city together with those for another password, which came of the same right.
    """
    chosen = (links.c.made_by == person_id) & links.c.used.is_(None)
    if city is not None:
        number = select(cities.c.number).where(cities.c.id == city).scalar_subquery()
        chosen &= (links.c.city_number == number) | (links.c.kind == LinkKind.RESET)
    db.execute(delete(links).where(chosen))


def _open(digest: str, now: datetime) -> Select[Any]:
    return _LINK.where(links.c.digest == digest, links.c.used.is_(None), links.c.expires > now)


def _city(db: Connection, city: str | None) -> int | None:
    if city is None:
        return None
    found = db.scalar(select(cities.c.number).where(cities.c.id == city, cities.c.state == State.PUBLISHED))
    if found is None:
        raise NotFound(city)
    return int(found)


def _keep(
    db: Connection, digest: str, values: dict[str, Any], *, by: str, at: datetime, expires: datetime
) -> None:
    db.execute(delete(links).where(links.c.expires < at - KEPT))
    db.execute(insert(links), {"digest": digest, "made_by": by, "made": at, "expires": expires, **values})


def _link_of(row: Row[*tuple[Any, ...]]) -> OpenLink:
    return OpenLink(
        kind=LinkKind(row.kind),
        email=row.email,
        city=row.city,
        rights=rights_of(row) if row.role else None,
        platform_role=PlatformRole(row.platform_role) if row.platform_role else None,
        person=row.person,
        made_by=row.made_by,
        expires=row.expires,
        is_by_request=bool(row.is_by_request),
    )
