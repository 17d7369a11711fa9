"""Somebody asks to join a city: one request however often, decided by whoever may, and by nobody else."""

from datetime import timedelta
from typing import Any

import pytest

from knowledgebase.domain.errors import AlreadyThere, Invalid, NotAllowed, NotFound, TooManyTries
from knowledgebase.domain.joining import Request, UnknownCity
from knowledgebase.domain.letter import NewsKind
from knowledgebase.domain.person import Actor, CityRole, JoinedBy, PlatformRole, rights
from knowledgebase.services import joining, requesting
from knowledgebase.services.posting import Word, drain
from knowledgebase.services.site import Site
from knowledgebase.store.tables_joining import join_requests
from tests.letters import Postbox, lines_for, queued, token_in
from tests.people import (
    Clock,
    accepted,
    actor_of,
    at_once,
    come_in,
    lines_of,
    number_of,
    rows,
)

CONTRIBUTOR = rights(CityRole.CONTRIBUTOR)
SHIRAZ = UnknownCity("Shiraz", "IR")


def a_request(email: str = "nima@tehran.example", **changes: Any) -> Request:
    means: dict[str, Any] = {"city": "tehran", "name": "Nima Rad", "position": "Planner", "office": "Parks"}
    means |= {"email": email, "language": "en", "letter": "I look after the parks."}
    return Request(**(means | changes))


def admin_of(site: Site, city: str = "tehran") -> Actor:
    return actor_of(site, come_in(site, f"admin@{city}.example", city, CityRole.ADMIN))


def platform_admin(site: Site) -> Actor:
    return actor_of(site, come_in(site, "p@x.example", None, platform=PlatformRole.ADMIN))


def emails(site: Site, by: Actor) -> list[str]:
    return [asked.request.email for asked in requesting.waiting(site, by=by).requests]


def first(site: Site, by: Actor) -> str:
    return requesting.waiting(site, by=by).requests[0].id


def test_a_request_reaches_the_admin_of_its_city_alone(sending: Site) -> None:
    tehran, seoul, platform = admin_of(sending), admin_of(sending, "seoul"), platform_admin(sending)

    requesting.ask(sending, a_request())

    assert [emails(sending, by) for by in (tehran, seoul, platform)] == [["nima@tehran.example"], [], []]
    assert [news.kind for news in lines_for(sending, number_of(tehran))] == [NewsKind.JOINING_ASKED]
    assert lines_for(sending, number_of(platform)) == []


@pytest.mark.parametrize("city", ["tehran", SHIRAZ], ids=["without-admin", "unknown"])
def test_where_there_is_no_admin_platform_admins_decide(sending: Site, city: str | UnknownCity) -> None:
    platform, seoul = platform_admin(sending), admin_of(sending, "seoul")

    requesting.ask(sending, a_request(city=city))

    assert [emails(sending, by) for by in (platform, seoul)] == [["nima@tehran.example"], []]
    assert len(lines_for(sending, number_of(platform))) == 1


def test_a_request_that_a_city_ignores_comes_to_platform_admins(exchange: Site, clock: Clock) -> None:
    admin_of(exchange)
    platform = platform_admin(exchange)
    requesting.ask(exchange, a_request())

    clock.go(days=14)

    assert emails(exchange, platform) == ["nima@tehran.example"]


def test_who_decides_nothing_sees_nothing(exchange: Site) -> None:
    member = actor_of(exchange, come_in(exchange))
    requesting.ask(exchange, a_request())

    for by in (member, Actor.visitor()):
        with pytest.raises(NotAllowed):
            requesting.waiting(exchange, by=by)


def test_sixteen_same_requests_at_once_are_one(exchange: Site) -> None:
    def ask(number: int) -> None:
        requesting.ask(exchange, a_request("NIMA@tehran.example" if number % 2 else "nima@tehran.example"))

    _, refused = at_once(16, ask)

    assert refused == []
    assert rows(exchange.store, join_requests) == 1


def test_one_unknown_city_in_two_spellings_is_one(exchange: Site) -> None:
    for name in ("ك\u0631\u062c", "\u06a9\u0631\u062c"):
        requesting.ask(exchange, a_request(city=UnknownCity(name, "IR")))

    assert rows(exchange.store, join_requests) == 1


def test_the_answer_is_the_same_whether_the_address_has_an_account(exchange: Site) -> None:
    admin = admin_of(exchange)
    come_in(exchange, "nima@tehran.example", "seoul")

    for email in ("nima@tehran.example", "new@tehran.example"):
        requesting.ask(exchange, a_request(email))

    assert len(emails(exchange, admin)) == 2


def test_five_requests_an_hour_come_from_an_address(exchange: Site, clock: Clock) -> None:
    for number in range(5):
        requesting.ask(exchange, a_request(f"p{number}@x.example"), address="192.0.2.1")

    with pytest.raises(TooManyTries) as refused:
        requesting.ask(exchange, a_request("p5@x.example"), address="192.0.2.1")
    requesting.ask(exchange, a_request("p6@x.example"), address="192.0.2.2")
    clock.go(hours=1)
    requesting.ask(exchange, a_request("p5@x.example"), address="192.0.2.1")

    assert refused.value.retry_after == 3600
    assert rows(exchange.store, join_requests) == 7


def test_a_city_that_is_not_here_is_a_fault(exchange: Site) -> None:
    with pytest.raises(Invalid):
        requesting.ask(exchange, a_request(city="atlantis"))


def test_who_is_accepted_gets_a_link_and_has_joined_by_request(
    sending: Site, postbox: Postbox, word: Word
) -> None:
    admin = admin_of(sending)
    requesting.ask(sending, a_request())

    link = requesting.accept(sending, first(sending, admin), CONTRIBUTOR, by=admin)
    drain(sending, send=postbox, word=word)
    mailed = token_in(postbox.to("nima@tehran.example")[0])

    assert link
    assert mailed != link.token
    nima = accepted(sending, mailed, "Nima Rad")
    assert nima.person
    assert (nima.person.joined_by, nima.memberships["tehran"].rights) == (JoinedBy.REQUEST, CONTRIBUTOR)
    assert emails(sending, admin) == []


def test_who_is_invited_has_not_joined_by_request(exchange: Site) -> None:
    assert come_in(exchange).person.joined_by is JoinedBy.INVITATION


def test_accepting_twice_makes_one_invitation(exchange: Site) -> None:
    admin = admin_of(exchange)
    requesting.ask(exchange, a_request())
    request_id = first(exchange, admin)

    link = requesting.accept(exchange, request_id, CONTRIBUTOR, by=admin)
    again = requesting.accept(exchange, request_id, CONTRIBUTOR, by=admin)

    assert link
    assert again is None
    assert joining.look_at(exchange, link.token).link.email == "nima@tehran.example"


def test_for_an_unknown_city_it_is_named_when_it_is_here(exchange: Site) -> None:
    platform = platform_admin(exchange)
    requesting.ask(exchange, a_request(city=SHIRAZ))
    request_id = first(exchange, platform)

    for city in (None, "atlantis"):
        with pytest.raises(Invalid):
            requesting.accept(exchange, request_id, CONTRIBUTOR, by=platform, city=city)
    link = requesting.accept(exchange, request_id, CONTRIBUTOR, by=platform, city="seoul")

    assert link
    assert joining.look_at(exchange, link.token).link.city == "seoul"


def test_a_member_cannot_be_accepted_again(exchange: Site) -> None:
    admin = admin_of(exchange)
    come_in(exchange, "nima@tehran.example")
    requesting.ask(exchange, a_request())

    with pytest.raises(AlreadyThere):
        requesting.accept(exchange, first(exchange, admin), CONTRIBUTOR, by=admin)

    assert emails(exchange, admin) == ["nima@tehran.example"]


def test_a_refusal_is_told_with_its_line(sending: Site, postbox: Postbox, word: Word) -> None:
    admin = admin_of(sending)
    requesting.ask(sending, a_request())
    request_id = first(sending, admin)

    for _ in range(2):
        requesting.refuse(sending, request_id, "Please send your letter first.", by=admin)
    drain(sending, send=postbox, word=word)

    letters = postbox.to("nima@tehran.example")
    assert ["Please send your letter first." in letter.worded.text for letter in letters] == [True]
    assert [action for action, _ in lines_of(sending, "city:tehran")][:2] == [
        "joining-refused",
        "asked-to-join",
    ]
    with pytest.raises(NotFound):
        requesting.accept(sending, request_id, CONTRIBUTOR, by=admin)


def test_after_a_refusal_one_may_ask_again(exchange: Site) -> None:
    admin = admin_of(exchange)
    requesting.ask(exchange, a_request())
    requesting.refuse(exchange, first(exchange, admin), "No letter.", by=admin)

    requesting.ask(exchange, a_request())

    assert emails(exchange, admin) == ["nima@tehran.example"]


@pytest.mark.parametrize("city", ["tehran", SHIRAZ], ids=["known", "unknown"])
def test_for_others_a_request_is_not_there(exchange: Site, city: str | UnknownCity) -> None:
    admin_of(exchange)
    platform = platform_admin(exchange)
    strangers = [
        admin_of(exchange, "seoul"),
        actor_of(exchange, come_in(exchange, "member@tehran.example")),
        actor_of(exchange, come_in(exchange, "m@x.example", None, platform=PlatformRole.MODERATOR)),
        Actor.visitor(),
    ]
    requesting.ask(exchange, a_request(city=city))
    with exchange.store.reading() as db:
        request_id = db.execute(join_requests.select()).one().id

    for by in strangers:
        with pytest.raises(NotFound):
            requesting.accept(exchange, request_id, CONTRIBUTOR, by=by)
        with pytest.raises(NotFound):
            requesting.refuse(exchange, request_id, "No.", by=by)
    requesting.refuse(exchange, request_id, "No.", by=platform)


def test_requests_expire_after_ninety_days(exchange: Site, clock: Clock) -> None:
    admin = admin_of(exchange)
    requesting.ask(exchange, a_request())
    request_id = first(exchange, admin)
    clock.at += timedelta(days=90)

    assert emails(exchange, admin) == []
    with pytest.raises(NotFound):
        requesting.accept(exchange, request_id, CONTRIBUTOR, by=admin)
    requesting.ask(exchange, a_request())

    assert len(emails(exchange, admin)) == 1


def test_many_requests_come_in_pages(exchange: Site) -> None:
    admin = admin_of(exchange)
    for number in range(23):
        requesting.ask(exchange, a_request(f"p{number:02}@x.example"), address=f"192.0.2.{number}")

    pages = [requesting.waiting(exchange, by=admin, page=page) for page in (1, 2)]

    assert [len(page.requests) for page in pages] == [20, 3]
    assert [page.total for page in pages] == [23, 23]
    assert pages[0].city_names["tehran"]


def test_without_mail_requests_work_all_the_same(exchange: Site) -> None:
    admin = admin_of(exchange)
    requesting.ask(exchange, a_request())

    requesting.refuse(exchange, first(exchange, admin), "No.", by=admin)

    assert queued(exchange) == []
