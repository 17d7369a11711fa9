"""A stored case for tests of its pages, its text rendered as an import would."""

from typing import Any
from urllib.parse import quote

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.record import CaseRecord, Origin
from knowledgebase.services.site import Site
from knowledgebase.store import case_writing
from knowledgebase.text.markdown import render
from tests.make import NOON, a_city, some_tags
from tests.stores import keep_city

FULL = "/en/cases/tehran/" + quote("حریم-هوای-پاک")


def keep(site: Site, case: Case, city: City | None = None, **how: Any) -> CaseRecord:
    """Store a case as it would be after an import, its text rendered."""
    keep_city(site.store, city or a_city(case.city))
    means: dict[str, Any] = {"origin": Origin.FILE, "folder": "content", "at": NOON, "by": "import"}
    means |= {"what": "published", "tags": some_tags(*case.tags), "sought": case.title} | how
    with site.store.writing() as db:
        return case_writing.put(db, case, render(case.body, sources=len(case.sources)), **means)
