"""The indexes that exist, as the database remembers them: where a promise has to be sent."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from knowledgebase.domain.errors import NotFound
from knowledgebase.store.tables import generations
from knowledgebase.store.values import Generation, Role


def of_engine(db: Connection, engine: str) -> tuple[Generation, ...]:
    """Return the generations of an engine, oldest first; all of them are fed."""
    asked = select(generations).where(generations.c.engine == engine)
    rows = db.execute(asked.order_by(generations.c.created, generations.c.name))
    return tuple(Generation(row.name, row.engine, Role(row.role), row.cursor, row.created) for row in rows)


def forget_other_engines(db: Connection, engine: str) -> None:
    """Forget the indexes of engines that are not used now: nothing is sent to them, so they go stale."""
    db.execute(delete(generations).where(generations.c.engine != engine))


def add(db: Connection, name: str, engine: str, *, at: datetime) -> None:
    """Remember a generation that is being built; from this commit on, promises are sent to it too."""
    db.execute(insert(generations).values(name=name, engine=engine, role=Role.BUILDING, cursor=0, created=at))


def advance(db: Connection, name: str, cursor: int) -> None:
    """Remember how far a rebuild has come. Raises NotFound when the generation is gone."""
    _change(db, name, cursor=cursor)


def promote(db: Connection, name: str) -> None:
    """Make a generation the live one of its engine; the one before stands by and is still fed.

    Raises NotFound when the generation is gone.
    """
    engine = select(generations.c.engine).where(generations.c.name == name).scalar_subquery()
    is_live = (generations.c.engine == engine) & (generations.c.role == Role.LIVE)
    db.execute(update(generations).where(is_live, generations.c.name != name).values(role=Role.STANDBY))
    _change(db, name, role=Role.LIVE)


def remove(db: Connection, name: str) -> None:
    """Forget a generation; a missing one is no error."""
    db.execute(delete(generations).where(generations.c.name == name))


def _change(db: Connection, name: str, **values: object) -> None:
    changed = db.execute(update(generations).where(generations.c.name == name).values(**values))
    if not changed.rowcount:
        raise NotFound(name)
