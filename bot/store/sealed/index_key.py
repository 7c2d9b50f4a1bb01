"""Reads the installation's index key, under which digests are made."""

from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError, ProgrammingError

from bot.store.schema.records import stored_keys
from bot.store.sealed import identity
from bot.store.sealed.vault import Vault

INDEX = "index"  # its name among the stored keys


def read(engine: Engine, vault: Vault) -> bytes | None:
    """The key; None where the database has none yet, or not even the table."""
    query = select(stored_keys.c.key_sealed).where(stored_keys.c.name == INDEX)
    try:
        with engine.connect() as connection:
            sealed = connection.execute(query).scalar()
    except (OperationalError, ProgrammingError) as error:
        if isinstance(error, OperationalError) and "no such table" not in str(error.orig):
            raise  # a database that does not answer must not pass for one without a key
        return None
    key = vault.open(sealed, identity.of("stored_keys", "key_sealed", INDEX))
    return bytes.fromhex(key) if key is not None else None
