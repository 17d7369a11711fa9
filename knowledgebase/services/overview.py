"""What waits for somebody: the numbers on its desk, one statement a kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.person import Actor
from knowledgebase.services import proposing, requesting
from knowledgebase.services.authorizing import may
from knowledgebase.services.site import Site
from knowledgebase.store import desk, lookups


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody finds on its desk."""

    proposals: int | None  # that it may decide; None where it decides none
    own_proposals: int  # of its own that wait for an answer
    requests: int | None = None  # to join, that it may decide; None where it decides none
    cities: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # names of its cities by id
    journals: tuple[str, ...] = ()  # ids of cities whose journal it reads
    members: Mapping[str, int] = field(default_factory=dict)  # of the cities whose members it sees
    reads_all: bool = False  # the journal of the whole exchange
    sees_people: bool = False
    manages_tags: bool = False


def desk_of(site: Site, *, by: Actor) -> Desk:
    """Return what waits for somebody logged in: at most four statements.

    Another kind of work adds its count here: a question of its own to `desk.counts`, which asks all at once.
    """
    person = by.person
    deciding = proposing.deciding_for(by)
    seen = [city for city in by.memberships if may(by, Action.SEE_MEMBERS, Concern.city(city))]
    with site.store.reading() as db:
        counted = desk.counts(db, person.number if person else 0, deciding)
        members = desk.members(db, seen) if seen else {}
        requests = requesting.count_waiting(db, by, at=site.now())
        cities, _ = lookups.names(db, by.memberships, ())
    exchange = Concern.exchange()
    return Desk(
        proposals=None if deciding is not None and not deciding else counted.proposals,
        own_proposals=counted.own_proposals,
        requests=requests,
        cities=cities,
        journals=tuple(
            city for city in by.memberships if may(by, Action.READ_CITY_JOURNAL, Concern.city(city))
        ),
        members=members,
        reads_all=may(by, Action.READ_JOURNAL, exchange),
        sees_people=may(by, Action.SEE_PEOPLE, exchange),
        manages_tags=may(by, Action.MANAGE_TAGS, exchange),
    )
