"""One exchange with a thing of every kind in two cities, and everybody who may ask for it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask

from knowledgebase.domain.comment import About, CommentKind
from knowledgebase.domain.draft import Typed
from knowledgebase.domain.joining import Request
from knowledgebase.domain.person import CityRole, PlatformRole, Rights, rights
from knowledgebase.domain.record import Origin
from knowledgebase.intake.city import accept_city
from knowledgebase.services import (
    comment_marks,
    draft_sharing,
    drafting,
    founding,
    moderating,
    people,
    proposing,
    publishing,
    requesting,
)
from knowledgebase.services.site import Site
from knowledgebase.store import case_writing
from knowledgebase.store.connection import Connection
from knowledgebase.store.engine import Store
from tests.accounts import csrf_of
from tests.comments import answer, as_the_city, say
from tests.drafting import FIELDS
from tests.make import NOON, a_case
from tests.people import OPERATOR, actor_of, come_in, id_of
from tests.sites import site_of
from tests.stores import keep_case
from tests.tagging import a_translation

HOME, ABROAD = "tehran", "seoul"
CITY_RIGHTS: Mapping[str, Rights] = {
    "member": rights(CityRole.MEMBER),
    "contributor": rights(CityRole.CONTRIBUTOR),
    "publisher": rights(CityRole.CONTRIBUTOR, may_publish=True),
    "voice": rights(CityRole.CONTRIBUTOR, speaks_for_city=True),
    "city-admin": rights(CityRole.ADMIN),
}
PLATFORM = {"moderator": PlatformRole.MODERATOR, "platform-admin": PlatformRole.ADMIN}
ROLES = ("visitor", "person", *CITY_RIGHTS, *PLATFORM)


@dataclass(frozen=True, slots=True)
class Place:
    """A city with one thing of every kind, by the names that addresses use."""

    arguments: Mapping[str, Any]
    withdrawn: str  # slug of a withdrawn case


class _Undo(Exception):
    """Raised at the end of a transaction that is not to be kept."""


def undo_every_write(monkeypatch: Any) -> None:
    """Let every transaction run to its end and be rolled back: each request meets the same exchange."""
    real = Store.writing

    @contextmanager
    def undone(self: Store, *args: Any, **how: Any) -> Iterator[Connection]:
        try:
            with real(self, *args, **how) as db:
                yield db
                raise _Undo
        except _Undo:
            return

    monkeypatch.setattr(Store, "writing", undone)


@dataclass(frozen=True, slots=True)
class Caller:
    """What a browser sends with every request, kept even where an answer takes its cookies away."""

    cookies: str
    token: str  # of its forms


@dataclass(frozen=True, slots=True)
class Matrix:
    """The exchange of the test: its two cities, and a caller for each role."""

    places: Mapping[str, Place]
    callers: Mapping[str, Caller]  # by role


def build(app: Flask) -> Matrix:
    """Make everything."""
    site = site_of(app)
    founding.add_city(
        site, accept_city({"name": {"en": "Cairo"}, "country": "EG"}, "", city="cairo"), by=OPERATOR
    )
    places = {name: _city(site, city) for name, city in (("own", HOME), ("foreign", ABROAD))}
    sessions: dict[str, str | None] = {"visitor": None}
    lone = come_in(site, "lone@tehran.example", HOME, CityRole.MEMBER)
    people.leave_city(site, HOME, by=actor_of(site, lone))
    sessions["person"] = lone.token
    for role, held in CITY_RIGHTS.items():
        entered = come_in(site, f"{role}@tehran.example", HOME, held.role)
        people.change_membership(site, entered.person.id, HOME, held, by=OPERATOR)
        sessions[role] = entered.token
    for role, platform in PLATFORM.items():
        sessions[role] = come_in(site, f"{role}@exchange.example", None, platform=platform).token
    return Matrix(places, {role: caller_of(app, session) for role, session in sessions.items()})


def caller_of(app: Flask, session: str | None) -> Caller:
    """Return what the browser of a session, or of a visitor, sends."""
    browser = app.test_client()
    if session:
        browser.set_cookie("kb", session)
    token = csrf_of(browser, "/en/account" if session else "/en/log-in")
    cookies = (browser.get_cookie(name) for name in ("kb", "kb-form"))
    return Caller("; ".join(f"{one.key}={one.value}" for one in cookies if one), token)


def _matter_about(site: Site, comment_id: str) -> int:
    """Return the number of what waits in the queue about a comment."""
    waiting = moderating.queue(site, by=OPERATOR).matters
    return next(matter.number for matter in waiting if matter.comment and matter.comment.id == comment_id)


def _found(site: Site, city: str) -> None:
    raw = {"name": {"en": city.title()}, "country": "IR"}
    founding.add_city(site, accept_city(raw, "", city=city), by=OPERATOR)


def _city(site: Site, city: str) -> Place:
    """Make a city with its people and things; a guest from a third city asks, answers and proposes."""
    founding.add_city(
        site, accept_city({"name": {"en": city.title()}, "country": "IR"}, "", city=city), by=OPERATOR
    )
    for slug in ("clean-air", "gone"):
        keep_case(site.store, a_case(f"{city}/{slug}"), origin=Origin.FORM, folder=None)
    with site.store.writing() as db:
        case_writing.withdraw(db, f"{city}/gone", at=NOON, by="operator")
    aide = actor_of(site, come_in(site, f"aide@{city}.example", city))
    boss = actor_of(site, come_in(site, f"boss@{city}.example", city, CityRole.ADMIN, name=f"Boss of {city}"))
    guest = actor_of(
        site, come_in(site, f"guest@{city}.example", "cairo", CityRole.MEMBER, name=f"Guest {city}")
    )
    second = actor_of(
        site, come_in(site, f"second@{city}.example", "cairo", CityRole.MEMBER, name=f"Second {city}")
    )
    about = About.of_case(f"{city}/clean-air")
    asked = drafting.start(site, city, Typed(FIELDS), token=f"asked-{city}-for-tests", by=aide)
    publishing.ask(site, asked.id, revision=asked.revision, by=aide)
    question = say(site, guest, about=about, kind=CommentKind.QUESTION)
    hidden = say(site, guest, about=about)
    comment_marks.hide(site, hidden.id, "Off the subject.", by=boss)
    statement = say(site, boss, about=about, voice=as_the_city(boss))
    said = say(site, guest, about=about)
    comment_marks.report(site, said.id, "Rude.", by=aide)
    proposed = proposing.propose(site, about.case or "", a_translation(), token=f"p-{city}", by=guest)
    requesting.ask(
        site, Request(city, "Nima Rad", "Engineer", "Water", f"nima@{city}.example", "en", "Please.")
    )
    joining = requesting.waiting(site, by=boss).requests[0].id
    draft = drafting.start(site, city, Typed(FIELDS), token=f"draft-{city}-for-tests", by=aide)
    return Place(
        {
            "city": city,
            "slug": "clean-air",
            "person": id_of(aide),
            "draft": draft.id,
            "asked": asked.id,
            "comment": said.id,
            "hidden": hidden.id,
            "statement": statement.id,
            "answer": answer(site, question, second).id,
            "proposal": proposed,
            "request_id": joining,
            "number": _matter_about(site, said.id),
            "token": draft_sharing.share(site, draft.id, by=aide).token,
        },
        "gone",
    )
