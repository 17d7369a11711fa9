"""People for tests: an exchange on each database with a clock that the test moves, and ways to come in."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

import pytest
from sqlalchemy import Table, func, select

from knowledgebase.domain.errors import KnowledgeError
from knowledgebase.domain.person import (
    Actor,
    CityRole,
    Entered,
    Handed,
    Invitation,
    JoinedBy,
    PlatformRole,
    Profile,
    rights,
)
from knowledgebase.search.embedded import EmbeddedBackend
from knowledgebase.services import entering, joining
from knowledgebase.services.site import Site
from knowledgebase.store import journal, members, people
from knowledgebase.store.engine import Store
from knowledgebase.text.renderer import Renderer
from tests.make import NOON, a_city
from tests.stores import keep_city

PASSWORD = "orchid lantern quietly"  # noqa: S105 - of people of tests
OTHER_PASSWORD = "velvet anchor rivers"  # noqa: S105
OPERATOR = Actor.operator()
CONTRIBUTOR = rights(CityRole.CONTRIBUTOR, may_publish=True)
Answer = TypeVar("Answer")


class Clock:
    """A clock that stands until the test moves it."""

    def __init__(self) -> None:
        """Begin at noon."""
        self.at = NOON

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.at

    def go(self, **time: float) -> None:
        """Let time pass: hours=1, minutes=5 ..."""
        self.at += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    """Lend a clock."""
    return Clock()


@pytest.fixture
def exchange(store: Store, clock: Clock, tmp_path: Path) -> Iterator[Site]:
    """Lend an exchange with the cities Tehran and Seoul and nobody in it, once on each database."""
    yield from _exchange(store, clock, tmp_path)


@pytest.fixture
def sqlite_exchange(sqlite_store: Store, clock: Clock, tmp_path: Path) -> Iterator[Site]:
    """Lend the same on SQLite alone."""
    yield from _exchange(sqlite_store, clock, tmp_path)


def _exchange(store: Store, clock: Clock, folder: Path) -> Iterator[Site]:
    for city in ("tehran", "seoul"):
        keep_city(store, a_city(city))
    site = Site(store, EmbeddedBackend(folder / "index"), Renderer(children=1), clock)
    yield site
    site.renderer.close()
    site.index.close()


def a_profile(name: str = "Sara Ahmadi", **changes: Any) -> Profile:
    """Return what somebody says of itself."""
    return Profile(**({"name": name, "position": "Engineer", "office": "Water", "language": "fa"} | changes))


def an_invitation(
    email: str = "sara@tehran.example",
    city: str | None = "tehran",
    role: CityRole = CityRole.CONTRIBUTOR,
    platform: PlatformRole | None = None,
) -> Invitation:
    """Return an invitation to a city, or to a role for the exchange."""
    return Invitation(email, city, rights(role) if city else None, platform)


def come_in(
    site: Site,
    email: str = "sara@tehran.example",
    city: str | None = "tehran",
    role: CityRole = CityRole.CONTRIBUTOR,
    *,
    platform: PlatformRole | None = None,
    name: str | None = None,
) -> Entered:
    """Invite somebody as the operator would, accept, and return the session."""
    link = joining.invite(site, an_invitation(email, city, role, platform), by=OPERATOR)
    profile = a_profile(name or f"{email.partition('@')[0].title()} Ahmadi")
    return joining.accept(site, link.token, profile, PASSWORD, has_accepted=True)


def actor_of(site: Site, entered: Entered) -> Actor:
    """Return what a request with this session knows."""
    return entering.who(site, entered.token)


def enter(site: Site, email: str = "sara@tehran.example", password: str = PASSWORD, **how: Any) -> Entered:
    """Log in from an address that nobody else has."""
    return entering.log_in(site, email, password, **({"address": f"192.0.2.{len(email)}"} | how))


def is_in(site: Site, token: str) -> bool:
    """Tell whether a session's token opens anything."""
    return entering.who(site, token).person is not None


def invited(site: Site, email: str = "sara@tehran.example") -> Handed:
    """Invite somebody to Tehran as the operator would."""
    return joining.invite(site, an_invitation(email), by=OPERATOR)


def accepted(site: Site, token: str, name: str = "Sara Ahmadi") -> Actor:
    """Accept an invitation with a new account."""
    return actor_of(site, joining.accept(site, token, a_profile(name), PASSWORD, has_accepted=True))


def lines_of(site: Site, thing: str) -> list[tuple[str, str]]:
    """Return what the journal says of a thing, newest first: action and by whom."""
    with site.store.reading() as db:
        return [(line.action, line.by) for line in journal.newest(db, 20, thing=thing)]


def id_of(actor: Actor) -> str:
    """Return the public id of somebody who has an account."""
    assert actor.person
    return actor.person.id


def number_of(actor: Actor) -> int:
    """Return the database's number of somebody who has an account."""
    assert actor.person
    return actor.person.number


def keep_person(store: Store, person_id: str = "sara00000000", **changes: Any) -> Actor:
    """Keep an account as the store does, without an invitation."""
    means: dict[str, Any] = {
        "email": f"{person_id.title()}@Water.Example",
        "email_folded": f"{person_id}@water.example",
        "profile": a_profile(person_id),
        "password": "hash",
        "platform_role": None,
        "joined_by": JoinedBy.INVITATION,
        "at": NOON,
    }
    with store.writing() as db:
        return people.add(db, person_id, **(means | changes))


def join(store: Store, actor: Actor, city: str = "tehran", looks: tuple[str, ...] = ("sara",)) -> None:
    """Begin a membership as the store does."""
    with store.writing() as db:
        members.begin(db, number_of(actor), city, CONTRIBUTOR, looks=looks, at=NOON)


def rows(store: Store, table: Table) -> int:
    """Count the rows of a table."""
    with store.reading() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def at_once(count: int, work: Callable[[int], Answer]) -> tuple[list[Answer], list[KnowledgeError]]:
    """Do the same in many threads at the same time and return what succeeded and what was refused."""
    barrier = Barrier(count)
    done: list[Answer] = []
    refused: list[KnowledgeError] = []

    def run(number: int) -> None:
        barrier.wait()
        try:
            done.append(work(number))
        except KnowledgeError as error:
            refused.append(error)

    with ThreadPoolExecutor(count) as threads:
        for ended in [threads.submit(run, number) for number in range(count)]:
            ended.result()
    return done, refused
