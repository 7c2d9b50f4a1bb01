"""Alembic's entry: runs migrations on the URL that bot.store.migrate hands in."""

from alembic import context
from sqlalchemy import create_engine

from bot.store.tables import metadata

engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
engine.dispose()
