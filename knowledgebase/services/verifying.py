"""Write down when and how it was made sure that those who write for a city are its administration."""

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.joining import Proof, Verified
from knowledgebase.domain.person import Actor
from knowledgebase.services.authorizing import authorize, present
from knowledgebase.services.site import Site
from knowledgebase.store import journal, proofs


def verified(site: Site, city: str) -> Verified | None:
    """Return when and how a city was verified, None when it was not."""
    with site.store.reading() as db:
        return proofs.find(db, city)


def verify(site: Site, city: str, how: Proof, *, by: Actor, note: str | None = None) -> None:
    """Write that a city was verified now. Raises NotFound without such a city."""
    with site.store.writing() as db:
        by = present(db, by)
        authorize(by, Action.VERIFY_CITY, Concern.city(city))
        at = site.now()
        proofs.put(db, city, Verified(at, how, by.name, note))
        detail = {"how": how.value, "note": note} if note else {"how": how.value}
        journal.write(db, at=at, by=by.name, action="city-verified", thing=f"city:{city}", detail=detail)


def unverify(site: Site, city: str, *, by: Actor) -> None:
    """Take back that a city was verified; where it was not, nothing happens."""
    with site.store.writing() as db:
        by = present(db, by)
        authorize(by, Action.VERIFY_CITY, Concern.city(city))
        if proofs.drop(db, city):
            journal.write(db, at=site.now(), by=by.name, action="city-unverified", thing=f"city:{city}")
