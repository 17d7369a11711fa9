"""Ask to join a city, and decide about it: its admin does, or a platform admin where there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.errors import Fault, Invalid, NotAllowed, NotFound, TooManyTries
from knowledgebase.domain.joining import AskedToJoin, Request, RequestState, UnknownCity
from knowledgebase.domain.letter import Letter, LetterKind, News, NewsKind
from knowledgebase.domain.person import Actor, CityRole, Handed, Invitation, PlatformRole, Rights
from knowledgebase.services import limiting, mailing, telling
from knowledgebase.services.authorizing import may, present
from knowledgebase.services.inviting import offer
from knowledgebase.services.site import Site
from knowledgebase.services.tokens import digest_of, new_id
from knowledgebase.store import cities, journal, news, requests
from knowledgebase.store.alone import Work, alone
from knowledgebase.store.connection import Connection
from knowledgebase.text.twins import folded_email, looks

PER_ADDRESS = 5  # requests from one network address within WINDOW
WINDOW = timedelta(hours=1)
OPEN_MAX = 1_000  # in all
LASTS = timedelta(days=90)  # then a request expires
IGNORED_AFTER = timedelta(days=14)  # then platform admins see it too
PAGE = 20  # requests


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page of requests that wait for a decision."""

    requests: tuple[AskedToJoin, ...]
    total: int
    city_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by language, by city id


def ask(site: Site, request: Request, *, address: str = "") -> None:
    """Keep a visitor's request and tell whoever decides. Asked twice while it is open it is one.

    Whether the e-mail address has an account makes no difference to anything that is answered.
    Raises Invalid when there is no such city, TooManyTries after five from an address within an hour.
    """
    at, asked_from = site.now(), digest_of(limiting.address_key(address))
    with site.store.writing() as db:
        alone(db, Work.PEOPLE)
        requests.expire(db, before=at - LASTS, at=at)
        if requests.count_from(db, asked_from, since=at - WINDOW) >= PER_ADDRESS:
            raise TooManyTries("join", int(WINDOW.total_seconds()))
        if requests.count_open(db) >= OPEN_MAX:
            raise TooManyTries("join", int(WINDOW.total_seconds()))
        request_id, key = new_id(), _open_key(request)
        try:
            is_new = requests.add(db, request_id, request, open_key=key, at=at, asked_from=asked_from)
        except NotFound as error:
            raise Invalid([Fault("no-such-city", "city")]) from error
        if is_new:
            detail = {"request": request_id}
            journal.write(
                db, at=at, by="visitor", action="asked-to-join", thing=_thing(request), detail=detail
            )
            _tell(site, db, request)


def waiting(site: Site, *, by: Actor, page: int = 1) -> Waiting:
    """Return the open requests that somebody decides, the oldest first.

    Admins of cities get those of their cities; platform admins those of unknown cities, of cities without
    an admin, and those that have waited for two weeks. Raises NotAllowed for everybody else.
    """
    scope = _scope(by, site.now())
    with site.store.reading() as db:
        found = requests.waiting(db, scope, limit=PAGE, offset=(page - 1) * PAGE)
        total = requests.count_waiting(db, scope)
        named = {asked.request.city for asked in found if isinstance(asked.request.city, str)}
        labels = cities.labels(db, named) if named else {}
    return Waiting(found, total, {city: label.names for city, label in labels.items()})


def count_waiting(db: Connection, by: Actor, *, at: datetime) -> int | None:
    """Return how many requests `waiting` has for somebody, None for whoever decides none."""
    return requests.count_waiting(db, _scope(by, at)) if decides_anything(by) else None


def one(site: Site, request_id: str, *, by: Actor) -> Waiting:
    """Return one open request alone. Raises NotFound as `accept` does."""
    with site.store.reading() as db:
        asked = requests.find(db, request_id)
        if asked is None or not _may_decide(by, asked):
            raise NotFound(request_id)
        _require_open(asked, site.now())
        city = asked.request.city
        labels = cities.labels(db, [city]) if isinstance(city, str) else {}
    return Waiting((asked,), 1, {known: label.names for known, label in labels.items()})


def accept(
    site: Site, request_id: str, rights: Rights, *, by: Actor, city: str | None = None
) -> Handed | None:
    """Invite whoever asked; return the link, to be shown once, or None when it was accepted before.

    Whoever takes the invitation up has joined by request. `city` is needed where the request names one that
    was not here: it is by now. Raises NotFound for whoever may not decide, and for a request that was
    refused or has expired; Invalid without a city; AlreadyThere for a member.
    """
    with site.store.writing() as db:
        by, asked = _asked(db, request_id, by)
        if asked.state is RequestState.ACCEPTED:
            return None
        _require_open(asked, site.now())
        chosen = city if isinstance(asked.request.city, UnknownCity) else asked.request.city
        if not chosen or cities.find(db, chosen) is None:
            raise Invalid([Fault("no-such-city", "city")])
        invitation = Invitation(asked.request.email, chosen, rights)
        language = asked.request.language
        link = offer(site, db, invitation, by=by, language=language, is_by_request=True)
        _close(db, asked, RequestState.ACCEPTED, f"city:{chosen}", by, site.now())
        return link


def refuse(site: Site, request_id: str, note: str, *, by: Actor) -> None:
    """Refuse a request with a line that goes to whoever asked; refused before, it stays as it is.

    Raises NotFound as `accept` does.
    """
    with site.store.writing() as db:
        by, asked = _asked(db, request_id, by)
        if asked.state is RequestState.REFUSED:
            return
        _require_open(asked, site.now())
        _close(db, asked, RequestState.REFUSED, _thing(asked.request), by, site.now(), note)
        city = asked.request.city
        told = {"city_name": city.name} if isinstance(city, UnknownCity) else {"city": city}
        letter = Letter(
            LetterKind.JOINING_REFUSED,
            asked.request.language,
            email=asked.request.email,
            told={**told, "note": note},
        )
        mailing.write(site, db, letter)


def decides_anything(actor: Actor) -> bool:
    """Say whether somebody has requests to decide, as a page asks before it shows the way there."""
    return actor.platform_role is PlatformRole.ADMIN or bool(_administered(actor))


def _administered(actor: Actor) -> tuple[str, ...]:
    return tuple(city for city, place in actor.memberships.items() if place.role is CityRole.ADMIN)


def _scope(by: Actor, at: datetime) -> requests.Scope:
    if not decides_anything(by):
        raise NotAllowed(Action.DECIDE_JOINING)
    is_platform = by.platform_role is PlatformRole.ADMIN
    return requests.Scope(_administered(by), is_platform, since=at - LASTS, ignored=at - IGNORED_AFTER)


def _asked(db: Connection, request_id: str, by: Actor) -> tuple[Actor, AskedToJoin]:
    """Return the actor and the request as they are now. Raises NotFound for whoever may not decide it."""
    by = present(db, by)
    asked = requests.find(db, request_id)
    if asked is None or not _may_decide(by, asked):
        raise NotFound(request_id)
    return by, asked


def _may_decide(by: Actor, asked: AskedToJoin) -> bool:
    city = asked.request.city
    concern = Concern.exchange() if isinstance(city, UnknownCity) else Concern.city(city)
    return may(by, Action.DECIDE_JOINING, concern)


def _require_open(asked: AskedToJoin, at: datetime) -> None:
    if asked.state is not RequestState.OPEN or asked.asked <= at - LASTS:
        raise NotFound(asked.id)


def _close(
    db: Connection,
    asked: AskedToJoin,
    state: RequestState,
    thing: str,
    by: Actor,
    at: datetime,
    note: str | None = None,
) -> None:
    requests.decide(db, asked.id, state, at=at, by=by.name, note=note)
    detail = {"request": asked.id, "note": note} if note else {"request": asked.id}
    journal.write(db, at=at, by=by.name, action=f"joining-{state}", thing=thing, detail=detail)


def _open_key(request: Request) -> str:
    """Return what two requests share that are the same wish: the address and the city, however spelled."""
    city = request.city
    if isinstance(city, UnknownCity):
        city = f"{city.country}:{min(looks(city.name))}"
    return digest_of(f"{folded_email(request.email)}|{city}")


def _thing(request: Request) -> str:
    return "exchange" if isinstance(request.city, UnknownCity) else f"city:{request.city}"


def _tell(site: Site, db: Connection, request: Request) -> None:
    city = request.city
    if isinstance(city, UnknownCity):
        told = News(NewsKind.JOINING_ASKED, "requests", city.name, request.name)
        telling.tell_platform_admins(site, db, told)
        return
    told = News(NewsKind.JOINING_ASKED, "requests", by=request.name, city=city)
    if news.admins(db, city):
        telling.tell_city(site, db, city, told)
    else:
        telling.tell_platform_admins(site, db, told)
