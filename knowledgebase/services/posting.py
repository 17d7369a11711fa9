"""Send the letters that wait: each taken in hand by one worker, worded when it leaves, tried for days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledgebase.domain.letter import Enveloped, Letter, LetterKind, Readable, Waiting, Worded
from knowledgebase.services.mailing import write
from knowledgebase.services.readying import Ready, ready
from knowledgebase.services.site import Site
from knowledgebase.services.transports import NotSent, Send, Why
from knowledgebase.store import letters, news
from knowledgebase.store.alone import Work, alone
from knowledgebase.store.connection import Connection

BATCH = 50  # letters of one round
IN_HAND = timedelta(minutes=2)  # longer than a try can take; then another worker may try
NEWS_EVERY = timedelta(hours=1)  # letters of news to one person, at most

Word = Callable[[Readable], Worded]


@dataclass(frozen=True, slots=True)
class Posted:
    """What a round of sending did."""

    sent: int = 0
    failed: int = 0  # letters that wait for another try, or were given up
    is_away: bool = False  # the server cannot be reached: a next round may as well wait


def drain(site: Site, *, send: Send, word: Word, most: int = BATCH) -> Posted:
    """Send letters that are due, at most so many, and return what became of them.

    A process that dies between sending and noting it sends that one letter again after two minutes, with the
    same Message-ID. When the server is away the round ends; the letter waits like any that failed.
    """
    sent = failed = 0
    while sent + failed < most:
        next_one = _take(site)
        if next_one is None:
            break
        waiting, to = next_one.waiting, next_one.to
        try:
            send(Enveloped(waiting.id, to, site.now(), word(next_one.readable)))
        except NotSent as error:
            failed += 1
            _note_failure(site, waiting, error)
            if error.why is Why.AWAY:
                return Posted(sent, failed, is_away=True)
        else:
            sent += 1
            _note_sent(site, next_one)
    if sent:
        with site.store.writing() as db:
            letters.forget(db, now=site.now())
    return Posted(sent, failed)


def _take(site: Site) -> Ready | None:
    """Take the next letter in hand, past those that there is nobody for or no time yet."""
    while True:
        with site.store.reading() as db:
            if not letters.is_due(db, site.now()):
                return None
        with site.store.writing() as db:
            alone(db, Work.PEOPLE)  # as every writer of letters does first
            at = site.now()
            waiting = letters.take(db, now=at, until=at + IN_HAND)
            if waiting is None:
                return None
            if waiting.expires <= at:
                letters.give_up(db, waiting.number, "too old")
            elif (later := _not_before(db, waiting.letter, at)) is not None:
                letters.put_off(db, waiting.number, until=later)
            elif (made := ready(db, waiting, at=at)) is not None:
                return made
            else:
                letters.drop(db, waiting.number)


def _not_before(db: Connection, letter: Letter, at: datetime) -> datetime | None:
    """Return when news may be sent if that is not yet: an hour after the last ones."""
    if letter.kind is not LetterKind.NEWS or letter.person is None:
        return None
    last = letters.last_sent(db, letter.person, LetterKind.NEWS)
    return last + NEWS_EVERY if last is not None and last + NEWS_EVERY > at else None


def _note_failure(site: Site, waiting: Waiting, error: NotSent) -> None:
    with site.store.writing() as db:
        if error.why is Why.NEVER:
            letters.give_up(db, waiting.number, str(error))
        else:
            letters.fail(db, waiting, str(error), now=site.now())


def _note_sent(site: Site, made: Ready) -> None:
    """Note that a letter left; news that came meanwhile get a next one."""
    letter = made.waiting.letter
    with site.store.writing() as db:
        alone(db, Work.PEOPLE)
        letters.note_sent(db, made.waiting, at=site.now())
        if letter.kind is LetterKind.NEWS and letter.person is not None:
            news.drop(db, letter.person, until=made.last_news)
            if news.of_person(db, letter.person)[1]:
                write(site, db, Letter(LetterKind.NEWS, person=letter.person, once=letter.once))
