"""The numbers on somebody's desk, counted in one statement whatever kinds of work there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from knowledgebase.domain.proposal import ProposalState
from knowledgebase.store.proposals import waiting
from knowledgebase.store.tables import cities
from knowledgebase.store.tables_people import city_members
from knowledgebase.store.tables_tagging import proposals


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits for somebody, by kind."""

    proposals: int
    own_proposals: int


def counts(db: Connection, person_number: int, deciding: Iterable[str] | None) -> Counts:
    """Return how much waits; `deciding` are the cities whose proposals somebody decides, None for all."""
    mine = (proposals.c.person_number == person_number, proposals.c.state == ProposalState.OPEN)
    own = select(func.count()).select_from(proposals).where(*mine)
    row = db.execute(
        select(
            waiting(deciding).scalar_subquery().label("proposals"),
            own.scalar_subquery().label("own_proposals"),
        )
    ).one()
    return Counts(row.proposals, row.own_proposals)


def members(db: Connection, of_cities: Iterable[str]) -> dict[str, int]:
    """Return how many active members each of these cities has."""
    rows = db.execute(
        select(cities.c.id, func.count().label("members"))
        .join(city_members, city_members.c.city_number == cities.c.number)
        .where(cities.c.id.in_(sorted(of_cities)), city_members.c.ended.is_(None))
        .group_by(cities.c.id)
    )
    return {row.id: row.members for row in rows}
