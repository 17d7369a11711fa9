"""The schema of letters: what is to be sent, news that wait for one, who wants none, families of links."""

from collections.abc import Mapping

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, text

from knowledgebase.domain.letter import LetterKind, News
from knowledgebase.store.columns import Kept, Moment, key
from knowledgebase.store.schema import closed, metadata

__all__ = ["letters", "link_families", "news", "news_refusals"]

letters = Table(
    "letters",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", key(), nullable=False, unique=True),  # random
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),  # empty: the person's
    Column("person_number", Integer, ForeignKey("people.number", ondelete="CASCADE")),
    Column("email", Text),
    Column("once", key(), unique=True),  # while it waits there is no second one
    Column("link", key()),  # hash of the one-time link that it brings a sibling of
    Column("told", Kept(Mapping[str, str]), nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("next_try_at", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("sent", Moment),
    Column("is_given_up", Boolean, nullable=False),
    Column("last_error", Text),
    closed("kind", LetterKind),
    CheckConstraint("(person_number is null) <> (email is null)", name="recipient"),
    CheckConstraint("sent is null or not is_given_up", name="end"),
    Index(
        "ix_letters_waiting",
        "next_try_at",
        sqlite_where=text("sent is null and is_given_up = 0"),
        postgresql_where=text("sent is null and not is_given_up"),
    ),
    Index(None, "person_number", "kind", "sent"),
    sqlite_autoincrement=True,
)

news = Table(
    "news",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("person_number", Integer, ForeignKey("people.number", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("told", Kept(News), nullable=False),
    Index(None, "person_number", "number"),
    sqlite_autoincrement=True,
)

# People who want no news by mail; what concerns their account's safety is sent to them as well.
news_refusals = Table(
    "news_refusals",
    metadata,
    Column(
        "person_number",
        Integer,
        ForeignKey("people.number", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("since", Moment, nullable=False),
)

# Links to the same, of which one may be used: the one shown on a page and those that letters brought.
link_families = Table(
    "link_families",
    metadata,
    Column("digest", key(), ForeignKey("one_time_links.digest", ondelete="CASCADE"), primary_key=True),
    Column("family", key(), nullable=False),  # hash of its first link
    Column("is_by_request", Boolean, nullable=False),  # whoever uses it has asked to join
    Index(None, "family"),
)
