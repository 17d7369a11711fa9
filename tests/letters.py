"""Letters for tests: an exchange that sends them, and what lies in its queue."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from knowledgebase.domain.letter import News, NewsKind
from knowledgebase.services.site import Site
from knowledgebase.store.tables_letters import letters
from knowledgebase.store.tables_letters import news as news_table


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
