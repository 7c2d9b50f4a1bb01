"""Alembic's entry: runs migrations on the URL that bot.store.migrate hands in."""

from alembic import context
from sqlalchemy import Connection, create_engine

from bot.store.schema.columns import with_conditions
from bot.store.tables import metadata


def run(connection: Connection) -> None:
    tables = with_conditions(metadata)
    context.configure(connection=connection, target_metadata=tables, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:  # whoever opened its transaction commits
    run(given)
else:
    engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        run(connection)
        connection.commit()
    engine.dispose()
