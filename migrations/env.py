"""Runs the migrations on the connection that `Store.upgrade` lends; there is no other way in."""

from alembic import context

from knowledgebase.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
