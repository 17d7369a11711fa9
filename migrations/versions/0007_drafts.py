"""Drafts: what is written and not yet published, earlier texts of it, and the links that show it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def key() -> sa.types.TypeEngine[str]:
    """Return the type of ids: compared by code point in both databases."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """Return a column for a moment."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def reference(
    table: str, column: str, target: str, *, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    """Return the rule that a column holds the number of a row of another table."""
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.number"], name=name, ondelete=ondelete)


def rule(table: str, name: str, said: str) -> sa.CheckConstraint:
    """Return a rule of a table."""
    return sa.CheckConstraint(said, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    """Make the tables."""
    make_drafts()
    op.create_table(
        "draft_texts",
        sa.Column("draft_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("draft_number", "revision", name=op.f("pk_draft_texts")),
        reference("draft_texts", "draft_number", "drafts", ondelete="CASCADE"),
    )
    op.create_table(
        "draft_links",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("draft_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", key(), nullable=False),
        sa.Column("made_number", sa.Integer()),
        moment("made"),
        moment("expires"),
        moment("revoked", nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_draft_links")),
        reference("draft_links", "draft_number", "drafts", ondelete="CASCADE"),
        sa.UniqueConstraint("digest", name=op.f("uq_draft_links_digest")),
        reference("draft_links", "made_number", "people", ondelete="SET NULL"),
        sqlite_autoincrement=True,
    )
    for column in ("draft_number", "made_number", "expires"):
        op.create_index(op.f(f"ix_draft_links_{column}"), "draft_links", [column])


def make_drafts() -> None:
    """Make the table of drafts."""
    op.create_table(
        "drafts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", key(), nullable=False),
        sa.Column("city_number", sa.Integer(), nullable=False),
        sa.Column("writer_number", sa.Integer()),
        sa.Column("token", key(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        moment("made"),
        moment("updated"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Integer()),
        sa.Column("case_revision", sa.Integer()),
        sa.Column("asked_number", sa.Integer()),
        moment("asked_at", nullable=True),
        sa.Column("returned", sa.Text()),
        sa.Column("letter_number", sa.Text()),
        sa.Column("letter_date", sa.Text()),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_drafts")),
        sa.UniqueConstraint("id", name=op.f("uq_drafts_id")),
        reference("drafts", "city_number", "cities"),
        reference("drafts", "writer_number", "people", ondelete="SET NULL"),
        reference("drafts", "case_number", "cases"),
        reference("drafts", "asked_number", "people", ondelete="SET NULL"),
        rule("drafts", "state", "state in ('writing', 'asked', 'returned', 'published', 'discarded')"),
        rule("drafts", "revision", "revision >= 1"),
        rule("drafts", "asked_at", "state <> 'asked' or asked_at is not null"),
        rule("drafts", "returned", "state <> 'returned' or returned is not null"),
        rule("drafts", "published", "state <> 'published' or case_number is not null"),
        rule("drafts", "case_revision", "case_revision is null or case_number is not null"),
        rule("drafts", "letter_date", "letter_date is null or letter_number is not null"),
        sa.UniqueConstraint("writer_number", "token", name=op.f("uq_drafts_writer_number_token")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_drafts_city_number_updated"), "drafts", ["city_number", "updated"])
    op.create_index(op.f("ix_drafts_case_number"), "drafts", ["case_number"])
    op.create_index(op.f("ix_drafts_asked_number"), "drafts", ["asked_number"])
