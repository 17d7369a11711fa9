"""Who is told what about a draft, in the transaction in which it happens."""

from knowledgebase.domain.draft import Draft
from knowledgebase.domain.letter import News, NewsKind
from knowledgebase.domain.person import Actor, CityRole, PersonState
from knowledgebase.services import telling
from knowledgebase.services.site import Site
from knowledgebase.store import members
from knowledgebase.store import people as accounts
from knowledgebase.store.connection import Connection


def asked(site: Site, db: Connection, draft: Draft, by: Actor) -> None:
    """Tell the city's admins that somebody asks for publication."""
    news = News(NewsKind.DRAFT_ASKED, f"write/{draft.id}", _title(draft), draft.asked_by_name or "")
    telling.tell_city(site, db, draft.city, news, by=by)


def returned(site: Site, db: Connection, draft: Draft, by: Actor) -> None:
    """Tell the writer and the one who asked that it came back, with the line."""
    news = News(NewsKind.DRAFT_RETURNED, f"write/{draft.id}", _title(draft), note=draft.returned or "")
    telling.tell(site, db, _writers(db, draft) if site.sends_letters else (), news, by=by)


def published(site: Site, db: Connection, draft: Draft, by: Actor) -> None:
    """Tell the writer and the one who asked that it was published."""
    news = News(NewsKind.DRAFT_PUBLISHED, f"cases/{draft.case_id}", _title(draft))
    telling.tell(site, db, _writers(db, draft) if site.sends_letters else (), news, by=by)


def deciders(db: Connection, city: str) -> tuple[str, ...]:
    """Return the ids of the active admins of a city."""
    return tuple(
        one.person.id
        for one in members.of_city(db, city)
        if one.person
        and one.person.state is PersonState.ACTIVE
        and one.memberships[city].role is CityRole.ADMIN
    )


def _writers(db: Connection, draft: Draft) -> list[int]:
    ids = dict.fromkeys(filter(None, (draft.writer, draft.asked_by)))
    found = (accounts.find(db, one) for one in ids)
    return [one.person.number for one in found if one and one.person]


def _title(draft: Draft) -> str:
    return draft.typed.fields.get("title", "").strip()
