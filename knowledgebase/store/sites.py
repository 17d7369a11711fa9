"""Which database this is: its random id, and the epoch of its index revisions."""

from sqlalchemy import Connection, select, update

from knowledgebase.store.tables import cases, outbox, site
from knowledgebase.store.values import SiteMark

EPOCH = 1 << 32  # index revisions of one epoch; the epoch stands in the upper 32 bits


def find(db: Connection) -> SiteMark:
    """Return the mark of this database; a migration made it."""
    row = db.execute(select(site.c.id, site.c.epoch)).one()
    return SiteMark(row.id, row.epoch)


def begin_epoch(db: Connection) -> SiteMark:
    """Lift every index revision above all that were ever given, for a database that was rolled back.

    Queues nothing: the caller orders a fresh index.
    """
    db.execute(update(site).values(epoch=site.c.epoch + 1))
    db.execute(update(cases).values(index_revision=cases.c.index_revision + EPOCH))
    db.execute(update(outbox).values(revision=outbox.c.revision + EPOCH))
    return find(db)
