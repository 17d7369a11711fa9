"""Imported files and their fingerprints, so that an unchanged file costs almost nothing."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import Connection, Executable, bindparam, delete, exists, or_, select

from knowledgebase.domain.record import Origin
from knowledgebase.store.tables import cases, cities, files
from knowledgebase.store.upserts import insert_into
from knowledgebase.store.values import ImportedFile, Thing


def of_folder(db: Connection, folder: str) -> dict[str, ImportedFile]:
    """Return every file imported from a folder, by its path in it."""
    rows = db.execute(
        select(files.c.path, files.c.thing, files.c.id, files.c.digest, files.c.versions, files.c.cover)
        .where(files.c.folder == folder)
        .order_by(files.c.path)
    )
    return {
        path: ImportedFile(path, Thing(thing), case_id, digest, versions, cover)
        for path, thing, case_id, digest, versions, cover in rows
    }


def handed_over(db: Connection, folder: str) -> frozenset[str]:
    """Return the paths of the files of a folder whose city or case its people edit in forms now."""
    is_case = exists().where(cases.c.id == files.c.id, cases.c.origin == Origin.FORM)
    is_city = exists().where(cities.c.id == files.c.id, cities.c.origin == Origin.FORM)
    asked = select(files.c.path).where(files.c.folder == folder, or_(is_case, is_city))
    return frozenset(db.execute(asked).scalars())


def put(db: Connection, folder: str, file: ImportedFile) -> None:
    """Remember a file as it was imported."""
    row: dict[str, str | None] = {"folder": folder, "path": file.path, "thing": file.thing, "id": file.id}
    row |= {"digest": file.digest, "cover": file.cover, "versions": file.versions}
    db.execute(_renewal(db.dialect.name), row)


@cache
def _renewal(dialect: str) -> Executable:
    added = insert_into(files, dialect)
    names = ("thing", "id", "digest", "cover", "versions")
    changed = {name: added.excluded[name] for name in names}
    return added.on_conflict_do_update(index_elements=["folder", "path"], set_=changed)


def remove(db: Connection, folder: str, paths: Iterable[str]) -> None:
    """Forget files; missing ones are no error."""
    rows = [{"gone": path} for path in sorted(paths)]
    if rows:
        db.execute(delete(files).where(files.c.folder == folder, files.c.path == bindparam("gone")), rows)
