"""The site's own mark, and cities with their history and networks."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def key() -> sa.types.TypeEngine[str]:
    """Return the type of ids: compared by code point in both databases."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables, and draw the random id of this site."""
    site = op.create_table(
        "site",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.bulk_insert(site, [{"id": secrets.token_hex(16)}])
    op.create_table(
        "cities",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", key(), nullable=False),
        sa.Column("country", key(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.Column("renderer_version", sa.Integer(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_cities")),
        sa.UniqueConstraint("id", name=op.f("uq_cities_id")),
        sa.CheckConstraint("state in ('published', 'withdrawn')", name=op.f("ck_cities_state")),
        sa.CheckConstraint("origin in ('file', 'form')", name=op.f("ck_cities_origin")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_cities_revision")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_cities_country"), "cities", ["country"])
    op.create_table(
        "city_revisions",
        sa.Column("city_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("city_number", "number", name=op.f("pk_city_revisions")),
        sa.ForeignKeyConstraint(
            ["city_number"],
            ["cities.number"],
            name=op.f("fk_city_revisions_city_number_cities"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_city_revisions_number")),
    )
    op.create_table(
        "memberships",
        sa.Column("city_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("network", key(), nullable=False),
        sa.PrimaryKeyConstraint("city_number", "network", name=op.f("pk_memberships")),
        sa.ForeignKeyConstraint(
            ["city_number"],
            ["cities.number"],
            name=op.f("fk_memberships_city_number_cities"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_memberships_network_city_number"), "memberships", ["network", "city_number"])
