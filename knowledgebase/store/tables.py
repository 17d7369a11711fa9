"""The schema with its families in tables_*.py; migrations/ leads there, and a test holds the two together.

Small columns stand before big ones, so that SQLite reads the beginning of a row for a list.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)

from knowledgebase.domain.case import Case, Status, WriterKind
from knowledgebase.domain.city import City
from knowledgebase.domain.record import Card, Heading, Origin, State, Tag
from knowledgebase.domain.topic import Topic
from knowledgebase.store import (
    tables_comments,
    tables_drafts,
    tables_joining,
    tables_journal,
    tables_letters,
    tables_people,
    tables_tagging,
)
from knowledgebase.store.columns import Kept, Moment, Packed, key
from knowledgebase.store.schema import at_least, closed
from knowledgebase.store.values import Role, Thing

metadata = tables_people.metadata  # of all families
journal = tables_journal.journal
# Named, so that the metadata knows them.
FAMILIES = (
    tables_comments,
    tables_drafts,
    tables_joining,
    tables_journal,
    tables_letters,
    tables_people,
    tables_tagging,
)


def _of_case(*, is_key: bool = True) -> Column[int]:
    target = ForeignKey("cases.number", ondelete="CASCADE")
    return Column("case_number", Integer, target, primary_key=is_key, nullable=False, autoincrement=False)


def _of_city(*, is_key: bool = True) -> Column[int]:
    target = ForeignKey("cities.number", ondelete="CASCADE" if is_key else None)
    return Column("city_number", Integer, target, primary_key=is_key, nullable=False, autoincrement=False)


site = Table(
    "site",
    metadata,
    Column("id", Text, primary_key=True),
    Column("epoch", Integer, nullable=False, server_default=text("0")),
)

cities = Table(
    "cities",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", key(), nullable=False, unique=True),
    Column("country", key(), nullable=False),
    Column("state", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("folder", Text),  # that a file city was imported from
    Column("revision", Integer, nullable=False),
    Column("updated", Moment, nullable=False),
    Column("renderer_version", Integer, nullable=False),
    Column("names", Kept(dict[str, str]), nullable=False),  # by language
    Column("detail", Kept(City), nullable=False),  # without its body
    Column("headings", Kept(tuple[Heading, ...]), nullable=False),
    Column("body", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("plain", Text, nullable=False),
    closed("state", State),
    closed("origin", Origin),
    at_least("revision", 1),
    Index(None, "country"),
    sqlite_autoincrement=True,  # a number is never given again
)

city_revisions = Table(
    "city_revisions",
    metadata,
    _of_city(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("note", Text),
    Column("detail", Kept(City), nullable=False),
    Column("body", Text, nullable=False),
    at_least("number", 1),
)

memberships = Table(
    "memberships",
    metadata,
    _of_city(),
    Column("network", key(), primary_key=True),
    Index(None, "network", "city_number"),
)

cases = Table(
    "cases",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", key(), nullable=False, unique=True),
    _of_city(is_key=False),
    Column("city", key(), nullable=False),
    Column("slug", key(), nullable=False),
    Column("language", key(), nullable=False),
    Column("title", Text, nullable=False),
    Column("status", key(), nullable=False),
    Column("year", Integer),
    Column("written_by", key(), nullable=False),
    Column("evidence", Integer, nullable=False),
    Column("state", key(), nullable=False),
    Column("origin", Text, nullable=False),
    Column("folder", Text),  # that a file case was imported from
    Column("revision", Integer, nullable=False),
    Column("index_revision", BigInteger, nullable=False),  # the site's epoch in the upper 32 bits
    Column("first_published", Moment, nullable=False),
    Column("updated", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Column("newest", key(), nullable=False),  # "YYYY-MM-DD|id" of the first publication
    Column("renderer_version", Integer, nullable=False),
    Column("tags", Kept(tuple[Tag, ...]), nullable=False),  # as in case_tags, each folded form once
    Column("sought", Text, nullable=False),  # folded words that the simple list looks in
    Column("card", Kept(Card), nullable=False),
    Column("plain", Text, nullable=False),
    Column("headings", Kept(tuple[Heading, ...]), nullable=False),
    Column("detail", Kept(Case), nullable=False),  # without its body
    Column("html", Text, nullable=False),
    Column("body", Text, nullable=False),
    closed("status", Status),
    closed("written_by", WriterKind),
    closed("state", State),
    closed("origin", Origin),
    CheckConstraint("evidence between 0 and 4", name="evidence"),
    CheckConstraint("(state = 'withdrawn') = (withdrawn_at is not null)", name="withdrawn_at"),
    at_least("revision", 1),
    at_least("index_revision", 1),
    Index(None, "state", "newest"),
    Index(None, "city_number", "state", "newest"),
    Index("ix_cases_facets", "language", "status", "year", "written_by", "city_number"),
    sqlite_autoincrement=True,
)

# `newest` of the next two repeats the case's while it is public and is empty otherwise:
# lists and counts by topic and tag need no look at the case.
case_topics = Table(
    "case_topics",
    metadata,
    _of_case(),
    Column("topic", key(), primary_key=True),
    Column("rank", Integer, nullable=False),  # from 0
    Column("newest", key()),
    closed("topic", Topic),
    Index(None, "topic", "newest", "case_number"),
)

case_tags = Table(
    "case_tags",
    metadata,
    _of_case(),
    Column("folded", key(), primary_key=True),
    Column("origin", Text, primary_key=True),
    Column("shown", Text, nullable=False),
    Column("as_folded", key(), nullable=False),  # what it counts as under the rules for tags
    Column("as_shown", Text, nullable=False),
    Column("rank", Integer, nullable=False),  # from 0, within its origin
    Column("newest", key()),  # also empty where the tag is forbidden, or one before it counts as the same
    closed("origin", ("file", "web")),
    Index(None, "as_folded", "newest", "case_number"),
    Index(None, "folded", "case_number"),
)

case_revisions = Table(
    "case_revisions",
    metadata,
    _of_case(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("note", Text),
    Column("detail", Kept(Case), nullable=False),
    Column("body", Text, nullable=False),
    at_least("number", 1),
)

former_addresses = Table(
    "former_addresses",
    metadata,
    Column("id", key(), primary_key=True),  # a case id that leads elsewhere now
    _of_case(is_key=False),
    Column("since", Moment, nullable=False),
    Index(None, "case_number"),
)

covers = Table(
    "covers",
    metadata,
    _of_case(),
    Column("name", Text, nullable=False),
    Column("width", Integer, nullable=False),  # pixels
    Column("height", Integer, nullable=False),  # pixels
    Column("digest", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    at_least("width", 1),
    at_least("height", 1),
)

files = Table(
    "files",
    metadata,
    Column("folder", Text, primary_key=True),
    Column("path", Text, primary_key=True),
    Column("thing", Text, nullable=False),
    Column("id", key(), nullable=False),  # of the case or city
    Column("digest", Text, nullable=False),
    Column("cover", Text),  # digest of the picture beside it
    Column("versions", Text, nullable=False),
    closed("thing", Thing),
)

outbox = Table(
    "outbox",
    metadata,
    Column("case_id", key(), primary_key=True),  # one row a document: a dirty set, not a log
    Column("revision", BigInteger, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("is_hidden", Boolean, nullable=False),  # the document must not be found any more
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("refusals", Integer, nullable=False, server_default=text("0")),  # permanent ones
    Column("next_try_at", Moment),
    Column("is_poison", Boolean, nullable=False, server_default=text("false")),
    Column("last_error", Text),
    Index(None, "queued_at"),
    Index(
        "ix_outbox_hidden", "case_id", sqlite_where=text("is_hidden = 1"), postgresql_where=text("is_hidden")
    ),
)

generations = Table(
    "generations",
    metadata,
    Column("name", Text, primary_key=True),
    Column("engine", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("cursor", Integer, nullable=False, server_default=text("0")),
    Column("created", Moment, nullable=False),
    closed("role", Role),
    Index(
        "ix_generations_live",
        "engine",
        unique=True,
        sqlite_where=text("role = 'live'"),
        postgresql_where=text("role = 'live'"),
    ),
)

words = Table(
    "words",
    metadata,
    Column("folded", key(), primary_key=True),
    Column("shown", Text, nullable=False),
    Column("cases", Integer, nullable=False),  # public ones
)

case_words = Table(
    "case_words",
    metadata,
    Column("case_id", key(), primary_key=True),
    Column("words", Packed, nullable=False),  # folded to shown, as last counted
)
