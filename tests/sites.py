"""Whole sites for tests: embedded parts in a folder, or a real PostgreSQL with a real Elasticsearch."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from knowledgebase.app import create_app
from knowledgebase.cli.content import bring_in
from knowledgebase.config import Settings
from knowledgebase.domain.incoming import Imported
from knowledgebase.intake.query import read
from knowledgebase.services import indexing, rebuilding, searching
from knowledgebase.services.site import Site
from knowledgebase.web.context import the_site
from tests.servers.postgres import PostgresServer

_numbers = count()
_KEY = "k" * 32

_CITY = """---
name: {{en: {name}, fa: {name}}}
country: {country}
---
"""
_CASE = """---
title: "{title}"
summary: "{summary}"
language: {language}
topics: [{topics}]
tags: [{tags}]
status: operating
started: {started}
{more}---

## The challenge

{body}

## The solution

A plan.

## Results

Better.
"""


class Folder:
    """A content folder that a test writes."""

    def __init__(self, path: Path) -> None:
        """Begin with an empty folder."""
        self.path = path
        path.mkdir(parents=True, exist_ok=True)

    def city(self, city: str = "tehran", country: str = "IR", name: str | None = None) -> Path:
        """Write a city's own file."""
        return self.write(f"{city}/_city.md", _CITY.format(name=name or city.title(), country=country))

    def case(self, case_id: str, **values: str) -> Path:
        """Write a case and, where it is missing, its city."""
        city = case_id.partition("/")[0]
        if not (self.path / city / "_city.md").exists():
            self.city(city)
        shown = {"title": case_id, "summary": "Short.", "language": "en", "topics": "air", "tags": "smog"}
        shown |= {"started": "2020", "body": "Smoke everywhere.", "more": ""} | values
        return self.write(f"{case_id}.md", _CASE.format(**shown))

    def write(self, name: str, text: str | bytes) -> Path:
        """Write any file of the folder."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def remove(self, name: str) -> None:
        """Take a file away."""
        (self.path / name).unlink()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Lend an empty content folder."""
    return Folder(tmp_path / "content")


def _app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.testing = True
    with app.app_context():
        site = the_site()
        site.store.upgrade()
        rebuilding.reindex(site)
    yield app
    with app.app_context():
        site = the_site()
    site.close()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """Lend an application on embedded parts, empty, its index made."""
    yield from _app(Settings(instance=tmp_path / "instance", secret_key=_KEY))


@pytest.fixture
def other_app(tmp_path: Path) -> Iterator[Flask]:
    """Lend a second application on embedded parts, as empty as the first."""
    yield from _app(Settings(instance=tmp_path / "other", secret_key=_KEY))


@pytest.fixture
def big_app(tmp_path: Path, postgres_server: PostgresServer, elastic_url: str) -> Iterator[Flask]:
    """Lend an application on PostgreSQL and Elasticsearch with three shards, empty, its index made."""
    url = postgres_server.create_database()
    settings = Settings(
        instance=tmp_path / "big",
        secret_key=_KEY,
        database_url=url,
        search_url=elastic_url,
        search_index=f"kbt{os.getpid()}x{next(_numbers)}",
        search_shards=3,
    )
    yield from _app(settings)


def site_of(app: Flask) -> Site:
    """Return the exchange of an application."""
    with app.app_context():
        return the_site()


@pytest.fixture
def site(app: Flask) -> Site:
    """Lend the exchange on embedded parts."""
    return site_of(app)


@pytest.fixture(
    params=["app", pytest.param("big_app", marks=[pytest.mark.postgres, pytest.mark.elastic])],
    ids=["embedded", "cluster"],
)
def each_app(request: pytest.FixtureRequest) -> Flask:
    """Lend an application on each set of real parts in turn."""
    lent: Flask = request.getfixturevalue(request.param)
    return lent


@pytest.fixture
def each_site(each_app: Flask) -> Site:
    """Lend the exchange on each set of real parts in turn."""
    return site_of(each_app)


def publish(site: Site, folder: Folder, *, may_withdraw: bool = False, is_dry: bool = False) -> Imported:
    """Import a folder, bring the index up to date, and return what became of the files."""
    imported = bring_in(site, folder.path, may_withdraw=may_withdraw, is_dry=is_dry)
    index(site)
    return imported


def index(site: Site) -> None:
    """Carry everything that is queued into the index and make it visible to searches."""
    indexing.drain(site)
    live = site.index.live()
    if live:
        site.index.refresh(live)


def found(site: Site, text: str = "", **filters: str) -> list[str]:
    """Return the ids of the first page of a search, best first."""
    query = read({"q": [text], **{name: [value] for name, value in filters.items()}})
    return [hit.card.id for hit in searching.search(site, query, language="en").hits]


def outcomes(imported: Imported) -> dict[str, str]:
    """Return what became of each file, by path."""
    return {line.path: line.outcome.value for line in imported.lines}


def codes(imported: Imported) -> set[str]:
    """Return the codes of all faults of an import."""
    return {fault.code for line in imported.lines for fault in line.faults}


@pytest.fixture
def client(app: Flask, folder: Folder) -> FlaskClient:
    """Lend a reader of a site with a few cases."""
    for number in range(4):
        folder.case(f"tehran/case-{number}", topics="air, waste", tags="smog")
    folder.write(
        "tehran/_city.md",
        "---\nname: {en: Tehran, fa: تهران}\ncountry: IR\nnetworks: [{id: c40}]\n---\n",
    )
    publish(site_of(app), folder)
    return app.test_client()
