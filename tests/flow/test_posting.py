"""Letters that wait leave the house: once, in turn, tried for days, lost never."""

from datetime import timedelta
from threading import Event, Thread

import pytest

from knowledgebase.domain.letter import Enveloped, Letter, LetterKind
from knowledgebase.services import mailing
from knowledgebase.services import people as persons
from knowledgebase.services.posting import Posted, Word, drain
from knowledgebase.services.site import Site
from knowledgebase.services.transports import Why
from knowledgebase.store import letters as store
from knowledgebase.store.tables_letters import letters
from tests.letters import Postbox, queued
from tests.people import OPERATOR, Clock, actor_of, come_in, id_of, number_of, rows


def changed(site: Site, email: str = "sara@tehran.example") -> int:
    """Let somebody be there who gets a letter, and no other one wait; return its number."""
    person = number_of(actor_of(site, come_in(site, email)))
    with site.store.writing() as db:
        for row in store_rows(site):
            store.drop(db, row)
        mailing.write(site, db, Letter(LetterKind.PASSWORD_CHANGED, person=person))
    return person


def store_rows(site: Site) -> list[int]:
    return [row["number"] for row in queued(site) if row["kind"] == "invitation"]


def test_a_letter_goes_out_once(sending: Site, postbox: Postbox, word: Word) -> None:
    changed(sending)

    first = drain(sending, send=postbox, word=word)
    second = drain(sending, send=postbox, word=word)

    assert (first, second) == (Posted(sent=1), Posted())
    assert [letter.to for letter in postbox.letters] == ["sara@tehran.example"]


def test_a_letter_is_undone_with_what_it_tells(sending: Site) -> None:
    person = changed(sending)
    before = len(queued(sending))

    def fail() -> None:
        with sending.store.writing() as db:
            mailing.write(sending, db, Letter(LetterKind.PASSWORD_CHANGED, person=person))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert len(queued(sending)) == before


def test_a_letter_put_off_waits_longer_each_time_and_is_given_up_after_days(
    sending: Site, clock: Clock, postbox: Postbox, word: Word
) -> None:
    changed(sending)
    postbox.refusals["sara@tehran.example"] = Why.LATER
    waits = []

    while waiting := queued(sending):
        clock.at = waiting[0]["next_try_at"]
        drain(sending, send=postbox, word=word)
        waits += [row["next_try_at"] - clock.at for row in queued(sending)]

    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert max(waits) == timedelta(days=1)
    assert sum(waits, timedelta()) <= mailing.TRIED
    with sending.store.reading() as db:
        assert store.facts(db).given_up == 1


def test_a_refused_letter_is_given_up_at_once(sending: Site, postbox: Postbox, word: Word) -> None:
    changed(sending)
    postbox.refusals["sara@tehran.example"] = Why.NEVER

    drain(sending, send=postbox, word=word)

    assert queued(sending) == []


def test_a_bad_address_holds_up_no_other(sending: Site, postbox: Postbox, word: Word) -> None:
    for name in ("a", "b", "c"):
        changed(sending, f"{name}@tehran.example")
    postbox.refusals |= {"a@tehran.example": Why.LATER, "b@tehran.example": Why.NEVER}

    posted = drain(sending, send=postbox, word=word)

    assert posted == Posted(sent=1, failed=2)
    assert [letter.to for letter in postbox.letters] == ["c@tehran.example"]


def test_a_round_ends_when_the_server_is_away_and_no_letter_is_lost(
    sending: Site, clock: Clock, postbox: Postbox, word: Word
) -> None:
    for name in ("a", "b"):
        changed(sending, f"{name}@tehran.example")
    postbox.refusals |= {f"{name}@tehran.example": Why.AWAY for name in ("a", "b")}

    away = drain(sending, send=postbox, word=word)
    postbox.refusals.clear()
    clock.go(minutes=1)
    drain(sending, send=postbox, word=word)

    assert away == Posted(failed=1, is_away=True)
    assert sorted(letter.to for letter in postbox.letters) == ["a@tehran.example", "b@tehran.example"]


def test_a_death_between_sending_and_noting_repeats_that_letter_alone(
    sending: Site, clock: Clock, postbox: Postbox, word: Word
) -> None:
    changed(sending)

    def die(letter: Enveloped) -> None:
        postbox(letter)
        raise SystemExit

    with pytest.raises(SystemExit):
        drain(sending, send=die, word=word)
    drain(sending, send=postbox, word=word)
    clock.go(minutes=2)
    drain(sending, send=postbox, word=word)
    drain(sending, send=postbox, word=word)

    assert len(postbox.letters) == 2
    assert len({letter.id for letter in postbox.letters}) == 1


def test_a_death_before_sending_loses_nothing(
    sending: Site, clock: Clock, postbox: Postbox, word: Word
) -> None:
    changed(sending)

    def die(letter: Enveloped) -> None:
        raise SystemExit(letter.id)

    with pytest.raises(SystemExit):
        drain(sending, send=die, word=word)
    clock.go(minutes=2)
    drain(sending, send=postbox, word=word)

    assert len(postbox.letters) == 1


def test_two_workers_never_send_the_same_letter_at_once(sending: Site, word: Word) -> None:
    for number in range(12):
        changed(sending, f"p{number}@tehran.example")
    box = Postbox()
    both = [Thread(target=drain, args=(sending,), kwargs={"send": box, "word": word}) for _ in range(4)]

    for worker in both:
        worker.start()
    for worker in both:
        worker.join()

    assert len(box.letters) == 12
    assert len({letter.id for letter in box.letters}) == 12


def test_a_letter_in_hand_is_left_alone_by_another_worker(sending: Site, word: Word) -> None:
    changed(sending)
    slow, box, is_begun, may_end = Postbox(), Postbox(), Event(), Event()

    def hold(letter: Enveloped) -> None:
        is_begun.set()
        may_end.wait(10)
        slow(letter)

    worker = Thread(target=drain, args=(sending,), kwargs={"send": hold, "word": word})
    worker.start()
    is_begun.wait(10)
    other = drain(sending, send=box, word=word)
    may_end.set()
    worker.join()

    assert (other, len(slow.letters)) == (Posted(), 1)


def test_a_round_is_bounded(sending: Site, postbox: Postbox, word: Word) -> None:
    for name in ("a", "b", "c"):
        changed(sending, f"{name}@tehran.example")

    assert drain(sending, send=postbox, word=word, most=2) == Posted(sent=2)
    assert len(queued(sending)) == 1


def test_suspended_people_get_no_letter(sending: Site, postbox: Postbox, word: Word) -> None:
    changed(sending)
    sara = actor_of(sending, come_in(sending, "nima@tehran.example"))
    for row in store_rows(sending):
        with sending.store.writing() as db:
            store.drop(db, row)
    with sending.store.writing() as db:
        mailing.write(sending, db, Letter(LetterKind.PASSWORD_CHANGED, person=number_of(sara)))
    persons.suspend(sending, id_of(sara), by=OPERATOR)

    drain(sending, send=postbox, word=word)

    assert [letter.to for letter in postbox.letters] == ["sara@tehran.example"]
    assert queued(sending) == []


def test_what_was_sent_is_forgotten_after_a_month(
    sending: Site, clock: Clock, postbox: Postbox, word: Word
) -> None:
    changed(sending)
    drain(sending, send=postbox, word=word)
    clock.go(days=31)
    changed(sending, "nima@tehran.example")

    drain(sending, send=postbox, word=word)

    assert len(postbox.letters) == 2
    assert rows(sending.store, letters) == 1
