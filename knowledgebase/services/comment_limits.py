"""How much may be said in a while: less by new people, and nothing twice."""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from knowledgebase.domain.comment import CommentText
from knowledgebase.domain.errors import Fault, Invalid, TooManyComments
from knowledgebase.domain.person import JoinedBy, Person
from knowledgebase.store import comments
from knowledgebase.store.connection import Connection
from knowledgebase.text.normalize import skeleton

NEW_FOR = timedelta(days=14)
LINKS_MAX = 2  # of somebody new
_DAY = timedelta(days=1)
_WHILE = timedelta(minutes=10)
OF_NEW = ((3, _WHILE), (10, _DAY))  # comments within a time
OF_ALL = ((30, _WHILE),)
_LINK = re.compile(r"<a |https?://|www\.", re.IGNORECASE)
_LINKED = re.compile(r"<a [^>]*>[^<]*</a>")


def likeness_of(texts: Sequence[CommentText]) -> str:
    """Return a hash that is the same for texts that say the same, however they are spelled and spaced."""
    said = "\n".join(skeleton(text.plain) for text in texts)
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def is_trusted(db: Connection, person: Person) -> bool:
    """Say whether a person's comments are shown at once: it was invited, or one was released before."""
    return person.joined_by is not JoinedBy.REQUEST or comments.has_released(db, person.number)


def refuse_flood(db: Connection, person: Person, texts: Sequence[CommentText], *, at: datetime) -> None:
    """Return nothing where a person may say one more thing now.

    Raises TooManyComments with the time to wait, Invalid for what it said within a day and for too many
    links of somebody new.
    """
    refuse_links(db, person, texts, at=at)
    said = comments.said_since(db, person.number, at - _DAY)
    for most, within in OF_NEW if is_new(db, person, at=at) else OF_ALL:
        recent = [moment for moment, _ in said if moment > at - within]
        if len(recent) >= most:
            wait = recent[-most] + within - at
            raise TooManyComments(person.id, max(1, ceil(wait.total_seconds())))
    likeness = likeness_of(texts)
    if any(likeness == before for _, before in said):
        raise Invalid([Fault("said-already", "body")])


def refuse_links(db: Connection, person: Person, texts: Sequence[CommentText], *, at: datetime) -> None:
    """Return nothing unless somebody new links more than it may. Raises Invalid then."""
    links = sum(_links(text.html) for text in texts)
    if links > LINKS_MAX and is_new(db, person, at=at):
        raise Invalid([Fault("too-many-links", "body", values={"most": LINKS_MAX, "length": links})])


def is_new(db: Connection, person: Person, *, at: datetime) -> bool:
    """Say whether an account is younger than two weeks and nobody has released a comment of it."""
    return person.created > at - NEW_FOR and not comments.has_released(db, person.number)


def _links(html: str) -> int:
    """Return the number of links, written out ones included."""
    return len(_LINK.findall(_LINKED.sub("<a ", html)))
