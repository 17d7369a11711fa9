"""Whom a comment is news for: the one place from which letters about comments start."""

from collections.abc import Iterable
from enum import StrEnum

from knowledgebase.domain.comment import Comment, CommentKind
from knowledgebase.store import comments, members
from knowledgebase.store.connection import Connection


class News(StrEnum):
    """What somebody is told."""

    ANSWERED = "answered"  # to the writer of the comment that was answered
    COMMENTED = "commented"  # to the admins of the city that is talked about
    ASKED = "asked"  # likewise, a question
    WAITING = "waiting"  # to the admins of the writer's city: a comment waits to be released
    RELEASED = "released"  # to the writer
    REFUSED = "refused"  # to the writer
    HIDDEN = "hidden"  # to the writer
    RESTORED = "restored"  # to the writer
    ACCEPTED = "accepted"  # to the writer of an answer


def tell_published(db: Connection, comment: Comment) -> None:
    """Tell whom a comment answers, and the people of the city that it is about, each once."""
    answered: set[int] = set()
    if comment.parent:
        parent = comments.find(db, comment.parent)
        if parent and parent.writer_number != comment.writer_number:
            answered = {parent.writer_number}
    _tell(db, News.ANSWERED, answered, comment)
    admins = set(members.admins_of(db, comment.about.city)) - answered - {comment.writer_number}
    news = News.ASKED if comment.kind is CommentKind.QUESTION else News.COMMENTED
    _tell(db, news, admins, comment)


def tell_waiting(db: Connection, comment: Comment) -> None:
    """Tell the admins of the writer's city that somebody's first comment waits for them."""
    city = comment.byline.city
    admins = set(members.admins_of(db, city)) - {comment.writer_number} if city else set()
    _tell(db, News.WAITING, admins, comment)


def tell_writer(db: Connection, news: News, comment: Comment, *, by_number: int | None) -> None:
    """Tell the writer what became of a comment, unless that was its own doing."""
    if comment.writer_number != by_number:
        _tell(db, news, {comment.writer_number}, comment)


def _tell(db: Connection, news: News, to: Iterable[int], comment: Comment) -> None:
    """Write a letter to each of these people, by their numbers.

    Letters hang on the comment's id and on what it is about; they go out with the transaction.
    """
    del db, news, to, comment
