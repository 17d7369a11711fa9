"""A city's people change its page in a form; nobody overwrites what somebody else has just saved."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.city import City
from knowledgebase.domain.errors import HeldByFile, NotFound
from knowledgebase.domain.person import Actor
from knowledgebase.domain.record import CityLabel, CityRecord, Origin
from knowledgebase.services.authorizing import authorize, present
from knowledgebase.services.city_twins import refuse_twins
from knowledgebase.services.site import Site
from knowledgebase.store import cities, city_writing, revisions


@dataclass(frozen=True, slots=True)
class Open:
    """A city as its form is opened."""

    record: CityRecord
    known: Mapping[str, CityLabel]  # every city, by id: sister cities are chosen among them


@dataclass(frozen=True, slots=True)
class Versions:
    """A city as somebody began to edit it, and as somebody else saved it meanwhile."""

    before: City | None  # None when the form names a revision that never was
    now: CityRecord


def open_city(site: Site, city_id: str, *, by: Actor) -> Open:
    """Return a city for its form. Raises NotFound, and HeldByFile before it was taken over."""
    authorize(by, Action.EDIT_CITY, Concern.city(city_id))
    with site.store.reading() as db:
        record = _editable(cities.find(db, city_id), city_id)
        return Open(record, cities.all_labels(db))


def edit_city(site: Site, city: City, *, expected: int, by: Actor, note: str | None = None) -> CityRecord:
    """Save a city as its people have changed it and return it as it stands.

    `expected` is the revision that the form was opened with. What is stored already is not saved again.
    Raises StaleRevision when somebody saved meanwhile, HeldByFile, NotFound, Invalid for the name of
    another city or a text that cannot be shown.
    """
    rendered = site.renderer.render(city.body, sources=len(city.sources))
    with site.store.writing() as db:
        by = present(db, by)
        authorize(by, Action.EDIT_CITY, Concern.city(city.id))
        held = _editable(cities.find(db, city.id), city.id)
        if held.city == city:
            return held
        refuse_twins(db, city)
        return city_writing.put(
            db,
            city,
            rendered,
            origin=Origin.FORM,
            folder=None,
            at=site.now(),
            by=by.name,
            what="revised",
            note=note,
            expected=expected,
        )


def versions(site: Site, city_id: str, opened: int, *, by: Actor) -> Versions:
    """Return what a stale form has to be compared with: the revision it was opened with, and today's."""
    authorize(by, Action.EDIT_CITY, Concern.city(city_id))
    with site.store.reading() as db:
        now = _editable(cities.find(db, city_id), city_id)
        before = revisions.find_city(db, city_id, opened)
    return Versions(before.city if before else None, now)


def _editable(record: CityRecord | None, city_id: str) -> CityRecord:
    if record is None:
        raise NotFound(city_id)
    if record.origin is Origin.FILE:
        raise HeldByFile(city_id)
    return record
