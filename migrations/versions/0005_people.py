"""People: accounts, their places in cities, sessions, one-time links, tries to log in."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


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


def rights(table: str) -> list[sa.CheckConstraint]:
    """Return the rules between a role in a city and its two rights."""
    return [
        rule(table, "role", "role in ('member', 'contributor', 'admin')"),
        rule(table, "member_rights", "role <> 'member' or not (may_publish or speaks_for_city)"),
        rule(table, "admin_rights", "role <> 'admin' or (may_publish and speaks_for_city)"),
    ]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "people",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", key(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_folded", key(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("latin_name", sa.Text()),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("shows", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("platform_role", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("joined_by", sa.Text(), nullable=False),
        moment("created"),
        sa.Column("password", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_people")),
        sa.UniqueConstraint("id", name=op.f("uq_people_id")),
        sa.UniqueConstraint("email_folded", name=op.f("uq_people_email_folded")),
        rule("people", "shows", "shows in ('name-and-position', 'position-and-office')"),
        rule("people", "platform_role", "platform_role in ('moderator', 'admin')"),
        rule("people", "state", "state in ('active', 'suspended')"),
        rule("people", "joined_by", "joined_by in ('invitation', 'request', 'operator')"),
        sqlite_autoincrement=True,
    )
    make_places()
    make_keys()


def make_places() -> None:
    """Make the tables of people's places in cities."""
    op.create_table(
        "city_members",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("city_number", sa.Integer(), nullable=False),
        sa.Column("person_number", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("may_publish", sa.Boolean(), nullable=False),
        sa.Column("speaks_for_city", sa.Boolean(), nullable=False),
        moment("since"),
        moment("ended", nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_city_members")),
        reference("city_members", "city_number", "cities"),
        reference("city_members", "person_number", "people", ondelete="CASCADE"),
        *rights("city_members"),
        sqlite_autoincrement=True,
    )
    is_active = sa.text("ended is null")
    op.create_index(
        op.f("ix_city_members_active"),
        "city_members",
        ["person_number", "city_number"],
        unique=True,
        sqlite_where=is_active,
        postgresql_where=is_active,
    )
    op.create_index(op.f("ix_city_members_city_number"), "city_members", ["city_number"])
    op.create_table(
        "member_names",
        sa.Column("city_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("skeleton", key(), nullable=False),
        sa.Column("member_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("city_number", "skeleton", name=op.f("pk_member_names")),
        reference("member_names", "city_number", "cities"),
        reference("member_names", "member_number", "city_members", ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_member_names_member_number"), "member_names", ["member_number"])


def make_keys() -> None:
    """Make the tables of what opens an account, and of tries to."""
    op.create_table(
        "sessions",
        sa.Column("digest", key(), nullable=False),
        sa.Column("person_number", sa.Integer(), nullable=False),
        moment("created"),
        moment("seen"),
        moment("expires"),
        sa.Column("is_remembered", sa.Boolean(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sessions")),
        reference("sessions", "person_number", "people", ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_sessions_person_number"), "sessions", ["person_number"])
    op.create_index(op.f("ix_sessions_expires"), "sessions", ["expires"])
    make_links()
    op.create_table(
        "attempts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", key(), nullable=False),
        moment("at"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_attempts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_attempts_key_at"), "attempts", ["key", "at"])
    op.create_index(op.f("ix_attempts_at"), "attempts", ["at"])


def make_links() -> None:
    """Make the table of one-time links."""
    table = "one_time_links"
    op.create_table(
        table,
        sa.Column("digest", key(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("email", sa.Text()),
        sa.Column("email_folded", key()),
        sa.Column("city_number", sa.Integer()),
        sa.Column("role", sa.Text()),
        sa.Column("may_publish", sa.Boolean()),
        sa.Column("speaks_for_city", sa.Boolean()),
        sa.Column("platform_role", sa.Text()),
        sa.Column("person_number", sa.Integer()),
        sa.Column("made_by", key(), nullable=False),
        moment("made"),
        moment("expires"),
        moment("used", nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_one_time_links")),
        reference(table, "city_number", "cities"),
        reference(table, "person_number", "people", ondelete="CASCADE"),
        rule(table, "kind", "kind in ('invitation', 'reset', 'first-admin')"),
        rule(table, "platform_role", "platform_role in ('moderator', 'admin')"),
        *rights(table),
        rule(table, "person", "(kind = 'reset') = (person_number is not null)"),
        rule(table, "email", "(kind = 'invitation') = (email is not null)"),
        rule(table, "city", "(role is null) = (city_number is null)"),
        rule(table, "purpose", "kind = 'reset' or role is not null or platform_role is not null"),
    )
    for column in ("email_folded", "person_number", "made_by"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
