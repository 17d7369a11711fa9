"""Who is told what about a draft, in the transaction in which it happens; the letters are written here."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from knowledgebase.domain.draft import Draft
from knowledgebase.domain.person import CityRole, PersonState
from knowledgebase.store import members
from knowledgebase.store.connection import Connection


class Happened(StrEnum):
    """What people are told of a draft."""

    ASKED = "asked"
    RETURNED = "returned"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened to a draft, and the ids of the people who are told."""

    happened: Happened
    draft: Draft
    people: tuple[str, ...]


def asked(db: Connection, draft: Draft) -> News:
    """Tell the city's admins that somebody asks for publication; the one who asks is not told."""
    return _tell(Happened.ASKED, draft, (one for one in deciders(db, draft.city) if one != draft.asked_by))


def returned(draft: Draft, *, by: str) -> News:
    """Tell the writer and the one who asked that it was returned; whoever returned it is not told."""
    return _tell(Happened.RETURNED, draft, _writers(draft, by))


def published(draft: Draft, *, by: str) -> News:
    """Tell the writer and the one who asked that it was published; whoever published it is not told."""
    return _tell(Happened.PUBLISHED, draft, _writers(draft, by))


def deciders(db: Connection, city: str) -> tuple[str, ...]:
    """Return the ids of the active admins of a city."""
    return tuple(
        one.person.id
        for one in members.of_city(db, city)
        if one.person
        and one.person.state is PersonState.ACTIVE
        and one.memberships[city].role is CityRole.ADMIN
    )


def _writers(draft: Draft, by: str) -> Iterable[str]:
    known = dict.fromkeys(filter(None, (draft.writer, draft.asked_by)))
    return (one for one in known if one != by)


def _tell(happened: Happened, draft: Draft, people: Iterable[str]) -> News:
    return News(happened, draft, tuple(people))
