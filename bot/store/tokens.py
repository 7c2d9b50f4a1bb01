"""The API's tokens; only a keyed digest of each is stored."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert

from bot.store.database import Tx
from bot.store.tables import tokens


def add(tx: Tx, name: str, token: str, scopes: Sequence[str], person_id: int | None, now: datetime) -> None:
    """Store a token. The token itself is not stored and cannot be read again."""
    values = {"name": name, "token_index": tx.vault.index(token), "scopes": list(scopes), "person_id": person_id}
    tx.run(insert(tokens).values(**values, created_at=now))
