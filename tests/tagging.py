"""Tags for tests: people who may do something to them, and what an import and the index make of them."""

from typing import Any

from knowledgebase.domain.case import Case, Translation, TranslatorKind
from knowledgebase.domain.person import Actor, CityRole, PlatformRole
from knowledgebase.domain.proposal import Draft
from knowledgebase.domain.record import CaseRecord, Tag
from knowledgebase.search.backend import Document
from knowledgebase.services import indexing, proposing, reading
from knowledgebase.services.site import Site
from knowledgebase.store import case_lists, cities
from knowledgebase.text.normalize import skeleton
from tests.make import a_case
from tests.people import actor_of, come_in
from tests.stored_cases import found as stored
from tests.stores import keep_case

CASE = "tehran/clean-air"
FORM = "form-1"
FRENCH = Translation("Zone d'air pur", "Les vieux diesels restent dehors.", TranslatorKind.VOLUNTEER)


def contributor(site: Site, city: str = "tehran") -> Actor:
    """Come in as a contributor of a city."""
    return actor_of(site, come_in(site, f"writer@{city}.example", city))


def city_admin(site: Site, city: str = "tehran") -> Actor:
    """Come in as a city's admin."""
    return actor_of(site, come_in(site, f"mayor@{city}.example", city, CityRole.ADMIN))


def member(site: Site, city: str = "seoul", email: str = "") -> Actor:
    """Come in as somebody who may only speak and propose."""
    return actor_of(site, come_in(site, email or f"member@{city}.example", city, CityRole.MEMBER))


def chief(site: Site) -> Actor:
    """Come in as the exchange's admin."""
    return actor_of(site, come_in(site, "chief@exchange.example", None, platform=PlatformRole.ADMIN))


def moderator(site: Site) -> Actor:
    """Come in as a moderator."""
    return actor_of(site, come_in(site, "judge@exchange.example", None, platform=PlatformRole.MODERATOR))


def a_tag(shown: str) -> Tag:
    """Return a tag as intake makes it."""
    return Tag(skeleton(shown), shown)


def bring(site: Site, *tags: str, case_id: str = CASE, case: Case | None = None, **how: Any) -> CaseRecord:
    """Store a case with tags as an import would, again and again."""
    case = case or a_case(case_id, tags=tags)
    return keep_case(site.store, case, tags=[a_tag(tag) for tag in case.tags], **how)


def tags_of(site: Site, case_id: str = CASE) -> list[str]:
    """Return what a case's tags count as."""
    return [tag.shown for tag in stored(site.store, case_id).tags]


def counted(site: Site, folded: str) -> int:
    """Return how many public cases are listed under a tag."""
    with site.store.reading() as db:
        return case_lists.of_tag(db, folded, limit=9).total


def listed(site: Site) -> dict[str, int]:
    """Return the list of tags."""
    lines, _ = reading.all_tags(site, order=lambda word: (word,))
    return {line.shown: line.cases for line in lines}


def a_document(site: Site, case_id: str = CASE) -> Document:
    """Return what the index is to hold of a case now."""
    record = stored(site.store, case_id)
    with site.store.reading() as db:
        return indexing.as_document(record, indexing.Beside(cities.labels(db, [record.case.city])))


def a_translation(language: str = "fr", told: Translation = FRENCH) -> Draft:
    """Return a proposed translation."""
    return Draft(language=language, translation=told)


def proposed(site: Site, by: Actor, draft: Draft | None = None, form: str = FORM) -> str:
    """Propose a tag for a case of Tehran, or something else, and return the proposal's id."""
    return proposing.propose(site, CASE, draft or Draft(tag=a_tag("Smog")), token=form, by=by)
