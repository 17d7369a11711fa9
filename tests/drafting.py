"""Drafts for tests: people who write for Tehran and Seoul, and the ways of a draft."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from knowledgebase.domain.case import Case
from knowledgebase.domain.draft import Draft, Typed
from knowledgebase.domain.person import Actor, CityRole, PlatformRole, rights
from knowledgebase.domain.record import CaseRecord
from knowledgebase.intake.case_form import accept_form, note_of
from knowledgebase.intake.form_filling import fill
from knowledgebase.services import drafting, people, publishing
from knowledgebase.services.publishing import Publication
from knowledgebase.services.site import Site
from knowledgebase.store import cases
from tests.people import OPERATOR, actor_of, come_in, id_of

FORM = "a form's token"
FIELDS: Mapping[str, str] = {
    "title": "Clean air zone",
    "language": "en",
    "topics.1": "air",
    "status": "operating",
    "section.challenge": "Smog over the city.",
    "section.solution": "A zone without old diesels.",
    "section.results": "Cleaner air.",
}


@dataclass(frozen=True)
class Staff:
    """Who writes for the cities of the tests."""

    writer: Actor  # a contributor of Tehran who must ask
    publisher: Actor  # a contributor of Tehran who may publish
    admin: Actor  # of Tehran
    reader: Actor  # a member of Tehran
    stranger: Actor  # an admin of Seoul
    platform: Actor  # an admin of the exchange


@pytest.fixture
def staff(exchange: Site) -> Staff:
    """Lend them, on each database."""
    return staff_of(exchange)


def staff_of(site: Site) -> Staff:
    """Let everybody come in."""
    who = {
        "writer": come_in(site, "wali@tehran.example"),
        "publisher": come_in(site, "parisa@tehran.example"),
        "admin": come_in(site, "adel@tehran.example", role=CityRole.ADMIN),
        "reader": come_in(site, "rana@tehran.example", role=CityRole.MEMBER),
        "stranger": come_in(site, "min@seoul.example", city="seoul", role=CityRole.ADMIN),
        "platform": come_in(site, "pat@platform.example", None, platform=PlatformRole.ADMIN),
    }
    actors = {name: actor_of(site, entered) for name, entered in who.items()}
    may_publish = rights(CityRole.CONTRIBUTOR, may_publish=True)
    people.change_membership(site, id_of(actors["publisher"]), "tehran", may_publish, by=OPERATOR)
    return Staff(**actors | {"publisher": actor_of(site, who["publisher"])})


def begun(site: Site, by: Actor, form: str = "form", **fields: str) -> Draft:
    """Begin a draft of Tehran with a whole snapshot in it."""
    return drafting.start(site, "tehran", Typed({**FIELDS, **fields}), token=form, by=by)


def publication_of(draft: Draft, **how: Any) -> Publication:
    """Return what would become of a draft."""
    slug = draft.case_id.partition("/")[2] if draft.case_id else None
    case = accept_form(draft.typed, city=draft.city, slug=slug)
    return Publication(case, draft.revision, note_of(draft.typed), **how)


def published(site: Site, draft: Draft, by: Actor, **how: Any) -> Draft:
    """Publish a draft as it stands."""
    return publishing.publish(site, draft.id, publication_of(draft, **how), by=by)


def a_published_case(site: Site, by: Actor, form: str = "first", **fields: str) -> CaseRecord:
    """Write and publish a case."""
    draft = published(site, begun(site, by, form, **fields), by)
    return record_of(site, draft.case_id or "")


def record_of(site: Site, case_id: str) -> CaseRecord:
    """Return a case that is there."""
    with site.store.reading() as db:
        record = cases.find(db, case_id)
    assert record
    return record


def revised(site: Site, case_id: str, by: Actor, form: str = "again", **fields: str) -> Draft:
    """Begin to revise a case as the page does, and save other fields."""
    record = record_of(site, case_id)
    typed = city_text(record.case)
    draft = drafting.revise(site, case_id, typed, revision=record.revision, token=form, by=by)
    return changed(site, draft, by, **fields) if fields else draft


def city_text(case: Case) -> Typed:
    """Return the form of a case that its city goes on writing."""
    typed = fill(case)
    return replace(typed, kept={key: value for key, value in typed.kept.items() if key != "written_by"})


def changed(site: Site, draft: Draft, by: Actor, **fields: str) -> Draft:
    """Save a draft with some fields typed otherwise."""
    named = {name.replace("__", "."): text for name, text in fields.items()}
    after = {**draft.typed.fields, **named}
    return drafting.save(site, draft.id, after, expected=draft.revision, by=by)
