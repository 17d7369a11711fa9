"""Comments for tests: a case that people talk about, and short ways to say something."""

from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from flask import Flask

from knowledgebase.domain.comment import (
    About,
    Comment,
    CommentKind,
    CommentState,
    CommentText,
    Posting,
    Talk,
    Voice,
    Words,
    Written,
)
from knowledgebase.domain.person import Actor, CityRole, JoinedBy, PlatformRole
from knowledgebase.services import comment_reading, commenting
from knowledgebase.services.site import Site
from knowledgebase.store import comment_writing
from knowledgebase.store.comment_writing import NewComment
from knowledgebase.store.engine import Store
from knowledgebase.store.tables_people import people as people_rows
from tests.case_pages import keep
from tests.make import NOON, a_case, a_city
from tests.people import actor_of, come_in, keep_person, number_of
from tests.sites import site_of
from tests.stores import keep_case, keep_city

CASE = About.of_case("tehran/clean-air")
CITY = About("tehran")
_numbers = count(1)


@pytest.fixture
def stage(app: Flask) -> Site:
    """Lend the exchange of an application with a case of Tehran and the city Seoul."""
    site = site_of(app)
    keep(site, a_case())
    keep_city(site.store, a_city("seoul"))
    return site


@pytest.fixture
def talked(exchange: Site) -> Site:
    """Lend an exchange with a case of Tehran."""
    keep_case(exchange.store)
    return exchange


def somebody(site: Site, name: str = "reza", city: str | None = "seoul", **how: Any) -> Actor:
    """Let somebody come in by invitation and return what its requests know."""
    role = how.pop("role", CityRole.CONTRIBUTOR)
    entered = come_in(site, f"{name}@{city or 'exchange'}.example", city, role, **how)
    return actor_of(site, entered)


def an_admin(site: Site, city: str = "tehran", name: str = "admin-of") -> Actor:
    """Let an admin of a city come in."""
    return somebody(site, f"{name}-{city}", city, role=CityRole.ADMIN)


def a_moderator(site: Site, name: str = "mina", role: PlatformRole = PlatformRole.MODERATOR) -> Actor:
    """Let a moderator, or a platform admin, come in."""
    return somebody(site, name, None, platform=role)


def by_request(site: Site, actor: Actor) -> Actor:
    """Let somebody have come in by request instead."""
    with site.store.writing() as db:
        db.execute(
            people_rows.update()
            .where(people_rows.c.number == number_of(actor))
            .values(joined_by=JoinedBy.REQUEST)
        )
    assert actor.person
    return replace(actor, person=replace(actor.person, joined_by=JoinedBy.REQUEST))


def a_posting(body: str | None = None, language: str = "en", **changes: Any) -> Posting:
    """Return a comment as intake accepts it, with a token of its own."""
    number = next(_numbers)
    words = Words(Written(language, body or f"We did the same, says number {number}."))
    means: dict[str, Any] = {"words": words, "token": f"token-of-test-{number:05}"}
    return Posting(**(means | changes))


def say(site: Site, by: Actor, body: str | None = None, about: About = CASE, **changes: Any) -> Comment:
    """Post something about the case, from the writer's first city."""
    changes.setdefault("voice", Voice(next(iter(by.memberships), None)))
    return commenting.post(site, about, a_posting(body, **changes), by=by)


def answer(site: Site, to: Comment, by: Actor, body: str | None = None, **changes: Any) -> Comment:
    """Answer a comment, from the writer's first city."""
    changes.setdefault("voice", Voice(next(iter(by.memberships), None)))
    return commenting.reply(site, to.id, a_posting(body, **changes), by=by)


def as_the_city(actor: Actor) -> Voice:
    """Return the voice of a writer's first city."""
    return Voice(next(iter(actor.memberships)), as_city=True)


def talk_of(site: Site, about: About = CASE, **how: Any) -> Talk:
    """Return what everybody reads about the case."""
    return comment_reading.talk(site, about, **how)


def said(site: Site, about: About = CASE) -> list[str]:
    """Return the texts that everybody reads about the case, in their order."""
    found = []
    for thread in talk_of(site, about).threads:
        for comment in (thread.first, *thread.answers):
            if comment:
                found += [text.plain for text in comment.texts]
    return found


def keep_comment(store: Store, case_id: str) -> Comment:
    """Keep a comment as the store does, with a writer of its own."""
    writer = keep_person(store)
    new = NewComment(
        id="said00000000",
        about=About.of_case(case_id),
        writer_number=number_of(writer),
        voice=Voice(),
        kind=CommentKind.COMMENT,
        state=CommentState.VISIBLE,
        texts=(CommentText("en", "Said.", "<p>Said.</p>", "Said.", 1),),
        token="token-of-test-kept",  # noqa: S106 - of a form, opens nothing
        likeness="said",
        at=NOON,
    )
    with store.writing() as db:
        return comment_writing.add(db, new)
