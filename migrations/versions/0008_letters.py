"""Letters and news, families of one-time links, requests to join, how cities were verified."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def key() -> sa.types.TypeEngine[str]:
    """Return the type of ids: compared by code point in both databases."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """Return a column for a moment."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def number(name: str = "number") -> sa.Column[int]:
    """Return a column for the number of a row."""
    return sa.Column(name, sa.Integer(), autoincrement=name == "number", nullable=False)


def reference(table: str, column: str, target: str, *, ondelete: str | None = "CASCADE") -> sa.Constraint:
    """Return the rule that a column holds a key of another table."""
    of, _, _ = target.partition(".")
    name = op.f(f"fk_{table}_{column}_{of}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete)


def rule(table: str, name: str, said: str) -> sa.CheckConstraint:
    """Return a rule of a table."""
    return sa.CheckConstraint(said, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    """Make the tables."""
    make_letters()
    make_news()
    make_requests()
    op.create_table(
        "city_proofs",
        number("city_number"),
        moment("at"),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("by", key(), nullable=False),
        sa.PrimaryKeyConstraint("city_number", name=op.f("pk_city_proofs")),
        reference("city_proofs", "city_number", "cities.number"),
        rule(
            "city_proofs",
            "how",
            "how in ('official-letter', 'official-mail', 'call-back', 'visit', 'network', 'agreement')",
        ),
    )


def make_letters() -> None:
    """Make the table of letters."""
    op.create_table(
        "letters",
        number(),
        sa.Column("id", key(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("person_number", sa.Integer()),
        sa.Column("email", sa.Text()),
        sa.Column("once", key()),
        sa.Column("link", key()),
        sa.Column("told", sa.Text(), nullable=False),
        moment("queued_at"),
        moment("next_try_at"),
        moment("expires"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        moment("sent", nullable=True),
        sa.Column("is_given_up", sa.Boolean(), nullable=False),
        sa.Column("last_error", sa.Text()),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_letters")),
        sa.UniqueConstraint("id", name=op.f("uq_letters_id")),
        sa.UniqueConstraint("once", name=op.f("uq_letters_once")),
        reference("letters", "person_number", "people.number"),
        rule(
            "letters",
            "kind",
            "kind in ('invitation', 'reset', 'password-changed', 'joining-refused', 'news')",
        ),
        rule("letters", "recipient", "(person_number is null) <> (email is null)"),
        rule("letters", "end", "sent is null or not is_given_up"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_letters_waiting"),
        "letters",
        ["next_try_at"],
        sqlite_where=sa.text("sent is null and is_given_up = 0"),
        postgresql_where=sa.text("sent is null and not is_given_up"),
    )
    op.create_index(op.f("ix_letters_person_number_kind_sent"), "letters", ["person_number", "kind", "sent"])


def make_news() -> None:
    """Make the tables of news, of who wants none, and of families of links."""
    op.create_table(
        "news",
        number(),
        sa.Column("person_number", sa.Integer(), nullable=False),
        moment("at"),
        sa.Column("told", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_news")),
        reference("news", "person_number", "people.number"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_news_person_number_number"), "news", ["person_number", "number"])
    op.create_table(
        "news_refusals",
        number("person_number"),
        moment("since"),
        sa.PrimaryKeyConstraint("person_number", name=op.f("pk_news_refusals")),
        reference("news_refusals", "person_number", "people.number"),
    )
    op.create_table(
        "link_families",
        sa.Column("digest", key(), nullable=False),
        sa.Column("family", key(), nullable=False),
        sa.Column("is_by_request", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_link_families")),
        reference("link_families", "digest", "one_time_links.digest"),
    )
    op.create_index(op.f("ix_link_families_family"), "link_families", ["family"])


def make_requests() -> None:
    """Make the table of requests to join."""
    table = "join_requests"
    op.create_table(
        table,
        number(),
        sa.Column("id", key(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("open_key", key()),
        moment("asked_at"),
        sa.Column("asked_from", key(), nullable=False),
        sa.Column("city_number", sa.Integer()),
        sa.Column("city_name", sa.Text()),
        sa.Column("country", sa.Text()),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("name", "position", "office", "email", "language")
        ),
        sa.Column("website", sa.Text()),
        sa.Column("letter", sa.Text(), nullable=False),
        moment("decided_at", nullable=True),
        sa.Column("decided_by", key()),
        sa.Column("note", sa.Text()),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_join_requests")),
        sa.UniqueConstraint("id", name=op.f("uq_join_requests_id")),
        sa.UniqueConstraint("open_key", name=op.f("uq_join_requests_open_key")),
        reference(table, "city_number", "cities.number", ondelete=None),
        rule(table, "state", "state in ('open', 'accepted', 'refused', 'expired')"),
        rule(table, "open_key", "(state = 'open') = (open_key is not null)"),
        rule(table, "decided_at", "(state = 'open') = (decided_at is null)"),
        rule(table, "city", "(city_number is null) <> (city_name is null)"),
        rule(table, "country", "(city_name is null) = (country is null)"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_join_requests_state_number"), table, ["state", "number"])
    op.create_index(op.f("ix_join_requests_asked_from_asked_at"), table, ["asked_from", "asked_at"])
