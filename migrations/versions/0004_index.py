"""What the index is still owed, which indexes exist, and the words of public texts."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def key() -> sa.types.TypeEngine[str]:
    """Return the type of ids and words: compared by code point in both databases."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "outbox",
        sa.Column("case_id", key(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("refusals", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True)),
        sa.Column("is_poison", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("last_error", sa.Text()),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_queued_at"), "outbox", ["queued_at"])
    op.create_index(
        op.f("ix_outbox_hidden"),
        "outbox",
        ["case_id"],
        sqlite_where=sa.text("is_hidden = 1"),
        postgresql_where=sa.text("is_hidden"),
    )
    op.create_table(
        "generations",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("cursor", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_generations")),
        sa.CheckConstraint("role in ('building', 'live', 'standby')", name=op.f("ck_generations_role")),
    )
    is_live = sa.text("role = 'live'")
    op.create_index(
        op.f("ix_generations_live"),
        "generations",
        ["engine"],
        unique=True,
        sqlite_where=is_live,
        postgresql_where=is_live,
    )
    op.create_table(
        "words",
        sa.Column("folded", key(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("folded", name=op.f("pk_words")),
    )
    op.create_table(
        "case_words",
        sa.Column("case_id", key(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_words")),
    )
