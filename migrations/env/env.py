"""What Alembic runs for each of the three histories, on the connection that the runner hands over."""

from alembic import context
from sqlalchemy import Connection

from migrations.runner import History, metadata_of

history: History = context.config.attributes["history"]
connection: Connection = context.config.attributes["connection"]
# Only a draft compares the code's tables with the database's; a host without triage never imports them.
comparing = context.config.attributes.get("comparing", False)

context.configure(
    connection=connection,
    target_metadata=metadata_of(history) if comparing else None,
    version_table=history.version_table,
    render_as_batch=connection.dialect.name == "sqlite",
    # Histories may share a database: what belongs to another is none of this one's business.
    include_name=lambda name, kind, _parents: kind != "table" or name in metadata_of(history).tables,
)
with context.begin_transaction():
    context.run_migrations()
