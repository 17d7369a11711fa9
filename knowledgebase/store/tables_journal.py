"""The schema of the journal: lines are added and never changed, which the database itself sees to."""

from collections.abc import Mapping

from sqlalchemy import DDL, Column, ExecutableDDLElement, Index, Integer, Table, Text, event

from knowledgebase.store.columns import Kept, Moment, key
from knowledgebase.store.schema import metadata

journal = Table(
    "journal",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("thing", key(), nullable=False),
    Column("city", key()),  # id of the city whose admins read the line
    Column("detail", Kept(Mapping[str, str | int | None]), nullable=False),
    Index(None, "thing", "number"),
    Index(None, "city", "number"),
    Index(None, "by", "number"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)

_SQLITE = (
    "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$",
    "CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal"
    " FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()",
)
for _dialect, _statements in (("sqlite", _SQLITE), ("postgresql", _POSTGRESQL)):
    for _statement in _statements:
        made: ExecutableDDLElement = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy's own
        event.listen(journal, "after_create", made.execute_if(dialect=_dialect))
