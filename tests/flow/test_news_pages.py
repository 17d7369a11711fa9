"""News by mail end with one click: of a mail program without cookies, of a person, in the account."""

from dataclasses import replace

import pytest
from flask import Flask

from knowledgebase.services import unsubscribing
from knowledgebase.store import news, people
from knowledgebase.web.context import keep_site
from tests.accounts import csrf_of, enter, member
from tests.sites import site_of


@pytest.fixture
def mailing_app(app: Flask) -> Flask:
    """Lend an application that sends letters."""
    keep_site(app, replace(site_of(app), sends_letters=True))
    return app


def wants(app: Flask, person_id: str) -> bool:
    with site_of(app).store.reading() as db:
        found = people.find(db, person_id)
        assert found
        assert found.person
        return news.wants(db, found.person.number)


def link_of(app: Flask, person_id: str, language: str = "en") -> str:
    return f"/{language}/news/off/{unsubscribing.leave_token(str(app.secret_key), person_id)}"


def test_a_mail_program_turns_news_off_by_one_post(mailing_app: Flask) -> None:
    person = member(mailing_app, "chief@tehran.example")
    program = mailing_app.test_client(use_cookies=False)
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example"}

    answer = program.post(
        link_of(mailing_app, person), data={"List-Unsubscribe": "One-Click"}, headers=foreign
    )

    assert answer.status_code == 200
    assert not wants(mailing_app, person)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_looking_at_the_link_turns_nothing_off(mailing_app: Flask, language: str) -> None:
    person = member(mailing_app, "chief@tehran.example")
    address = link_of(mailing_app, person, language)

    answer = mailing_app.test_client().get(address)

    assert answer.status_code == 200
    assert f'action="{address}"' in answer.text
    assert wants(mailing_app, person)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_bad_token_opens_nothing(mailing_app: Flask, method: str) -> None:
    person = member(mailing_app, "chief@tehran.example")

    answer = getattr(mailing_app.test_client(), method)(link_of(mailing_app, person) + "x")

    assert answer.status_code == 410
    assert wants(mailing_app, person)


def test_the_account_turns_news_off_and_on(mailing_app: Flask) -> None:
    person = member(mailing_app, "chief@tehran.example")
    client = mailing_app.test_client()
    enter(client, "chief@tehran.example")
    told = []

    for ticked in ({}, {"wants_news": "yes"}):
        token = csrf_of(client, "/en/account")
        client.post("/en/account/news", data={"csrf_token": token, **ticked})
        told.append(wants(mailing_app, person))

    assert told == [False, True]


def test_where_no_letters_are_sent_the_account_offers_none(app: Flask) -> None:
    member(app, "chief@tehran.example")
    client = app.test_client()
    enter(client, "chief@tehran.example")

    assert "wants_news" not in client.get("/en/account").text
