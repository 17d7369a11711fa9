"""News reach those whom they concern, one waiting letter for each of them, and nobody else."""

from knowledgebase.domain.letter import NewsKind
from knowledgebase.domain.person import CityRole, PlatformRole
from knowledgebase.services import people as persons
from knowledgebase.services import telling
from knowledgebase.services.site import Site
from tests.letters import lines_for, queued, some_news
from tests.people import OPERATOR, actor_of, come_in, number_of

QUESTION = some_news(NewsKind.QUESTION, city="tehran")


def news_letters(site: Site) -> list[int]:
    return [row["person_number"] for row in queued(site) if row["kind"] == "news"]


def test_two_news_wait_for_one_letter(sending: Site) -> None:
    sara = actor_of(sending, come_in(sending))
    first, second = some_news(), some_news(title="Heat")

    for news in (first, second):
        with sending.store.writing() as db:
            told = telling.tell(sending, db, [number_of(sara)], news)

    assert told == {number_of(sara)}
    assert lines_for(sending, number_of(sara)) == [first, second]
    assert news_letters(sending) == [number_of(sara)]


def test_nobody_is_told_of_what_it_did_itself(sending: Site) -> None:
    sara = actor_of(sending, come_in(sending))

    with sending.store.writing() as db:
        told = telling.tell(sending, db, [number_of(sara)], some_news(), by=sara)

    assert told == frozenset()
    assert news_letters(sending) == []


def test_suspended_people_are_told_nothing(sending: Site) -> None:
    sara = actor_of(sending, come_in(sending))
    assert sara.person
    persons.suspend(sending, sara.person.id, by=OPERATOR)

    with sending.store.writing() as db:
        told = telling.tell(sending, db, [number_of(sara)], some_news())

    assert told == frozenset()


def test_an_exchange_without_mail_keeps_no_news(exchange: Site) -> None:
    sara = actor_of(exchange, come_in(exchange))

    with exchange.store.writing() as db:
        told = telling.tell(exchange, db, [number_of(sara)], some_news())

    assert told == frozenset()
    assert (lines_for(exchange, number_of(sara)), queued(exchange)) == ([], [])


def test_a_city_is_told_by_its_admins(sending: Site) -> None:
    admin = actor_of(sending, come_in(sending, "admin@tehran.example", role=CityRole.ADMIN))
    come_in(sending)
    come_in(sending, "admin@seoul.example", "seoul", CityRole.ADMIN)

    with sending.store.writing() as db:
        told = telling.tell_city(sending, db, "tehran", QUESTION)

    assert told == {number_of(admin)}


def test_for_a_city_without_admin_the_moderators_are_told(sending: Site) -> None:
    come_in(sending)
    moderator = actor_of(sending, come_in(sending, "m@x.example", None, platform=PlatformRole.MODERATOR))

    with sending.store.writing() as db:
        told = telling.tell_city(sending, db, "tehran", QUESTION)

    assert told == {number_of(moderator)}


def test_moderators_and_platform_admins_are_told_together_or_the_admins_alone(sending: Site) -> None:
    moderator = actor_of(sending, come_in(sending, "m@x.example", None, platform=PlatformRole.MODERATOR))
    admin = actor_of(sending, come_in(sending, "p@x.example", None, platform=PlatformRole.ADMIN))

    with sending.store.writing() as db:
        both = telling.tell_moderators(sending, db, some_news(NewsKind.COMMENT_REPORTED))
        one = telling.tell_platform_admins(sending, db, some_news(NewsKind.JOINING_ASKED))

    assert both == {number_of(moderator), number_of(admin)}
    assert one == {number_of(admin)}


def test_who_was_told_already_is_left_out(sending: Site) -> None:
    admin = number_of(actor_of(sending, come_in(sending, "admin@tehran.example", role=CityRole.ADMIN)))

    with sending.store.writing() as db:
        told = telling.tell(sending, db, [admin], some_news())
        again = telling.tell_city(sending, db, "tehran", QUESTION, but=told)

    assert again == frozenset()
    assert len(lines_for(sending, admin)) == 1
