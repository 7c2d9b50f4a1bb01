"""The installation's own keys: the index key, under which digests of numbers, codes, tokens and openids are made."""

import os
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from bot.store.database import Tx
from bot.store.schema.installed import tokens
from bot.store.schema.records import audit, deletions, stored_keys
from bot.store.sealed import identity
from bot.store.sealed.index_key import INDEX
from bot.store.tables import bind_codes, persons

# what says that digests were made already, under the key that follows from DATA_KEY
_INDEXED: tuple[Any, ...] = (
    select(persons.c.id).where(persons.c.phone_index.is_not(None)),
    select(bind_codes.c.id),
    select(tokens.c.id),
    select(deletions.c.id),
    select(audit.c.id).where(audit.c.number.is_not(None)),
)


def ensure_index_key(tx: Tx, now: datetime) -> bool:
    """Store the index key where there is none; whether one was stored.

    A new installation gets a random one. An older one keeps the one that its digests were made with, since bind codes
    and tokens cannot be digested again.
    """
    if tx.first(select(stored_keys.c.name).where(stored_keys.c.name == INDEX)) is not None:
        return False
    is_used = any(tx.first(query.limit(1)) is not None for query in _INDEXED)
    key = tx.vault.former_index_key if is_used else os.urandom(32)
    sealed = tx.vault.seal(key.hex(), identity.of("stored_keys", "key_sealed", INDEX))
    tx.run(insert(stored_keys).values(name=INDEX, key_sealed=sealed, made_at=now))
    return True
