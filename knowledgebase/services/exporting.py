"""Every public text of the site, one at a time, for export."""

from collections.abc import Iterator

from knowledgebase.domain.incoming import Picture
from knowledgebase.domain.record import CaseRecord, CityRecord, State
from knowledgebase.services.site import Site
from knowledgebase.store import cases, cities, covers
from knowledgebase.store.values import StoredCover

STEP = 200  # texts read at once


def all_cities(site: Site) -> Iterator[CityRecord]:
    """Yield every shown city, by id."""
    with site.store.reading() as db:
        ids = cities.ids(db)
    for start in range(0, len(ids), STEP):
        with site.store.reading() as db:
            yield from cities.find_many(db, ids[start : start + STEP]).values()


def all_cases(site: Site) -> Iterator[tuple[CaseRecord, Picture | None]]:
    """Yield every public case with its picture, in the order in which they were stored."""
    after = 0
    while True:
        with site.store.reading() as db:
            step = cases.scan(db, after, STEP)
            pictures = {
                record.case.id: _picture(covers.find(db, record.case.id))
                for record in step.records
                if record.case.cover
            }
        if not step.records:
            return
        after = step.last
        for record in step.records:
            if record.state is State.PUBLISHED:
                yield record, pictures.get(record.case.id)


def _picture(stored: StoredCover | None) -> Picture | None:
    if stored is None:
        return None
    return Picture(stored.name, stored.data, stored.width, stored.height, stored.digest, source="")
