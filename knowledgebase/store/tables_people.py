"""The schema of people: accounts, their places in cities, sessions, one-time links, tries to log in."""

from collections.abc import Iterable

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, text

from knowledgebase.domain.person import CityRole, JoinedBy, LinkKind, PersonState, PlatformRole, Showing
from knowledgebase.store.columns import Moment, key
from knowledgebase.store.schema import closed, metadata

__all__ = ["attempts", "city_members", "member_names", "metadata", "one_time_links", "people", "sessions"]


def _of_person(*, may_be_empty: bool = False) -> Column[int]:
    target = ForeignKey("people.number", ondelete="CASCADE")
    return Column("person_number", Integer, target, nullable=may_be_empty)


def _of_city(*, may_be_empty: bool = False) -> Column[int]:
    return Column("city_number", Integer, ForeignKey("cities.number"), nullable=may_be_empty)


def _rights() -> Iterable[CheckConstraint]:
    """Return the rules between a role in a city and its two rights; see domain/person.py."""
    yield closed("role", CityRole)
    yield CheckConstraint("role <> 'member' or not (may_publish or speaks_for_city)", name="member_rights")
    yield CheckConstraint("role <> 'admin' or (may_publish and speaks_for_city)", name="admin_rights")


people = Table(
    "people",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", key(), nullable=False, unique=True),
    Column("email", Text, nullable=False),  # as typed
    Column("email_folded", key(), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("latin_name", Text),
    Column("position", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("shows", Text, nullable=False),
    Column("language", Text, nullable=False),  # of the interface
    Column("platform_role", Text),
    Column("state", Text, nullable=False),
    Column("joined_by", Text, nullable=False),
    Column("created", Moment, nullable=False),
    Column("password", Text, nullable=False),  # argon2id with its parameters and salt
    closed("shows", Showing),
    closed("platform_role", PlatformRole),
    closed("state", PersonState),
    closed("joined_by", JoinedBy),
    sqlite_autoincrement=True,  # a number is never given again
)

city_members = Table(
    "city_members",
    metadata,
    Column("number", Integer, primary_key=True),
    _of_city(),
    _of_person(),
    Column("role", Text, nullable=False),
    Column("may_publish", Boolean, nullable=False),
    Column("speaks_for_city", Boolean, nullable=False),
    Column("since", Moment, nullable=False),
    Column("ended", Moment),
    *_rights(),
    Index(
        "ix_city_members_active",
        "person_number",
        "city_number",
        unique=True,
        sqlite_where=text("ended is null"),
        postgresql_where=text("ended is null"),
    ),
    Index(None, "city_number"),
    sqlite_autoincrement=True,
)

# What the names of a city's active members look like, each look once: no two people pass for each other.
member_names = Table(
    "member_names",
    metadata,
    Column("city_number", Integer, ForeignKey("cities.number"), primary_key=True, autoincrement=False),
    Column("skeleton", key(), primary_key=True),
    Column("member_number", Integer, ForeignKey("city_members.number", ondelete="CASCADE"), nullable=False),
    Index(None, "member_number"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", key(), primary_key=True),  # SHA-256 of the token
    _of_person(),
    Column("created", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("is_remembered", Boolean, nullable=False),
    Column("agent", Text, nullable=False),
    Index(None, "person_number"),
    Index(None, "expires"),
)

one_time_links = Table(
    "one_time_links",
    metadata,
    Column("digest", key(), primary_key=True),  # SHA-256 of the token
    Column("kind", Text, nullable=False),
    Column("email", Text),
    Column("email_folded", key()),
    _of_city(may_be_empty=True),
    Column("role", Text),
    Column("may_publish", Boolean),
    Column("speaks_for_city", Boolean),
    Column("platform_role", Text),
    _of_person(may_be_empty=True),
    Column("made_by", key(), nullable=False),  # person's id or "operator"
    Column("made", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("used", Moment),
    closed("kind", LinkKind),
    closed("platform_role", PlatformRole),
    *_rights(),
    CheckConstraint("(kind = 'reset') = (person_number is not null)", name="person"),
    CheckConstraint("(kind = 'invitation') = (email is not null)", name="email"),
    CheckConstraint("(role is null) = (city_number is null)", name="city"),
    CheckConstraint("kind = 'reset' or role is not null or platform_role is not null", name="purpose"),
    Index(None, "email_folded"),
    Index(None, "person_number"),
    Index(None, "made_by"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", key(), nullable=False),  # "account:...", "address:..." or "all"
    Column("at", Moment, nullable=False),
    Index(None, "key", "at"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)
