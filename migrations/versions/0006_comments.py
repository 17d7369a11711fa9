"""Comments: what was said, its earlier states, reports, and the moderators' queue."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def key() -> sa.types.TypeEngine[str]:
    """Return the type of ids: compared by code point in both databases."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    """Return a column for a moment."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def number(name: str, *, nullable: bool = True) -> sa.Column[int]:
    """Return a column for the number of a row of another table."""
    return sa.Column(name, sa.Integer(), nullable=nullable)


def reference(
    table: str, column: str, target: str, *, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    """Return the rule that a column holds the number of a row of another table."""
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.number"], name=name, ondelete=ondelete)


def rule(table: str, name: str, said: str) -> sa.CheckConstraint:
    """Return a rule of a table."""
    return sa.CheckConstraint(said, name=op.f(f"ck_{table}_{name}"))


def index(table: str, *columns: str) -> None:
    """Make an index that is named after its columns."""
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def index_of_some(table: str, name: str, *columns: str, sqlite: str, postgres: str) -> None:
    """Make an index of different rows among those for which something holds."""
    op.create_index(
        op.f(f"ix_{table}_{name}"),
        table,
        list(columns),
        unique=True,
        sqlite_where=sa.text(sqlite),
        postgresql_where=sa.text(postgres),
    )


def upgrade() -> None:
    """Make the tables."""
    make_comments()
    op.create_index(op.f("ix_comments_token"), "comments", ["writer_number", "token"], unique=True)
    index_of_some("comments", "pinned", "case_number", sqlite="is_pinned = 1", postgres="is_pinned")
    index_of_some("comments", "accepted", "thread_number", sqlite="is_accepted = 1", postgres="is_accepted")
    for columns in (
        ("case_number", "state"),
        ("about_city_number", "state"),
        ("thread_number", "state"),
        ("writer_number", "created"),
        ("city_number",),
        ("state", "published", "number"),
    ):
        index("comments", *columns)
    make_revisions()
    make_matters()
    is_open = {"sqlite": "decided_at is null", "postgres": "decided_at is null"}
    index_of_some("matters", "open_comment", "comment_number", "kind", **is_open)
    index_of_some("matters", "open_person", "person_number", "kind", **is_open)
    for columns in (("comment_number",), ("city_number", "decided_at"), ("decided_at", "at")):
        index("matters", *columns)
    make_reports()


def make_comments() -> None:
    """Make the table of comments."""
    table = "comments"
    op.create_table(
        table,
        number("number", nullable=False),
        sa.Column("id", key(), nullable=False),
        number("case_number"),
        number("about_city_number"),
        number("thread_number"),
        number("parent_number"),
        number("writer_number", nullable=False),
        number("city_number"),
        sa.Column("as_city", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", key(), nullable=False),
        sa.Column("token", key(), nullable=False),
        sa.Column("likeness", key(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        moment("created", nullable=False),
        *(moment(name) for name in ("published", "edited", "hidden_at")),
        sa.Column("hidden_by", sa.Text()),
        sa.Column("hidden_reason", sa.Text()),
        sa.Column("city_may_hide", sa.Boolean(), nullable=False),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("office", sa.Text()),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_comments")),
        sa.UniqueConstraint("id", name=op.f("uq_comments_id")),
        *rules_of_comments(table),
        sqlite_autoincrement=True,
    )


def rules_of_comments(table: str) -> list[sa.Constraint]:
    """Return what holds for every comment."""
    return [
        reference(table, "case_number", "cases", ondelete="CASCADE"),
        reference(table, "about_city_number", "cities"),
        reference(table, "thread_number", "comments"),
        reference(table, "parent_number", "comments"),
        reference(table, "writer_number", "people"),
        reference(table, "city_number", "cities"),
        rule(table, "kind", "kind in ('comment', 'question')"),
        rule(table, "state", "state in ('visible', 'held', 'refused', 'hidden', 'deleted')"),
        rule(table, "hidden_by", "hidden_by in ('city', 'moderator')"),
        rule(table, "revision", "revision >= 1"),
        rule(table, "about", "(case_number is null) <> (about_city_number is null)"),
        rule(table, "thread", "(thread_number is null) = (parent_number is null)"),
        rule(table, "as_city", "not as_city or (city_number is not null and office is not null)"),
        rule(table, "published", "state in ('held', 'refused', 'deleted') or published is not null"),
        rule(
            table,
            "hiding",
            "(state = 'hidden') = (hidden_at is not null) and (hidden_at is null) = (hidden_by is null)"
            " and (hidden_at is null) = (hidden_reason is null)",
        ),
        rule(table, "is_pinned", "not is_pinned or (state = 'visible' and case_number is not null)"),
        rule(table, "is_accepted", "not is_accepted or (state = 'visible' and thread_number is not null)"),
    ]


def make_revisions() -> None:
    """Make the table of what comments said before they were edited."""
    table = "comment_revisions"
    op.create_table(
        table,
        number("comment_number", nullable=False),
        number("number", nullable=False),
        moment("at", nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("comment_number", "number", name=op.f("pk_comment_revisions")),
        reference(table, "comment_number", "comments", ondelete="CASCADE"),
        rule(table, "number", "number >= 1"),
    )


def make_matters() -> None:
    """Make the moderators' queue."""
    table = "matters"
    ends = "'released', 'refused', 'dismissed', 'hidden', 'upheld', 'reversed', 'restored', 'suspended'"
    op.create_table(
        table,
        number("number", nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        *(number(f"{name}_number") for name in ("comment", "person", "city", "asked_by")),
        sa.Column("reason", sa.Text()),
        moment("at", nullable=False),
        moment("decided_at"),
        sa.Column("decided_by", key()),
        sa.Column("outcome", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_matters")),
        reference(table, "comment_number", "comments", ondelete="CASCADE"),
        reference(table, "person_number", "people"),
        reference(table, "city_number", "cities"),
        reference(table, "asked_by_number", "people"),
        rule(table, "kind", "kind in ('held', 'reported', 'hidden', 'suspension')"),
        rule(table, "outcome", f"outcome in ({ends}, 'deleted')"),
        rule(table, "person", "(kind = 'suspension') = (person_number is not null)"),
        rule(table, "comment", "(kind = 'suspension') = (comment_number is null)"),
        rule(
            table,
            "decision",
            "(decided_at is null) = (outcome is null) and (decided_at is null) = (decided_by is null)",
        ),
        sqlite_autoincrement=True,
    )


def make_reports() -> None:
    """Make the table of who reported a comment and why."""
    table = "comment_reports"
    op.create_table(
        table,
        number("matter_number", nullable=False),
        number("reporter_number", nullable=False),
        moment("at", nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("matter_number", "reporter_number", name=op.f("pk_comment_reports")),
        reference(table, "matter_number", "matters", ondelete="CASCADE"),
        reference(table, "reporter_number", "people"),
    )
