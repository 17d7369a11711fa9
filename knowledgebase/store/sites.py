"""Which database this is: its random id, and the epoch of its index revisions."""

from sqlalchemy import Connection, select

from knowledgebase.store.tables import site
from knowledgebase.store.values import SiteMark

EPOCH = 1 << 32  # index revisions of one epoch; the epoch stands in the upper 32 bits


def find(db: Connection) -> SiteMark:
    """Return the mark of this database; a migration made it."""
    row = db.execute(select(site.c.id, site.c.epoch)).one()
    return SiteMark(row.id, row.epoch)
