"""The API's tokens; only a keyed digest of each is stored."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.store.database import Tx
from bot.store.schema.installed import tokens
from bot.store.tables import persons


def add(
    tx: Tx, name: str, token: str, scopes: Sequence[str], person_id: int | None, now: datetime,
    *, community: str | None = None, expires_at: datetime | None = None,
) -> int:  # fmt: skip
    """Store a token and return its id. The token itself is not stored and cannot be read again."""
    values = {"name": name, "token_index": tx.vault.index(token), "scopes": list(scopes), "person_id": person_id}
    row = {**values, "community": community, "created_at": now, "expires_at": expires_at}
    key = tx.run(insert(tokens).values(**row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def by_index(tx: Tx, index: str) -> Row[Any] | None:
    """The token with this digest; None where there is none."""
    return tx.first(select(tokens).where(tokens.c.token_index == index))


def every(tx: Tx) -> Sequence[Row[Any]]:
    """All tokens, the oldest first, with the name of whom each stands for."""
    query = select(tokens, persons.c.name.label("person_name"))
    return tx.all(query.outerjoin(persons, persons.c.id == tokens.c.person_id).order_by(tokens.c.id))


def revoke(tx: Tx, name: str, now: datetime) -> list[int]:
    """Mark the tokens of this name as revoked; the ids of those that were not before."""
    mine = update(tokens).where(tokens.c.name == name, tokens.c.revoked_at.is_(None))
    return sorted(row.id for row in tx.all(mine.values(revoked_at=now).returning(tokens.c.id)))
