"""News come in one letter an hour at most, with everything in it, and end with one click."""

from datetime import timedelta
from itertools import pairwise

import pytest

from knowledgebase.domain.errors import LinkUnusable, NotFound
from knowledgebase.domain.letter import Letter, LetterKind, NewsKind
from knowledgebase.domain.person import Actor
from knowledgebase.services import mailing, telling, unsubscribing
from knowledgebase.services.posting import Posted, Word, drain
from knowledgebase.services.site import Site
from tests.letters import KEY, Postbox, lines_for, queued, some_news, token_in
from tests.people import Clock, actor_of, come_in, id_of, lines_of, number_of


@pytest.fixture
def sara(sending: Site, postbox: Postbox, word: Word) -> Actor:
    """Lend somebody who reads English and has got its invitation."""
    entered = come_in(sending)
    drain(sending, send=postbox, word=word)
    postbox.letters.clear()
    return actor_of(sending, entered)


def tell(site: Site, actor: Actor, title: str = "Smog") -> None:
    with site.store.writing() as db:
        telling.tell(site, db, [number_of(actor)], some_news(title=title))


def test_the_first_news_come_at_once(sending: Site, sara: Actor, postbox: Postbox, word: Word) -> None:
    tell(sending, sara)

    drain(sending, send=postbox, word=word)

    assert ["Smog" in letter.worded.text for letter in postbox.letters] == [True]
    assert lines_for(sending, number_of(sara)) == []


def test_the_next_ones_come_an_hour_later_all_in_one_letter(
    sending: Site, sara: Actor, clock: Clock, postbox: Postbox, word: Word
) -> None:
    tell(sending, sara)
    drain(sending, send=postbox, word=word)
    for title in ("Heat", "Water"):
        clock.go(minutes=10)
        tell(sending, sara, title)

    early = drain(sending, send=postbox, word=word)
    clock.go(minutes=40)
    due = drain(sending, send=postbox, word=word)

    assert (early, due) == (Posted(), Posted(sent=1))
    assert all(title in postbox.letters[1].worded.text for title in ("Heat", "Water"))


def test_over_a_day_of_news_no_hour_sees_two_letters(
    sending: Site, sara: Actor, clock: Clock, postbox: Postbox, word: Word
) -> None:
    for number in range(144):
        tell(sending, sara, f"Case {number}.")
        drain(sending, send=postbox, word=word)
        clock.go(minutes=10)
    drain(sending, send=postbox, word=word)

    times = [letter.written for letter in postbox.letters]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    text = "\n".join(letter.worded.text for letter in postbox.letters)
    assert min(gaps) >= timedelta(hours=1)
    assert [number for number in range(144) if text.count(f"Case {number}.") != 1] == []


def test_news_that_come_while_a_letter_is_on_its_way_get_the_next_one(
    sending: Site, sara: Actor, clock: Clock, postbox: Postbox, word: Word
) -> None:
    tell(sending, sara)

    def late(letter: object) -> None:
        tell(sending, sara, "Heat")
        del letter

    drain(sending, send=late, word=word)
    early = drain(sending, send=postbox, word=word)
    clock.go(hours=1)
    drain(sending, send=postbox, word=word)

    assert early == Posted()
    assert ["Heat" in letter.worded.text for letter in postbox.letters] == [True]


def test_each_person_has_its_own_hour(sending: Site, sara: Actor, postbox: Postbox, word: Word) -> None:
    tell(sending, sara)
    drain(sending, send=postbox, word=word)
    nima = actor_of(sending, come_in(sending, "nima@tehran.example"))
    tell(sending, nima)

    drain(sending, send=postbox, word=word)

    assert "Smog" in postbox.to("nima@tehran.example")[-1].worded.text


def test_a_letter_of_news_has_its_way_out_and_others_have_none(
    sending: Site, sara: Actor, postbox: Postbox, word: Word
) -> None:
    tell(sending, sara)
    with sending.store.writing() as db:
        mailing.write(sending, db, Letter(LetterKind.PASSWORD_CHANGED, person=number_of(sara)))

    drain(sending, send=postbox, word=word)

    assert sorted(bool(letter.worded.leave) for letter in postbox.letters) == [False, True]


def test_the_link_of_a_letter_turns_news_off_without_log_in(
    sending: Site, sara: Actor, postbox: Postbox, word: Word
) -> None:
    tell(sending, sara)
    drain(sending, send=postbox, word=word)
    token = token_in(postbox.letters[0])

    for _ in range(2):
        unsubscribing.turn_off(sending, KEY, token)
    tell(sending, sara)

    assert not unsubscribing.wants_news(sending, by=sara)
    assert lines_for(sending, number_of(sara)) == []
    assert lines_of(sending, f"person:{id_of(sara)}") == [("news-off", id_of(sara))]


def test_news_that_wait_are_not_sent_after_that(
    sending: Site, sara: Actor, postbox: Postbox, word: Word
) -> None:
    tell(sending, sara)
    unsubscribing.turn_off(sending, KEY, unsubscribing.leave_token(KEY, id_of(sara)))

    drain(sending, send=postbox, word=word)

    assert postbox.letters == []
    assert queued(sending) == []


@pytest.mark.parametrize("change", ["{}x", "x{}", "", "{}.{}", "a.b", "\u0660"])
def test_a_changed_token_turns_nothing_off(sending: Site, sara: Actor, change: str) -> None:
    token = unsubscribing.leave_token(KEY, id_of(sara))

    with pytest.raises(LinkUnusable):
        unsubscribing.turn_off(sending, KEY, change.format(token, token))

    assert unsubscribing.wants_news(sending, by=sara)


def test_a_token_of_another_key_turns_nothing_off(sending: Site, sara: Actor) -> None:
    with pytest.raises(LinkUnusable):
        unsubscribing.turn_off(sending, KEY, unsubscribing.leave_token("other" * 8, id_of(sara)))


def test_news_can_be_turned_off_and_on_in_the_account(
    sending: Site, sara: Actor, postbox: Postbox, word: Word
) -> None:
    unsubscribing.set_news(sending, is_wanted=False, by=sara)
    tell(sending, sara, "Unseen")
    unsubscribing.set_news(sending, is_wanted=True, by=sara)
    tell(sending, sara, "Seen")

    drain(sending, send=postbox, word=word)

    assert ["Unseen" in letter.worded.text for letter in postbox.letters] == [False]
    assert unsubscribing.wants_news(sending, by=sara)


def test_a_visitor_turns_nobody_s_news_off(sending: Site) -> None:
    with pytest.raises(NotFound):
        unsubscribing.set_news(sending, is_wanted=False, by=Actor.visitor())


@pytest.mark.parametrize("kind", NewsKind)
def test_every_kind_of_news_is_put_into_words(
    sending: Site, sara: Actor, postbox: Postbox, word: Word, kind: NewsKind
) -> None:
    with sending.store.writing() as db:
        for city in (None, "tehran"):
            telling.tell(sending, db, [number_of(sara)], some_news(kind, city=city, note="Why not."))

    drain(sending, send=postbox, word=word)

    text = postbox.letters[0].worded.text
    assert "%(" not in text
    assert text.count("Why not.") == 2
