"""The API's tokens; only a keyed digest of each is stored."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert

from bot.store.database import Tx
from bot.store.tables import tokens


def add(tx: Tx, name: str, token: str, scopes: Sequence[str], person_id: int | None, now: datetime) -> int:
    """Store a token and return its id. The token itself is not stored and cannot be read again."""
    values = {"name": name, "token_index": tx.vault.index(token), "scopes": list(scopes), "person_id": person_id}
    key = tx.run(insert(tokens).values(**values, created_at=now)).inserted_primary_key
    assert key is not None
    return int(key[0])
