"""Links that come by letter: made when it is sent, hashed at rest, used up together with their siblings."""

import statistics
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from knowledgebase.domain.errors import LinkUnusable, TooManyTries
from knowledgebase.services import joining, resetting
from knowledgebase.services import people as persons
from knowledgebase.services.posting import Word, drain
from knowledgebase.services.site import Site
from knowledgebase.services.tokens import new_token
from knowledgebase.store.tables import metadata
from tests.letters import Postbox, queued, token_in
from tests.people import (
    OPERATOR,
    OTHER_PASSWORD,
    PASSWORD,
    Clock,
    a_profile,
    accepted,
    actor_of,
    an_invitation,
    at_once,
    come_in,
    enter,
    id_of,
    invited,
    lines_of,
)

Deliver = Callable[[], None]


@pytest.fixture
def deliver(sending: Site, postbox: Postbox, word: Word) -> Deliver:
    """Lend a round of the worker."""

    def deliver() -> None:
        drain(sending, send=postbox, word=word)

    return deliver


def everything(site: Site) -> str:
    """Return all that the database holds, as text."""
    with site.store.reading() as db:
        found = [str(tuple(row)) for table in metadata.sorted_tables for row in db.execute(select(table))]
    return "\n".join(found)


def test_an_invitation_is_mailed_with_a_link_of_its_own(
    sending: Site, postbox: Postbox, deliver: Deliver
) -> None:
    link = joining.invite(sending, an_invitation(), by=OPERATOR, language="fa")

    deliver()

    token = token_in(postbox.letters[0])
    assert token != link.token
    assert joining.look_at(sending, token).link.city == "tehran"
    assert postbox.letters[0].worded.language == "fa"


def test_no_token_lies_in_the_database(sending: Site, postbox: Postbox, deliver: Deliver) -> None:
    link = invited(sending)
    resetting.ask_for_reset(sending, "sara@tehran.example")

    waiting = everything(sending)
    deliver()

    for token in (link.token, token_in(postbox.letters[0])):
        assert token not in waiting
        assert token not in everything(sending)


@pytest.mark.parametrize("is_mailed", [True, False])
def test_of_the_links_of_one_invitation_one_is_used(
    sending: Site, postbox: Postbox, deliver: Deliver, is_mailed: bool
) -> None:
    link = invited(sending)
    deliver()
    tokens = [link.token, token_in(postbox.letters[0])]
    used, other = tokens if not is_mailed else tokens[::-1]

    accepted(sending, used)

    for token in (used, other):
        with pytest.raises(LinkUnusable):
            joining.look_at(sending, token)


def test_of_siblings_used_at_once_one_wins(sending: Site, postbox: Postbox, deliver: Deliver) -> None:
    link = invited(sending)
    deliver()
    tokens = [link.token, token_in(postbox.letters[0])]

    done, refused = at_once(
        2,
        lambda number: joining.accept(sending, tokens[number], a_profile(), PASSWORD, has_accepted=True),
    )

    assert (len(done), len(refused)) == (1, 1)


def test_a_mailed_link_lasts_from_its_letter_on(
    sending: Site, clock: Clock, postbox: Postbox, deliver: Deliver
) -> None:
    invited(sending)
    clock.go(days=3)
    deliver()
    clock.go(days=13, hours=23)

    left = joining.look_at(sending, token_in(postbox.letters[0])).link.expires - clock.at

    assert left == timedelta(hours=1)


def test_a_newer_invitation_takes_the_place_of_the_one_before_it(
    sending: Site, postbox: Postbox, deliver: Deliver
) -> None:
    invited(sending)
    deliver()
    invited(sending)
    invited(sending)
    deliver()

    first, last = (token_in(letter) for letter in postbox.letters)

    with pytest.raises(LinkUnusable):
        joining.look_at(sending, first)
    assert joining.look_at(sending, last).link.email == "sara@tehran.example"


def test_no_letter_goes_out_for_an_invitation_that_was_used_or_taken_back(
    sending: Site, postbox: Postbox, deliver: Deliver
) -> None:
    accepted(sending, invited(sending).token)

    deliver()

    assert postbox.letters == []


def test_a_reset_by_mail_sets_another_password(sending: Site, postbox: Postbox, deliver: Deliver) -> None:
    sara = come_in(sending)
    deliver()
    resetting.ask_for_reset(sending, "SARA@tehran.example", address="192.0.2.1")
    deliver()

    joining.set_password(sending, token_in(postbox.letters[-1]), OTHER_PASSWORD)

    assert enter(sending, password=OTHER_PASSWORD).person == sara.person
    assert ("reset-mailed", "visitor") in lines_of(sending, f"person:{sara.person.id}")


def test_a_reset_by_mail_works_half_an_hour(
    sending: Site, clock: Clock, postbox: Postbox, deliver: Deliver
) -> None:
    come_in(sending)
    resetting.ask_for_reset(sending, "sara@tehran.example")
    deliver()
    clock.go(minutes=30)

    with pytest.raises(LinkUnusable):
        joining.look_at(sending, token_in(postbox.letters[-1]))


def test_nothing_is_sent_to_an_address_without_account_and_nothing_is_kept(
    sending: Site, postbox: Postbox, deliver: Deliver
) -> None:
    resetting.ask_for_reset(sending, "nobody@x.example")

    deliver()

    assert postbox.letters == []
    assert queued(sending) == []


def test_suspended_people_get_no_link(sending: Site, postbox: Postbox, deliver: Deliver) -> None:
    sara = actor_of(sending, come_in(sending))
    persons.suspend(sending, id_of(sara), by=OPERATOR)
    resetting.ask_for_reset(sending, "sara@tehran.example")

    deliver()

    assert postbox.letters == []


def test_asking_again_while_the_letter_waits_makes_no_second_one(sending: Site) -> None:
    come_in(sending)

    for _ in range(5):
        resetting.ask_for_reset(sending, "sara@tehran.example")

    assert [row["kind"] for row in queued(sending)].count("reset") == 1


def test_asking_is_limited_for_an_account_and_for_an_address(sending: Site) -> None:
    for number in range(10):
        resetting.ask_for_reset(sending, "sara@tehran.example", address=f"192.0.2.{number}")
        resetting.ask_for_reset(sending, f"p{number}@x.example", address="198.51.100.1")

    with pytest.raises(TooManyTries):
        resetting.ask_for_reset(sending, "sara@tehran.example", address="192.0.2.99")
    with pytest.raises(TooManyTries):
        resetting.ask_for_reset(sending, "p99@x.example", address="198.51.100.1")


def test_asking_for_resets_locks_nobody_out(sending: Site) -> None:
    come_in(sending)
    for number in range(10):
        resetting.ask_for_reset(sending, "sara@tehran.example", address=f"203.0.113.{number}")

    assert enter(sending).token


def test_without_mail_nothing_is_queued(exchange: Site) -> None:
    come_in(exchange)

    resetting.ask_for_reset(exchange, "sara@tehran.example")

    assert queued(exchange) == []


def test_a_changed_password_is_told(sending: Site, postbox: Postbox, deliver: Deliver) -> None:
    sara = come_in(sending)
    link = joining.reset_link(sending, sara.person.id, by=OPERATOR)
    joining.set_password(sending, link.token, OTHER_PASSWORD)

    deliver()

    assert [letter.worded.subject for letter in postbox.letters] == ["گذرواژه شما عوض شد"]
    assert [row["kind"] for row in queued(sending)] == []


def test_known_and_unknown_addresses_are_answered_alike_in_time(sqlite_sending: Site, clock: Clock) -> None:
    come_in(sqlite_sending)
    times: dict[str, list[float]] = {"known": [], "unknown": []}

    for number in range(200):
        for kind, email in (("known", "sara@tehran.example"), ("unknown", "nobody@x.example")):
            began = time.perf_counter()
            resetting.ask_for_reset(
                sqlite_sending, email, address=f"2001:db8:{number:x}:{kind == 'known'}::1"
            )
            times[kind].append(time.perf_counter() - began)
        clock.go(minutes=1)

    medians = [statistics.median(taken) for taken in times.values()]
    assert abs(medians[0] - medians[1]) < 0.005


def test_a_guessed_token_opens_nothing(sending: Site) -> None:
    with pytest.raises(LinkUnusable):
        joining.look_at(sending, new_token())
