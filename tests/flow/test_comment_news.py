"""Whom a comment is news for, and who reads in the journal that a person stands behind a city."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from knowledgebase.domain.comment import CommentKind
from knowledgebase.domain.letter import NewsKind
from knowledgebase.domain.person import Actor
from knowledgebase.services import comment_marks, journaling, moderating
from knowledgebase.services.journaling import Asked
from knowledgebase.services.site import Site
from knowledgebase.store.tables_letters import news as news_rows
from tests.comments import CITY, a_moderator, an_admin, answer, as_the_city, by_request, say, somebody
from tests.people import number_of


@pytest.fixture
def sending(talked: Site) -> Site:
    """Lend an exchange that sends letters."""
    return replace(talked, sends_letters=True)


def told(site: Site, actor: Actor) -> list[str]:
    """Return of what somebody is to be told, in order."""
    asked = select(news_rows.c.told).where(news_rows.c.person_number == number_of(actor))
    with site.store.reading() as db:
        return [news.kind for news in db.execute(asked.order_by(news_rows.c.number)).scalars()]


def test_the_writer_above_and_the_city_are_told_of_an_answer(sending: Site) -> None:
    reza, chief, sara = somebody(sending), an_admin(sending), somebody(sending, "sara", "tehran")
    first = say(sending, reza)

    answer(sending, first, sara)

    assert told(sending, reza) == [NewsKind.COMMENT_ANSWERED]
    assert told(sending, chief) == [NewsKind.COMMENT_ON_CASE, NewsKind.COMMENT_ON_CASE]
    assert told(sending, sara) == []


def test_nobody_is_told_twice_or_of_its_own_doing(sending: Site) -> None:
    chief, reza = an_admin(sending), somebody(sending)
    own = say(sending, chief)

    answer(sending, own, reza)
    answer(sending, own, chief)

    assert told(sending, chief) == [NewsKind.COMMENT_ANSWERED]


def test_a_question_reaches_the_city_that_is_asked(sending: Site) -> None:
    chief, reza = an_admin(sending), somebody(sending)

    say(sending, reza, about=CITY, kind=CommentKind.QUESTION)

    assert told(sending, chief) == [NewsKind.QUESTION]


def test_a_held_comment_reaches_who_may_release_it_and_then_its_writer(sending: Site) -> None:
    chief, home, mina = an_admin(sending), an_admin(sending, "seoul"), a_moderator(sending)
    reza = by_request(sending, somebody(sending))

    say(sending, reza)
    waiting = (told(sending, chief), told(sending, home))
    moderating.release(sending, moderating.queue(sending, by=mina).matters[0].number, by=mina)

    assert waiting == ([], [NewsKind.COMMENT_HELD])
    assert told(sending, reza) == [NewsKind.COMMENT_RELEASED]
    assert told(sending, chief) == [NewsKind.COMMENT_ON_CASE]


def test_a_hiding_by_the_city_reaches_the_writer_and_the_moderators(sending: Site) -> None:
    chief, mina, reza = an_admin(sending), a_moderator(sending), somebody(sending)
    comment = say(sending, reza)

    comment_marks.hide(sending, comment.id, "Rude", by=chief)
    comment_marks.restore(sending, comment.id, "It is not", by=mina)

    assert told(sending, reza) == [NewsKind.COMMENT_HIDDEN, NewsKind.COMMENT_RESTORED]
    assert told(sending, mina) == [NewsKind.COMMENT_HIDDEN_BY_CITY]


def test_a_report_reaches_city_and_moderators_without_a_name(sending: Site) -> None:
    chief, mina, reza = an_admin(sending), a_moderator(sending), somebody(sending)
    comment = say(sending, reza)

    comment_marks.report(sending, comment.id, "Rude", by=somebody(sending, "omid"))

    assert told(sending, mina) == [NewsKind.COMMENT_REPORTED]
    assert told(sending, chief) == [NewsKind.COMMENT_ON_CASE, NewsKind.COMMENT_REPORTED]
    with sending.store.reading() as db:
        lines = db.execute(select(news_rows.c.told)).scalars().all()
    assert {news.by for news in lines if news.kind is NewsKind.COMMENT_REPORTED} == {""}


def test_the_journal_of_another_city_does_not_tell_who_spoke_for_a_city(talked: Site) -> None:
    seoul, tehran = an_admin(talked, "seoul"), an_admin(talked)

    say(talked, seoul, voice=as_the_city(seoul))
    say(talked, seoul)

    def read(city: str, by: Actor) -> list[str]:
        page = journaling.read(talked, Asked(city=city), by=by)
        return [line.action for line in page.lines if line.action == "commented"]

    assert read("tehran", tehran) == ["commented"]
    assert read("seoul", seoul) == ["commented"]
