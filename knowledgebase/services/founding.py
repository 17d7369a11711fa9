"""A city begins on the web: it has no file, and its people will fill its page."""

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.city import City
from knowledgebase.domain.person import Actor
from knowledgebase.domain.record import Origin
from knowledgebase.services.authorizing import authorize, present
from knowledgebase.services.city_twins import refuse_twins
from knowledgebase.services.site import Site
from knowledgebase.store import city_writing, revisions


def add_city(site: Site, city: City, *, by: Actor) -> None:
    """Store a new city that is edited in forms; the same one sent twice by the same actor is stored once.

    Raises AlreadyThere when the id is used, Invalid when another city's name looks the same.
    """
    rendered = site.renderer.render(city.body, sources=len(city.sources))
    with site.store.writing() as db:
        by = present(db, by)
        authorize(by, Action.ADD_CITY, Concern.exchange())
        first = revisions.find_city(db, city.id, 1)
        if first and first.city == city and first.revision.by == by.name:
            return
        refuse_twins(db, city)
        city_writing.put(
            db,
            city,
            rendered,
            origin=Origin.FORM,
            folder=None,
            at=site.now(),
            by=by.name,
            what="published",
            expected=0,
        )
