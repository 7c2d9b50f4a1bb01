"""Whether a database holds anything that a restore would take the place of."""

from sqlalchemy import Engine, inspect, select

from bot.store.tables import metadata, stored_keys


def is_empty(engine: Engine) -> bool:
    """Whether no table has a row; a key that was made for an empty database counts as nothing."""
    with engine.connect() as connection:
        present = set(inspect(connection).get_table_names())
        return not any(
            connection.execute(select(table).limit(1)).first() is not None
            for table in metadata.sorted_tables
            if table.name in present and table is not stored_keys
        )
