"""What the editors wrote into files becomes the city's own: from then on it is edited in forms."""

from dataclasses import dataclass
from itertools import islice

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.errors import NotFound
from knowledgebase.domain.person import Actor
from knowledgebase.domain.record import CityRecord, FiledCase, Origin
from knowledgebase.services.authorizing import authorize, present
from knowledgebase.services.site import Site
from knowledgebase.store import case_writing, cases, cities, city_writing, filed

BATCH = 50  # cases of one transaction


@dataclass(frozen=True, slots=True)
class Filed:
    """What a city can still take over."""

    record: CityRecord
    cases: tuple[FiledCase, ...]

    @property
    def has_page(self) -> bool:
        """Say whether the city's own page still comes from a file."""
        return self.record.origin is Origin.FILE


@dataclass(frozen=True, slots=True)
class Left:
    """Whether there is anything to take over; everybody may know."""

    has_page: bool
    has_cases: bool


def what_is_left(site: Site, city_id: str) -> Left:
    """Return whether a city's page or any of its cases still comes from a file."""
    with site.store.reading() as db:
        return Left(*filed.is_left(db, city_id))


def still_filed(site: Site, city_id: str, *, by: Actor) -> Filed:
    """Return what of a city still comes from files. Raises NotFound without such a city."""
    authorize(by, Action.TAKE_OVER, Concern.city(city_id))
    with site.store.reading() as db:
        record = cities.find(db, city_id)
        if record is None:
            raise NotFound(city_id)
        return Filed(record, filed.of_city(db, city_id))


def take_over_city(site: Site, city_id: str, *, by: Actor, note: str | None = None) -> None:
    """Give a city's page to its people; later imports leave it alone. One that they have stays as it is."""
    with site.store.writing() as db:
        by = present(db, by)
        authorize(by, Action.TAKE_OVER, Concern.city(city_id))
        city_writing.hand_over(db, city_id, at=site.now(), by=by.name, note=note)


def take_over_case(site: Site, case_id: str, *, by: Actor, note: str | None = None) -> None:
    """Give a case to its city, earlier revisions and picture included; as `take_over_city`."""
    with site.store.writing() as db:
        by = present(db, by)
        if cases.stamp(db, case_id) is None:
            raise NotFound(case_id)
        authorize(by, Action.TAKE_OVER, Concern.city(case_id.partition("/")[0]))
        case_writing.hand_over(db, case_id, at=site.now(), by=by.name, note=note)


def take_over_all(site: Site, city_id: str, *, by: Actor, note: str | None = None) -> int:
    """Give a city its page and all its cases and return how many cases there were.

    The page first, then at most fifty cases a transaction; broken off, it is simply begun again.
    """
    take_over_city(site, city_id, by=by, note=note)
    found = still_filed(site, city_id, by=by).cases
    waiting = iter(found)
    while batch := tuple(islice(waiting, BATCH)):
        with site.store.writing() as db:
            now = present(db, by)
            authorize(now, Action.TAKE_OVER, Concern.city(city_id))
            for case in batch:
                case_writing.hand_over(db, case.id, at=site.now(), by=now.name, note=note)
    return len(found)
