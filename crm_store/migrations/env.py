"""What Alembic runs: the migrations on the connection that `upgrade` hands over, or as SQL text with `--sql`."""

from alembic import context

from crm_store.schema import metadata

connection = context.config.attributes.get("connection")
if connection is None:
    context.configure(
        url=context.config.get_main_option("sqlalchemy.url"), target_metadata=metadata, literal_binds=True
    )
else:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
