"""The schema of comments: what was said, its earlier states, reports, and the moderators' queue."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, text

from knowledgebase.domain.comment import CommentKind, CommentState, CommentText, MatterKind, Outcome, Side
from knowledgebase.store.columns import Kept, Moment, key
from knowledgebase.store.schema import at_least, closed, metadata

__all__ = ["comment_reports", "comment_revisions", "comments", "matters", "metadata"]


def _to(
    name: str,
    target: str,
    *,
    may_be_empty: bool = False,
    goes_with_it: bool = False,
    is_key: bool = False,
) -> Column[int]:
    """Return a column with the number of a row of another table."""
    reference = ForeignKey(f"{target}.number", ondelete="CASCADE" if goes_with_it else None)
    return Column(
        name, Integer, reference, nullable=may_be_empty, primary_key=is_key, autoincrement=not is_key
    )


comments = Table(
    "comments",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", key(), nullable=False, unique=True),
    _to("case_number", "cases", may_be_empty=True, goes_with_it=True),  # what it is about: a case ...
    _to("about_city_number", "cities", may_be_empty=True),  # ... or a city
    _to("thread_number", "comments", may_be_empty=True),  # the first of its thread; empty for that one
    _to("parent_number", "comments", may_be_empty=True),  # the one it answers
    _to("writer_number", "people"),
    _to("city_number", "cities", may_be_empty=True),  # where the writer spoke from, or for which
    Column("as_city", Boolean, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", key(), nullable=False),
    Column("token", key(), nullable=False),  # of the form: a second sending finds the first row
    Column("likeness", key(), nullable=False),  # hash of what it says, folded
    Column("revision", Integer, nullable=False),
    Column("created", Moment, nullable=False),
    Column("published", Moment),  # first shown
    Column("edited", Moment),
    Column("hidden_at", Moment),
    Column("hidden_by", Text),
    Column("hidden_reason", Text),
    Column("city_may_hide", Boolean, nullable=False),
    Column("is_pinned", Boolean, nullable=False),
    Column("is_accepted", Boolean, nullable=False),
    Column("office", Text),  # that spoke as the city, as it was then
    Column("texts", Kept(tuple[CommentText, ...]), nullable=False),
    closed("kind", CommentKind),
    closed("state", CommentState),
    closed("hidden_by", Side),
    at_least("revision", 1),
    CheckConstraint("(case_number is null) <> (about_city_number is null)", name="about"),
    CheckConstraint("(thread_number is null) = (parent_number is null)", name="thread"),
    CheckConstraint("not as_city or (city_number is not null and office is not null)", name="as_city"),
    CheckConstraint("state in ('held', 'refused', 'deleted') or published is not null", name="published"),
    CheckConstraint(
        "(state = 'hidden') = (hidden_at is not null) and (hidden_at is null) = (hidden_by is null)"
        " and (hidden_at is null) = (hidden_reason is null)",
        name="hiding",
    ),
    CheckConstraint("not is_pinned or (state = 'visible' and case_number is not null)", name="is_pinned"),
    CheckConstraint(
        "not is_accepted or (state = 'visible' and thread_number is not null)", name="is_accepted"
    ),
    Index("ix_comments_token", "writer_number", "token", unique=True),
    Index(
        "ix_comments_pinned",
        "case_number",
        unique=True,
        sqlite_where=text("is_pinned = 1"),
        postgresql_where=text("is_pinned"),
    ),
    Index(
        "ix_comments_accepted",
        "thread_number",
        unique=True,
        sqlite_where=text("is_accepted = 1"),
        postgresql_where=text("is_accepted"),
    ),
    Index(None, "case_number", "state"),
    Index(None, "about_city_number", "state"),
    Index(None, "thread_number", "state"),
    Index(None, "writer_number", "created"),
    Index(None, "city_number"),
    Index(None, "state", "published", "number"),
    sqlite_autoincrement=True,
)

comment_revisions = Table(
    "comment_revisions",
    metadata,
    _to("comment_number", "comments", goes_with_it=True, is_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("texts", Kept(tuple[CommentText, ...]), nullable=False),
    at_least("number", 1),
)

# What waits for a decision, and what was decided: nothing is removed from here.
matters = Table(
    "matters",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    _to("comment_number", "comments", may_be_empty=True, goes_with_it=True),
    _to("person_number", "people", may_be_empty=True),  # whose suspension is asked for
    _to("city_number", "cities", may_be_empty=True),  # whose admins may decide it too
    _to("asked_by_number", "people", may_be_empty=True),
    Column("reason", Text),
    Column("at", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", key()),  # person's id or "operator"
    Column("outcome", Text),
    Column("note", Text),
    closed("kind", MatterKind),
    closed("outcome", Outcome),
    CheckConstraint("(kind = 'suspension') = (person_number is not null)", name="person"),
    CheckConstraint("(kind = 'suspension') = (comment_number is null)", name="comment"),
    CheckConstraint(
        "(decided_at is null) = (outcome is null) and (decided_at is null) = (decided_by is null)",
        name="decision",
    ),
    Index(
        "ix_matters_open_comment",
        "comment_number",
        "kind",
        unique=True,
        sqlite_where=text("decided_at is null"),
        postgresql_where=text("decided_at is null"),
    ),
    Index(
        "ix_matters_open_person",
        "person_number",
        "kind",
        unique=True,
        sqlite_where=text("decided_at is null"),
        postgresql_where=text("decided_at is null"),
    ),
    Index(None, "comment_number"),
    Index(None, "city_number", "decided_at"),
    Index(None, "decided_at", "at"),
    sqlite_autoincrement=True,
)

comment_reports = Table(
    "comment_reports",
    metadata,
    _to("matter_number", "matters", goes_with_it=True, is_key=True),
    _to("reporter_number", "people", is_key=True),
    Column("at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
)
