"""What a letter says at the moment it is sent: to whom, with which link made just now, with which news."""

from dataclasses import dataclass, replace
from datetime import datetime

from knowledgebase.domain.letter import LetterKind, Readable, Waiting
from knowledgebase.domain.person import Person, PersonState
from knowledgebase.services.tokens import INVITATION_LASTS, RESET_LASTS, digest_of, new_token
from knowledgebase.store import cities, journal, links, news
from knowledgebase.store import people as accounts
from knowledgebase.store.connection import Connection
from knowledgebase.text.twins import folded_email

ASKED_BY = "visitor"  # whoever typed the address of an account; it need not be the person itself
_TO_STRANGERS = {LetterKind.INVITATION, LetterKind.JOINING_REFUSED}


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter that can be worded and sent."""

    waiting: Waiting
    to: str
    readable: Readable
    last_news: int = 0  # number of the last line it tells


def ready(db: Connection, waiting: Waiting, *, at: datetime) -> Ready | None:
    """Return a letter with all that its words need, None when there is nobody for it or nothing to say.

    The one-time link of an invitation or a reset is made here: only its hash is ever kept. A letter that is
    tried again brings another link, the one before it stays good for an invitation.
    """
    letter = waiting.letter
    person = _person(db, waiting)
    if letter.kind in _TO_STRANGERS:
        to, language = letter.email or "", letter.language
    elif person is not None:
        to, language = person.email, letter.language or person.profile.language
    else:
        return None
    made = Ready(waiting, to, Readable(letter.kind, language, told=letter.told))
    filled: Ready | None = made
    if letter.kind is LetterKind.INVITATION:
        filled = _with_invitation(db, made, at)
    elif letter.kind is LetterKind.RESET and person is not None:
        filled = _with_reset(db, made, person, at)
    elif letter.kind is LetterKind.NEWS and person is not None:
        filled = _with_news(db, made, person)
    return _with_cities(db, filled) if filled else None


def _person(db: Connection, waiting: Waiting) -> Person | None:
    """Return whose letter it is, None for a stranger's and when the account does not work."""
    letter = waiting.letter
    if letter.person is not None:
        found = accounts.find_by_number(db, letter.person)
    else:
        found = accounts.find_by_email(db, folded_email(letter.email or ""))
    person = found.person if found else None
    return person if person and person.state is PersonState.ACTIVE else None


def _with_invitation(db: Connection, made: Ready, at: datetime) -> Ready | None:
    token, expires = new_token(), at + INVITATION_LASTS
    of = made.waiting.letter.link or ""
    if not links.add_sibling(db, of, digest_of(token), at=at, expires=expires):
        return None
    return _with_link(made, token, expires)


def _with_reset(db: Connection, made: Ready, person: Person, at: datetime) -> Ready:
    token, expires = new_token(), at + RESET_LASTS
    links.offer_reset(db, digest_of(token), person.number, by=ASKED_BY, at=at, expires=expires)
    journal.write(db, at=at, by=ASKED_BY, action="reset-mailed", thing=f"person:{person.id}")
    return _with_link(made, token, expires)


def _with_link(made: Ready, token: str, expires: datetime) -> Ready:
    return replace(made, readable=replace(made.readable, token=token, expires=expires))


def _with_news(db: Connection, made: Ready, person: Person) -> Ready | None:
    last, told = news.of_person(db, person.number)
    if not told or not news.wants(db, person.number):
        return None
    return replace(made, readable=replace(made.readable, news=told, person=person.id), last_news=last)


def _with_cities(db: Connection, made: Ready) -> Ready:
    """Return the letter with the names of the cities that it names."""
    readable = made.readable
    named = {line.city for line in readable.news if line.city}
    if city := readable.told.get("city"):
        named.add(city)
    labels = cities.labels(db, named) if named else {}
    names = {city: label.names for city, label in labels.items()}
    return replace(made, readable=replace(readable, cities=names))
