"""The tables of drafts: what is written, earlier texts of it, and the links that show it."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from knowledgebase.domain.draft import DraftState, Typed
from knowledgebase.store.columns import Kept, Moment, key
from knowledgebase.store.schema import at_least, closed, metadata

__all__ = ["draft_links", "draft_texts", "drafts"]


def _of_draft(*, is_key: bool = False) -> Column[int]:
    target = ForeignKey("drafts.number", ondelete="CASCADE")
    return Column("draft_number", Integer, target, primary_key=is_key, nullable=False, autoincrement=False)


def _person(name: str) -> Column[int]:
    return Column(name, Integer, ForeignKey("people.number", ondelete="SET NULL"))


drafts = Table(
    "drafts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", key(), nullable=False, unique=True),
    Column("city_number", Integer, ForeignKey("cities.number"), nullable=False),
    _person("writer_number"),
    Column("token", key(), nullable=False),  # of the form that began it
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("made", Moment, nullable=False),
    Column("updated", Moment, nullable=False),
    Column("title", Text, nullable=False),  # for lists
    Column("language", Text, nullable=False),  # for lists, as typed
    Column("case_number", Integer, ForeignKey("cases.number")),  # that it revises, or became
    Column("case_revision", Integer),  # that was read to be revised
    _person("asked_number"),
    Column("asked_at", Moment),
    Column("returned", Text),
    Column("letter_number", Text),
    Column("letter_date", Text),
    Column("typed", Kept(Typed), nullable=False),
    closed("state", DraftState),
    at_least("revision", 1),
    CheckConstraint("state <> 'asked' or asked_at is not null", name="asked_at"),
    CheckConstraint("state <> 'returned' or returned is not null", name="returned"),
    CheckConstraint("state <> 'published' or case_number is not null", name="published"),
    CheckConstraint("case_revision is null or case_number is not null", name="case_revision"),
    CheckConstraint("letter_date is null or letter_number is not null", name="letter_date"),
    UniqueConstraint("writer_number", "token"),
    Index(None, "city_number", "updated"),
    Index(None, "case_number"),
    Index(None, "asked_number"),
    sqlite_autoincrement=True,
)

# What stood in a draft before, so that two people who wrote at once can see what each of them changed.
draft_texts = Table(
    "draft_texts",
    metadata,
    _of_draft(is_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("typed", Kept(Typed), nullable=False),
)

draft_links = Table(
    "draft_links",
    metadata,
    Column("number", Integer, primary_key=True),
    _of_draft(),
    Column("digest", key(), nullable=False, unique=True),  # SHA-256 of the token
    _person("made_number"),
    Column("made", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("revoked", Moment),
    Index(None, "draft_number"),
    Index(None, "made_number"),
    Index(None, "expires"),
    sqlite_autoincrement=True,
)
