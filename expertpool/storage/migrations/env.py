"""How Alembic meets our database: on the connection it is handed, in one transaction."""

from alembic import context

attributes = context.config.attributes
connection = attributes["connection"]
context.configure(connection=connection, target_metadata=attributes.get("metadata"), compare_type=True)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
