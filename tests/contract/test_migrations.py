"""The migrations lead to the schema of tables.py, and keep what is stored on the way."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Integer,
    MetaData,
    delete,
    func,
    inspect,
    select,
    text,
)

from knowledgebase.domain.errors import StoreUnavailable
from knowledgebase.domain.record import Tag
from knowledgebase.store import case_writing, covers, sites, upgrading
from knowledgebase.store.engine import Store
from knowledgebase.store.tables import cases, cities, metadata
from knowledgebase.store.values import StoredCover
from tests.comments import keep_comment
from tests.make import NOON, a_full_case, a_full_city
from tests.stores import keep_case, keep_city

NewStore = Callable[[], Store]
CHILDREN = ("case_topics", "case_tags", "case_revisions", "former_addresses", "covers", "comments")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewStore]:
    """Lend a maker of stores on empty databases."""
    made: list[Store] = []
    numbers = count(1)

    def make() -> Store:
        file = tmp_path / f"kb-{next(numbers)}.sqlite"
        file.touch()  # an empty database
        url = f"sqlite:///{file}"
        if request.param == "postgresql":
            url = request.getfixturevalue("postgres_server").create_database()
        made.append(Store.open(url))
        return made[-1]

    yield make
    for store in made:
        store.close()


def upgraded(store: Store) -> Store:
    store.upgrade()
    return store


def created(store: Store, schema: MetaData) -> Store:
    with store.writing() as db:
        schema.create_all(db)
    return store


def schema_of(store: Store) -> list[str]:
    """Return every property of the schema, as the database itself tells it, sorted."""
    with store.reading() as db:
        told = sqlite_schema(db) if store.dialect == "sqlite" else postgres_schema(db)
        return sorted(line for line in told if "alembic_version" not in line)


def sqlite_schema(db: Connection) -> Iterator[str]:
    for name, sql in db.execute(text("select name, sql from sqlite_master where sql is not null")):
        if name.startswith("sqlite_"):
            continue
        yield from (f"{name}: {' '.join(line.split()).rstrip(', ')}" for line in sql.splitlines())


def postgres_schema(db: Connection) -> Iterator[str]:
    asked = (
        "select table_name, column_name, data_type, is_nullable, column_default, collation_name"
        " from information_schema.columns where table_schema = 'public'",
        "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint"
        " where connamespace = 'public'::regnamespace",
        "select tablename, indexname, indexdef from pg_indexes where schemaname = 'public'",
    )
    for statement in asked:
        yield from (str(tuple(row)) for row in db.execute(text(statement)))


def test_the_migrations_lead_to_the_tables(new_store: NewStore) -> None:
    migrated = upgraded(new_store())
    made = created(new_store(), metadata)

    assert schema_of(migrated) == schema_of(made)


def test_alembic_itself_finds_no_difference(new_store: NewStore) -> None:
    store = upgraded(new_store())

    with store.reading() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True})
        difference = compare_metadata(context, metadata)

    assert difference == []


def test_the_comparison_sees_a_missing_rule(new_store: NewStore) -> None:
    changed = copy_of_the_schema()
    rules = changed.tables["cases"].constraints
    rules.remove(next(rule for rule in rules if isinstance(rule, CheckConstraint)))

    assert schema_of(created(new_store(), changed)) != schema_of(created(new_store(), metadata))


def test_the_comparison_sees_another_default(new_store: NewStore) -> None:
    changed = copy_of_the_schema()
    changed.tables["outbox"].c.attempts.server_default = None

    assert schema_of(created(new_store(), changed)) != schema_of(created(new_store(), metadata))


def copy_of_the_schema() -> MetaData:
    copy = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(copy)
    return copy


def test_an_empty_database_is_not_current_until_it_is_upgraded(new_store: NewStore) -> None:
    store = new_store()

    before = store.is_current()
    store.upgrade()

    assert (before, store.is_current()) == (False, True)


def test_upgrading_twice_changes_nothing(new_store: NewStore) -> None:
    store = upgraded(new_store())
    with store.reading() as db:
        mark = sites.find(db)

    store.upgrade()

    with store.reading() as db:
        assert sites.find(db) == mark


def test_every_database_gets_a_random_id(new_store: NewStore) -> None:
    marks = []
    for store in (upgraded(new_store()), upgraded(new_store())):
        with store.reading() as db:
            marks.append(sites.find(db).id)

    assert len(set(marks)) == 2
    assert all(len(mark) == 32 for mark in marks)


def test_a_database_of_a_newer_program_is_refused(new_store: NewStore) -> None:
    store = upgraded(new_store())
    with store.writing() as db:
        db.execute(text("update alembic_version set version_num = '9999'"))

    with pytest.raises(StoreUnavailable, match="newer"):
        store.upgrade()


def test_migrations_are_numbered_and_go_forward_only() -> None:
    config = Config()
    config.set_main_option("script_location", str(upgrading.FOLDER))
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())[::-1]

    numbers = [f"{number:04}" for number in range(1, len(scripts) + 1)]

    assert [script.revision for script in scripts] == numbers
    assert [Path(script.path).name[:4] for script in scripts] == numbers
    assert upgrading.newest() == numbers[-1]
    assert not any(hasattr(script.module, "downgrade") for script in scripts)


def test_a_rebuilt_table_keeps_the_rows_of_its_children(new_store: NewStore) -> None:
    store = filled(upgraded(new_store()))
    before = rows_of_children(store)

    with upgrading.migrating(store.engine) as db:
        rebuild_cases(db)

    assert all(before.values())
    assert rows_of_children(store) == before
    with store.reading() as db:
        assert "reviews" in {column["name"] for column in inspect(db).get_columns("cases")}
        assert db.scalar(select(func.count()).select_from(cases)) == 3


def test_without_our_way_a_rebuilt_table_loses_its_children(sqlite_store: Store) -> None:
    store = filled(sqlite_store)

    with store.writing() as db:  # foreign keys are on here
        rebuild_cases(db)

    assert set(rows_of_children(store).values()) == {0}


def test_a_migration_that_breaks_a_foreign_key_changes_nothing(sqlite_store: Store) -> None:
    store = filled(sqlite_store)

    with (
        pytest.raises(StoreUnavailable, match="foreign keys of cases"),
        upgrading.migrating(store.engine) as db,
    ):
        db.execute(delete(cities))

    with store.reading() as db:
        assert db.scalar(select(func.count()).select_from(cities)) == 1


def test_foreign_keys_are_on_again_after_a_migration(sqlite_store: Store) -> None:
    with upgrading.migrating(sqlite_store.engine) as db:
        during = db.scalar(text("pragma foreign_keys"))
    with sqlite_store.reading() as db:
        after = db.scalar(text("pragma foreign_keys"))

    assert (during, after) == (0, 1)


def filled(store: Store) -> Store:
    """Return the store with three cases that have rows in every child table."""
    keep_city(store, a_full_city())
    for slug in ("one", "two", "three"):
        keep_case(store, a_full_case(f"tehran/{slug}"), tags=(Tag("air", "Air"), Tag("lez", "LEZ")))
    with store.writing() as db:
        case_writing.rename(db, "tehran/three", "tehran/four", at=NOON, by="import")
        covers.put(db, "tehran/one", StoredCover("zone.jpg", b"RIFF", 800, 600, "d1"))
    keep_comment(store, "tehran/one")
    return store


def rows_of_children(store: Store) -> dict[str, int]:
    with store.reading() as db:
        tables = [metadata.tables[name] for name in CHILDREN]
        return {table.name: db.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def rebuild_cases(db: Connection) -> None:
    """Change the table of cases in a way for which SQLite has to make it anew."""
    operations = Operations(MigrationContext.configure(db))
    with operations.batch_alter_table("cases") as batch:
        batch.add_column(Column("reviews", Integer, server_default=text("0"), nullable=False))
        batch.alter_column("title", nullable=True)
