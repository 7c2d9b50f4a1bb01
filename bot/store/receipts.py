"""Receipts that arrived before the send that they belong to was recorded."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, exists, select

from bot.store import people
from bot.store.database import Tx
from bot.store.schema.sending import attempts, receipts

LONGEST = 40


def keep(tx: Tx, key: str, status: str, now: datetime) -> None:
    """Store a receipt; `key` is the platform's message id or what stands for one. The same key is stored once."""
    values = {"message_id": key[:LONGEST], "status": status[:64], "at": now}
    tx.run(people.insert_or_skip(tx, receipts, values, on=["message_id"]))


def any_kept(tx: Tx) -> bool:
    """Whether any receipt waits."""
    return bool(tx.value(select(exists().select_from(receipts))))


def answered(tx: Tx) -> Sequence[Row[Any]]:
    """(message_id, status, at) of the receipts whose notice has been recorded since."""
    query = select(receipts.c.message_id, receipts.c.status, receipts.c.at)
    return tx.all(query.join(attempts, attempts.c.message_id == receipts.c.message_id))


def beginning(tx: Tx, prefix: str) -> Sequence[Row[Any]]:
    """The receipts whose key begins with the prefix, oldest first."""
    query = select(receipts).where(receipts.c.message_id.like(f"{prefix}%"))
    return tx.all(query.order_by(receipts.c.at, receipts.c.message_id))


def drop(tx: Tx, keys: Sequence[str]) -> None:
    """Delete the receipts with these keys."""
    if keys:
        tx.run(delete(receipts).where(receipts.c.message_id.in_(keys)))


def drop_before(tx: Tx, before: datetime) -> None:
    """Delete older receipts: they belong to messages that another system sent for the same account."""
    tx.run(delete(receipts).where(receipts.c.at < before))
