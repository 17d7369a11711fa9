"""Rules for tags, proposals and what cases got of them; the journal by city, append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def key() -> sa.types.TypeEngine[str]:
    """Return the type of ids: compared by code point in both databases."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """Return a column for a moment."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def reference(
    table: str, column: str, target: str, *, ondelete: str | None = "CASCADE"
) -> sa.ForeignKeyConstraint:
    """Return the rule that a column holds the number of a row of another table."""
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.number"], name=name, ondelete=ondelete)


def rule(table: str, name: str, said: str) -> sa.CheckConstraint:
    """Return a rule of a table."""
    return sa.CheckConstraint(said, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    """Make the tables, and give tags and journal what the rest needs."""
    make_rules()
    make_proposals()
    let_tags_count_as_others()
    let_the_journal_know_cities()
    make_the_journal_append_only()


def make_rules() -> None:
    """Make the tables of rules for tags."""
    op.create_table(
        "tag_rules",
        sa.Column("folded", key(), nullable=False),
        sa.Column("merged_into", key()),
        sa.Column("shown", sa.Text()),
        sa.Column("is_forbidden", sa.Boolean(), nullable=False),
        moment("at"),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("folded", name=op.f("pk_tag_rules")),
        rule("tag_rules", "not_itself", "merged_into <> folded"),
        rule("tag_rules", "one_decision", "is_forbidden = (shown is null)"),
        rule("tag_rules", "not_both", "merged_into is null or not is_forbidden"),
    )
    op.create_index(op.f("ix_tag_rules_merged_into"), "tag_rules", ["merged_into"])
    op.create_table(
        "tags_to_restate",
        sa.Column("folded", key(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("folded", name=op.f("pk_tags_to_restate")),
    )


def make_proposals() -> None:
    """Make the tables of proposals and of what cases got of them."""
    table = "proposals"
    translated = (
        "language is not null and title is not null and summary is not null and translator is not null"
    )
    op.create_table(
        table,
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", key(), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.Column("city_number", sa.Integer(), nullable=False),
        sa.Column("person_number", sa.Integer(), nullable=False),
        sa.Column("token", key(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("folded", key()),
        sa.Column("shown", sa.Text()),
        sa.Column("language", key()),
        sa.Column("title", sa.Text()),
        sa.Column("summary", sa.Text()),
        sa.Column("translator", sa.Text()),
        moment("at"),
        moment("decided_at", nullable=True),
        sa.Column("decided_by", sa.Text()),
        sa.Column("line", sa.Text()),
        sa.Column("gave", key()),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_proposals")),
        sa.UniqueConstraint("id", name=op.f("uq_proposals_id")),
        sa.UniqueConstraint("person_number", "token", name=op.f("uq_proposals_person_number_token")),
        reference(table, "case_number", "cases"),
        reference(table, "city_number", "cities", ondelete=None),
        reference(table, "person_number", "people"),
        rule(table, "state", "state in ('open', 'accepted', 'refused', 'withdrawn')"),
        rule(table, "kind", "kind in ('tag', 'translation')"),
        rule(table, "tag", "(kind = 'tag') = (folded is not null and shown is not null)"),
        rule(table, "translation", f"(kind = 'translation') = ({translated})"),
        rule(table, "decided_at", "(state = 'open') = (decided_at is null)"),
        sqlite_autoincrement=True,
    )
    for columns in (
        ["city_number", "state", "number"],
        ["state", "number"],
        ["person_number", "number"],
        ["case_number", "state"],
    ):
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
    op.create_table(
        "case_additions",
        sa.Column("case_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sought", sa.Text(), nullable=False),
        sa.Column("contributed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_number", name=op.f("pk_case_additions")),
        reference("case_additions", "case_number", "cases"),
    )


def let_tags_count_as_others() -> None:
    """Make the table of tags anew: until now each counts as itself."""
    table = "case_tags"
    op.execute("create table case_tags_before as select * from case_tags")
    op.drop_table(table)
    op.create_table(
        table,
        sa.Column("case_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("folded", key(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("as_folded", key(), nullable=False),
        sa.Column("as_shown", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("newest", key()),
        sa.PrimaryKeyConstraint("case_number", "folded", "origin", name=op.f("pk_case_tags")),
        reference(table, "case_number", "cases"),
        rule(table, "origin", "origin in ('file', 'web')"),
    )
    op.execute(
        "insert into case_tags (case_number, folded, origin, shown, as_folded, as_shown, rank, newest)"
        " select case_number, folded, origin, shown, folded, shown, rank, newest from case_tags_before"
    )
    op.drop_table("case_tags_before")
    for columns in (["as_folded", "newest", "case_number"], ["folded", "case_number"]):
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)


CITY = {
    "sqlite": "substr(thing, 6, instr(substr(thing, 6) || '/', '/') - 1)",
    "postgresql": "split_part(substr(thing, 6), '/', 1)",
}


def let_the_journal_know_cities() -> None:
    """Give each line the city that it is about, where it names one."""
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        op.execute("create table journal_before as select * from journal")
        op.drop_table("journal")
        op.create_table(
            "journal",
            sa.Column("number", sa.Integer(), nullable=False),
            moment("at"),
            sa.Column("by", sa.Text(), nullable=False),
            sa.Column("action", sa.Text(), nullable=False),
            sa.Column("thing", key(), nullable=False),
            sa.Column("city", key()),
            sa.Column("detail", sa.Text(), nullable=False),
            sa.PrimaryKeyConstraint("number", name=op.f("pk_journal")),
            sqlite_autoincrement=True,
        )
        columns = 'number, at, "by", action, thing, detail'
        op.execute(f"insert into journal ({columns}) select {columns} from journal_before")  # noqa: S608
        op.drop_table("journal_before")
        op.create_index(op.f("ix_journal_thing_number"), "journal", ["thing", "number"])
    else:
        op.add_column("journal", sa.Column("city", key()))
    named = "thing like 'city:_%' or thing like 'case:_%'"
    op.execute(f"update journal set city = {CITY[dialect]} where {named}")  # noqa: S608
    for columns_of_index in (["city", "number"], ["by", "number"], ["at"]):
        op.create_index(op.f(f"ix_journal_{'_'.join(columns_of_index)}"), "journal", columns_of_index)


def make_the_journal_append_only() -> None:
    """Let the database refuse every change of a line."""
    if op.get_bind().dialect.name == "sqlite":
        for name, change in (("journal_no_update", "UPDATE"), ("journal_no_delete", "DELETE")):
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {change} ON journal"
                " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal"
        " FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()"
    )
