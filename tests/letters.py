"""Letters for tests: an exchange that sends them, and what lies in its queue."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from knowledgebase.config import ROOT
from knowledgebase.domain.letter import Enveloped, News, NewsKind
from knowledgebase.services.posting import Word
from knowledgebase.services.site import Site
from knowledgebase.services.transports import NotSent, Why
from knowledgebase.store.tables_letters import letters
from knowledgebase.store.tables_letters import news as news_table
from knowledgebase.web.letters import worder
from knowledgebase.web.wiring import register


@pytest.fixture
def sending(exchange: Site) -> Site:
    """Lend an exchange that sends letters, once on each database."""
    return replace(exchange, sends_letters=True)


@pytest.fixture
def sqlite_sending(sqlite_exchange: Site) -> Site:
    """Lend the same on SQLite alone."""
    return replace(sqlite_exchange, sends_letters=True)


def some_news(kind: NewsKind = NewsKind.COMMENT_ANSWERED, **changes: Any) -> News:
    """Return news of an answer."""
    return News(
        **({"kind": kind, "path": "cases/tehran/smog#comment-1", "title": "Smog", "by": "Min-ji"} | changes)
    )


def queued(site: Site) -> list[dict[str, Any]]:
    """Return the rows of letters that were neither sent nor given up, oldest first."""
    waits = letters.c.sent.is_(None) & ~letters.c.is_given_up
    with site.store.reading() as db:
        return [
            dict(row._mapping) for row in db.execute(select(letters).where(waits).order_by(letters.c.number))
        ]


def lines_for(site: Site, person_number: int) -> list[News]:
    """Return the news that wait for a person, oldest first."""
    asked = select(news_table.c.told).where(news_table.c.person_number == person_number)
    with site.store.reading() as db:
        return list(db.execute(asked.order_by(news_table.c.number)).scalars())


BASE = "https://exchange.example"
KEY = "a key of the tests, 32 characters"


@pytest.fixture(scope="session")
def word() -> Word:
    """Lend the words of letters as the worker has them."""
    app = Flask("knowledgebase", template_folder=str(ROOT / "templates"), static_folder=None)
    app.static_folder = str(ROOT / "static")
    register(app, base_url=BASE)
    app.secret_key = KEY
    return worder(app, BASE)


class Postbox:
    """A way out that keeps what is sent, or refuses it as told."""

    def __init__(self) -> None:
        """Begin empty and willing."""
        self.letters: list[Enveloped] = []
        self.refusals: dict[str, Why] = {}  # by address

    def __call__(self, letter: Enveloped) -> None:
        """Take a letter."""
        if why := self.refusals.get(letter.to):
            raise NotSent(why, "450 as told" if why is Why.LATER else "550 as told")
        self.letters.append(letter)

    def to(self, address: str) -> list[Enveloped]:
        """Return what was sent to an address."""
        return [letter for letter in self.letters if letter.to == address]


@pytest.fixture
def postbox() -> Postbox:
    """Lend an empty postbox."""
    return Postbox()


def token_in(letter: Enveloped) -> str:
    """Return the token of the one-time link in a letter."""
    found = re.search(rf"{BASE}/(?:fa|en)/(?:join|reset|news/off)/(\S+)", letter.worded.text)
    assert found
    return found[1]
