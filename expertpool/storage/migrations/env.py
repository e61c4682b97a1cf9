"""How Alembic uses our database: on the given connection, in one transaction."""

from alembic import context

attributes = context.config.attributes
connection = attributes["connection"]
context.configure(connection=connection, target_metadata=attributes.get("metadata"), compare_type=True)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
