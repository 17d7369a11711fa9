"""What waits for somebody: the numbers on its desk, one statement a kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.person import Actor
from knowledgebase.services import proposing, requesting
from knowledgebase.services.authorizing import may
from knowledgebase.services.site import Site
from knowledgebase.store import desk, lookups
from knowledgebase.store.desk import Duties


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody finds on its desk."""

    own_proposals: int  # of its own that wait for an answer
    proposals: int | None  # that it may decide; None where it decides none, also below
    matters: int | None = None  # comments held, reported or hidden, and suspensions asked for
    drafts: int | None = None  # that somebody asks to be published
    requests: int | None = None  # of people who want to join its cities
    writes_in: tuple[str, ...] = ()  # ids of cities whose drafts it sees
    cities: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # names of its cities by id
    journals: tuple[str, ...] = ()  # ids of cities whose journal it reads
    members: Mapping[str, int] = field(default_factory=dict)  # of the cities whose members it sees
    reads_all: bool = False  # the journal of the whole exchange
    sees_people: bool = False
    manages_tags: bool = False


def desk_of(site: Site, *, by: Actor) -> Desk:
    """Return what waits for somebody logged in: at most four statements.

    Another kind of work adds its question to `desk.counts`, which asks all at once.
    """
    person = by.person
    exchange = Concern.exchange()
    duties = Duties(
        proposals=proposing.deciding_for(by),
        matters=None if may(by, Action.MODERATE, exchange) else _cities(by, Action.HIDE_COMMENT),
        drafts=_cities(by, Action.DECIDE_CASE),
    )
    seen = _cities(by, Action.SEE_MEMBERS)
    with site.store.reading() as db:
        counted = desk.counts(db, person.number if person else 0, duties)
        members = desk.members(db, seen) if seen else {}
        requests = requesting.count_waiting(db, by, at=site.now())
        cities, _ = lookups.names(db, by.memberships, ())
    return Desk(
        own_proposals=counted.own_proposals,
        proposals=counted.proposals if duties.proposals is None or duties.proposals else None,
        matters=counted.matters if duties.matters is None or duties.matters else None,
        drafts=counted.drafts if duties.drafts else None,
        requests=requests,
        writes_in=tuple(sorted(_cities(by, Action.WRITE_CASE))),
        cities=cities,
        journals=tuple(sorted(_cities(by, Action.READ_CITY_JOURNAL))),
        members=members,
        reads_all=may(by, Action.READ_JOURNAL, exchange),
        sees_people=may(by, Action.SEE_PEOPLE, exchange),
        manages_tags=may(by, Action.MANAGE_TAGS, exchange),
    )


def _cities(by: Actor, action: Action) -> frozenset[str]:
    """Return the cities of somebody in which it may do something."""
    return frozenset(city for city in by.memberships if may(by, action, Concern.city(city)))
