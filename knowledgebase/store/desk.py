"""The numbers on somebody's desk, counted in one statement whatever kinds of work there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Select, func, select

from knowledgebase.domain.draft import DraftState
from knowledgebase.domain.proposal import ProposalState
from knowledgebase.store import matters
from knowledgebase.store.proposals import waiting
from knowledgebase.store.tables import cities
from knowledgebase.store.tables_drafts import drafts
from knowledgebase.store.tables_people import city_members
from knowledgebase.store.tables_tagging import proposals


@dataclass(frozen=True, slots=True)
class Duties:
    """For which cities somebody decides what, by id; None: for all."""

    proposals: frozenset[str] | None
    matters: frozenset[str] | None
    drafts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits for somebody, by kind."""

    proposals: int
    own_proposals: int
    matters: int
    drafts: int


def counts(db: Connection, person_number: int, duties: Duties) -> Counts:
    """Return how much waits for somebody with these duties."""
    mine = (proposals.c.person_number == person_number, proposals.c.state == ProposalState.OPEN)
    asked_for = (drafts.c.state == DraftState.ASKED, drafts.c.city_number.in_(_numbers(duties.drafts)))
    asked = {
        "proposals": waiting(duties.proposals),
        "own_proposals": select(func.count()).select_from(proposals).where(*mine),
        "matters": matters.waiting(duties.matters),
        "drafts": select(func.count()).select_from(drafts).where(*asked_for),
    }
    row = db.execute(select(*(one.scalar_subquery().label(name) for name, one in asked.items()))).one()
    return Counts(**{name: int(getattr(row, name)) for name in asked})


def members(db: Connection, of_cities: Iterable[str]) -> dict[str, int]:
    """Return how many active members each of these cities has."""
    rows = db.execute(
        select(cities.c.id, func.count().label("members"))
        .join(city_members, city_members.c.city_number == cities.c.number)
        .where(cities.c.id.in_(sorted(of_cities)), city_members.c.ended.is_(None))
        .group_by(cities.c.id)
    )
    return {row.id: row.members for row in rows}


def _numbers(ids: Iterable[str]) -> Select[tuple[int]]:
    return select(cities.c.number).where(cities.c.id.in_(sorted(ids)))
