"""Cases, with their topics and tags for lists, their history, former addresses and pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

STATUS = (
    "status in ('planned', 'pilot', 'implementing', 'operating', 'scaled', 'suspended', 'ended', 'stopped')"
)
TOPIC = (
    "topic in ('air', 'mobility', 'waste', 'water', 'wastewater', 'energy', 'resources', 'nature', "
    "'resilience', 'density', 'housing', 'social', 'culture', 'economy', 'governance', 'diplomacy')"
)


def key() -> sa.types.TypeEngine[str]:
    """Return the type of ids and closed values: compared by code point in both databases."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def of_case(table: str) -> sa.ForeignKeyConstraint:
    """Return the rule that a row belongs to a case and goes with it."""
    name = op.f(f"fk_{table}_case_number_cases")
    return sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    """Make the tables."""
    make_cases()
    make_lists()
    make_history()


def make_cases() -> None:
    """Make the table of cases."""
    op.create_table(
        "cases",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", key(), nullable=False),
        sa.Column("city_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("city", key(), nullable=False),
        sa.Column("slug", key(), nullable=False),
        sa.Column("language", key(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("status", key(), nullable=False),
        sa.Column("year", sa.Integer()),
        sa.Column("written_by", key(), nullable=False),
        sa.Column("evidence", sa.Integer(), nullable=False),
        sa.Column("state", key(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("index_revision", sa.BigInteger(), nullable=False),
        sa.Column("first_published", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("newest", key(), nullable=False),
        sa.Column("renderer_version", sa.Integer(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("sought", sa.Text(), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_cases")),
        sa.UniqueConstraint("id", name=op.f("uq_cases_id")),
        sa.ForeignKeyConstraint(["city_number"], ["cities.number"], name=op.f("fk_cases_city_number_cities")),
        *rules_of_cases(),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_cases_state_newest"), "cases", ["state", "newest"])
    of_city = ["city_number", "state", "newest"]
    op.create_index(op.f("ix_cases_city_number_state_newest"), "cases", of_city)
    facets = ["language", "status", "year", "written_by", "city_number"]
    op.create_index(op.f("ix_cases_facets"), "cases", facets)


def rules_of_cases() -> tuple[sa.CheckConstraint, ...]:
    """Return what must hold for every case."""
    writers = "written_by in ('city', 'editors', 'researcher', 'network')"
    withdrawn = "(state = 'withdrawn') = (withdrawn_at is not null)"
    return (
        sa.CheckConstraint(STATUS, name=op.f("ck_cases_status")),
        sa.CheckConstraint(writers, name=op.f("ck_cases_written_by")),
        sa.CheckConstraint("state in ('published', 'withdrawn')", name=op.f("ck_cases_state")),
        sa.CheckConstraint("origin in ('file', 'form')", name=op.f("ck_cases_origin")),
        sa.CheckConstraint("evidence between 0 and 4", name=op.f("ck_cases_evidence")),
        sa.CheckConstraint(withdrawn, name=op.f("ck_cases_withdrawn_at")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_cases_revision")),
        sa.CheckConstraint("index_revision >= 1", name=op.f("ck_cases_index_revision")),
    )


def make_lists() -> None:
    """Make the tables by which cases are listed."""
    op.create_table(
        "case_topics",
        sa.Column("case_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("topic", key(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("newest", key()),
        sa.PrimaryKeyConstraint("case_number", "topic", name=op.f("pk_case_topics")),
        of_case("case_topics"),
        sa.CheckConstraint(TOPIC, name=op.f("ck_case_topics_topic")),
    )
    by_topic = ["topic", "newest", "case_number"]
    op.create_index(op.f("ix_case_topics_topic_newest_case_number"), "case_topics", by_topic)
    op.create_table(
        "case_tags",
        sa.Column("case_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("folded", key(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("newest", key()),
        sa.PrimaryKeyConstraint("case_number", "folded", "origin", name=op.f("pk_case_tags")),
        of_case("case_tags"),
        sa.CheckConstraint("origin in ('file', 'web')", name=op.f("ck_case_tags_origin")),
    )
    by_tag = ["folded", "newest", "case_number"]
    op.create_index(op.f("ix_case_tags_folded_newest_case_number"), "case_tags", by_tag)


def make_history() -> None:
    """Make the tables of what a case was, where it was found, and its picture."""
    op.create_table(
        "case_revisions",
        sa.Column("case_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_number", "number", name=op.f("pk_case_revisions")),
        of_case("case_revisions"),
        sa.CheckConstraint("number >= 1", name=op.f("ck_case_revisions_number")),
    )
    op.create_table(
        "former_addresses",
        sa.Column("id", key(), nullable=False),
        sa.Column("case_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_addresses")),
        of_case("former_addresses"),
    )
    op.create_index(op.f("ix_former_addresses_case_number"), "former_addresses", ["case_number"])
    op.create_table(
        "covers",
        sa.Column("case_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("case_number", name=op.f("pk_covers")),
        of_case("covers"),
        sa.CheckConstraint("width >= 1", name=op.f("ck_covers_width")),
        sa.CheckConstraint("height >= 1", name=op.f("ck_covers_height")),
    )
