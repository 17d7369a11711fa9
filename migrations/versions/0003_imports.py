"""What was imported from which file, and who did what."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def key() -> sa.types.TypeEngine[str]:
    """Return the type of ids: compared by code point in both databases."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "files",
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("id", key(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("cover", sa.Text()),
        sa.Column("versions", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("folder", "path", name=op.f("pk_files")),
        sa.CheckConstraint("thing in ('case', 'city')", name=op.f("ck_files_thing")),
    )
    op.create_table(
        "journal",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("thing", key(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_journal")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_journal_thing_number"), "journal", ["thing", "number"])
