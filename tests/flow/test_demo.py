"""Demo people come in with comments and links, every page says so, and all of it goes away again."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from knowledgebase.domain.comment import Posting, Voice, Words, Written
from knowledgebase.domain.errors import AlreadyThere, NotFound
from knowledgebase.services import commenting, demonstrating, entering, joining
from knowledgebase.services import people as persons
from knowledgebase.services.site import Site
from knowledgebase.services.tokens import new_token
from knowledgebase.store.tables import journal
from knowledgebase.store.tables_comments import comments, matters
from knowledgebase.store.tables_letters import letters, news
from knowledgebase.store.tables_people import city_members, one_time_links, people, sessions
from tests.counting import counting
from tests.flow.test_commands import run
from tests.make import a_case, a_city
from tests.people import OPERATOR, actor_of, come_in, rows
from tests.stores import keep_case, keep_city

SAID = "Demo people are here"
CASE = "seoul/buses"


@pytest.fixture
def three(exchange: Site) -> Site:
    """Keep three cities with a case each."""
    keep_city(exchange.store, a_city("yazd", name={"en": "Yazd"}))
    for case_id in ("tehran/clean-air", CASE, "yazd/wind"):
        keep_case(exchange.store, a_case(case_id))
    return exchange


def test_three_cities_get_people_and_a_talk(three: Site) -> None:
    links = demonstrating.add_demo(three)

    assert [(one.email, one.role) for one in links] == [
        ("admin.seoul@demo.invalid", "admin of seoul"),
        ("contributor.seoul@demo.invalid", "contributor of seoul"),
        ("admin.tehran@demo.invalid", "admin of tehran"),
        ("contributor.tehran@demo.invalid", "contributor of tehran"),
        ("admin.yazd@demo.invalid", "admin of yazd"),
        ("contributor.yazd@demo.invalid", "contributor of yazd"),
        ("moderator@demo.invalid", "moderator"),
    ]
    assert rows(three.store, comments) == 3
    assert rows(three.store, sessions) == 0
    assert rows(three.store, letters) == rows(three.store, news) == 0


def test_each_link_opens_its_account_once(three: Site) -> None:
    link = demonstrating.add_demo(three)[0]

    joining.set_password(three, link.link.token, "orchid lantern quietly")

    entered = entering.log_in(three, link.email, "orchid lantern quietly", address="192.0.2.1")
    assert entering.who(three, entered.token).memberships["seoul"].role == "admin"


def test_a_second_time_only_makes_new_links(three: Site) -> None:
    first = demonstrating.add_demo(three)

    second = demonstrating.add_demo(three)

    assert [one.email for one in first] == [one.email for one in second]
    assert {one.link.token for one in first}.isdisjoint(one.link.token for one in second)
    assert rows(three.store, comments) == 3


def test_all_of_them_go_away_and_the_journal_keeps_its_lines(three: Site) -> None:
    demonstrating.add_demo(three)
    lines = rows(three.store, journal)
    ids = [one.name for one in persons.everyone(three, by=OPERATOR)]

    gone = demonstrating.remove_demo(three)

    assert gone == (7, 3)
    for table in (people, comments, city_members, sessions, one_time_links, matters, letters, news):
        assert rows(three.store, table) == 0, table.name
    assert rows(three.store, journal) == lines + 1
    with three.store.reading() as db:
        last = db.execute(select(journal).order_by(journal.c.number.desc()).limit(1)).one()
    assert (last.action, last.by, last.detail["people"]) == ("demo-removed", "operator", 7)
    assert set(ids) == set(last.detail["ids"].split())
    assert not demonstrating.is_there(three)
    assert demonstrating.remove_demo(three) == (0, 0)


def test_real_people_keep_what_they_wrote(three: Site) -> None:
    demonstrating.add_demo(three)
    sara = actor_of(three, come_in(three, "sara@tehran.example"))
    with three.store.reading() as db:
        asked = db.scalar(select(comments.c.id).order_by(comments.c.number).limit(1))
        about = db.scalar(select(func.max(comments.c.case_number)))
    answer = Posting(Words(Written("en", "A real answer")), new_token(), Voice("tehran"))
    commenting.reply(three, asked or "", answer, by=sara)

    demonstrating.remove_demo(three)

    assert about is not None
    with three.store.reading() as db:
        left = db.execute(select(comments.c.state, people.c.name).join(people)).all()
    assert sorted((row.state, row.name) for row in left) == [("deleted", "demo"), ("visible", "Sara Ahmadi")]
    assert not demonstrating.is_there(three)
    assert [
        one.person.email for one in persons.everyone(three, by=OPERATOR) if one.person and one.memberships
    ] == ["sara@tehran.example"]


def test_a_site_with_real_people_is_left_alone_unless_forced(three: Site) -> None:
    come_in(three)

    with pytest.raises(AlreadyThere):
        demonstrating.add_demo(three)
    assert rows(three.store, people) == 1
    assert len(demonstrating.add_demo(three, is_forced=True)) == 7


def test_without_three_cities_nothing_is_made(exchange: Site) -> None:
    with pytest.raises(NotFound):
        demonstrating.add_demo(exchange)

    assert rows(exchange.store, people) == 0


def test_every_page_says_it_from_the_command_on_until_they_are_gone(app: Flask, site: Site) -> None:
    for city in ("tehran", "seoul", "yazd"):
        keep_city(site.store, a_city(city, name={"en": city.title()}))
        keep_case(site.store, a_case(f"{city}/clean-air"))
    client = app.test_client()
    pages = ("/en/", "/en/cities/tehran", "/en/cases/seoul/clean-air", "/en/about", "/en/nowhere")
    before = [client.get(path) for path in pages]

    came = run(app, "demo")
    here = [client.get(path) for path in pages]
    with counting(site.store) as counted:
        client.get("/en/cities/tehran")
    went = run(app, "demo", "--remove")
    after = [client.get(path) for path in pages]

    assert came.exit_code == went.exit_code == 0, came.output
    assert len(re.findall(r"/fa/reset/\S{43}", came.stdout)) == 7
    assert "7 demo people and 3 comments are gone" in went.stdout
    assert [SAID in page.text for page in (*before, *here, *after)] == [False] * 5 + [True] * 5 + [False] * 5
    assert before[0].headers["ETag"] != here[0].headers["ETag"]
    assert counted.number <= 4


def test_the_command_says_that_real_people_are_here(app: Flask, site: Site) -> None:
    keep_city(site.store, a_city())
    come_in(site)

    ended = run(app, "demo")

    assert ended.exit_code == 1
    assert "--force" in ended.stderr
