"""The schema of tags and translations made on the web: rules, proposals, and what cases got of them."""

from collections.abc import Mapping

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from knowledgebase.domain.proposal import ProposalKind, ProposalState
from knowledgebase.domain.record import Contribution
from knowledgebase.store.columns import Kept, Moment, key
from knowledgebase.store.schema import closed, metadata

__all__ = ["case_additions", "metadata", "proposals", "tag_rules", "tags_to_restate"]

tag_rules = Table(
    "tag_rules",
    metadata,
    Column("folded", key(), primary_key=True),
    Column("merged_into", key()),  # folded; may have a rule of its own
    Column("shown", Text),  # of the tag merged into, or its own
    Column("is_forbidden", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text),
    CheckConstraint("merged_into <> folded", name="not_itself"),
    CheckConstraint("is_forbidden = (shown is null)", name="one_decision"),
    CheckConstraint("merged_into is null or not is_forbidden", name="not_both"),
    Index(None, "merged_into"),
)

# Tags whose rule was made, changed or taken back, until every case with them follows it.
tags_to_restate = Table(
    "tags_to_restate",
    metadata,
    Column("folded", key(), primary_key=True),
    Column("after", Integer, nullable=False),  # number of the last case that follows it
)

proposals = Table(
    "proposals",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", key(), nullable=False, unique=True),
    Column("case_number", Integer, ForeignKey("cases.number", ondelete="CASCADE"), nullable=False),
    Column("city_number", Integer, ForeignKey("cities.number"), nullable=False),  # that decides
    Column("person_number", Integer, ForeignKey("people.number", ondelete="CASCADE"), nullable=False),
    Column("token", key(), nullable=False),  # of the form: sent twice, it makes one proposal
    Column("state", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("folded", key()),  # of a tag
    Column("shown", Text),
    Column("language", key()),  # of a translation
    Column("title", Text),
    Column("summary", Text),
    Column("translator", Text),  # kind of translator
    Column("at", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", Text),  # as the journal names people
    Column("line", Text),  # with which it was decided
    Column("gave", key()),  # folded tag that the case got by it and had not before
    closed("state", ProposalState),
    closed("kind", ProposalKind),
    CheckConstraint("(kind = 'tag') = (folded is not null and shown is not null)", name="tag"),
    CheckConstraint(
        "(kind = 'translation') = (language is not null and title is not null and summary is not null"
        " and translator is not null)",
        name="translation",
    ),
    CheckConstraint("(state = 'open') = (decided_at is null)", name="decided_at"),
    UniqueConstraint("person_number", "token"),
    Index(None, "city_number", "state", "number"),
    Index(None, "state", "number"),
    Index(None, "person_number", "number"),
    Index(None, "case_number", "state"),
    sqlite_autoincrement=True,
)

case_additions = Table(
    "case_additions",
    metadata,
    Column(
        "case_number",
        Integer,
        ForeignKey("cases.number", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("sought", Text, nullable=False),  # folded words that the simple list looks in
    Column("contributed", Kept(Mapping[str, Contribution]), nullable=False),  # translations by language
)
