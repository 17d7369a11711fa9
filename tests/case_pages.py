"""A stored case for tests of its pages, its text rendered as an import would."""

from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.record import CaseRecord, Origin
from knowledgebase.services.site import Site
from knowledgebase.store import case_writing
from knowledgebase.text.markdown import render
from tests.make import LATER, NOON, a_case, a_city, a_full_case, a_full_city, some_tags
from tests.sites import site_of
from tests.stores import keep_city

FULL = "/en/cases/tehran/" + quote("حریم-هوای-پاک")


def keep(site: Site, case: Case, city: City | None = None, **how: Any) -> CaseRecord:
    """Store a case as it would be after an import, its text rendered."""
    keep_city(site.store, city or a_city(case.city))
    means: dict[str, Any] = {"origin": Origin.FILE, "folder": "content", "at": NOON, "by": "import"}
    means |= {"what": "published", "tags": some_tags(*case.tags), "sought": case.title} | how
    with site.store.writing() as db:
        return case_writing.put(db, case, render(case.body, sources=len(case.sources)), **means)


def withdraw(site: Site, case_id: str) -> None:
    """Withdraw a case a day later."""
    with site.store.writing() as db:
        case_writing.withdraw(db, case_id, at=LATER, by="somebody")


@pytest.fixture
def full(app: Flask) -> FlaskClient:
    """Lend a reader of a site with one case in which every key has a value."""
    keep(site_of(app), a_full_case(), a_full_city())
    return app.test_client()


@pytest.fixture
def short(app: Flask) -> FlaskClient:
    """Lend a reader of a site with one case that holds only what is required."""
    keep(site_of(app), a_case())
    return app.test_client()
