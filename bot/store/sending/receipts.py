"""Receipts that arrived before the send that they belong to was recorded."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, select

from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.schema.sending import attempts, receipts

LONGEST = 40
_COLUMNS = ("message_id", "status", "at")
_KEEP = Prepared(lambda dialect: people.inserting(dialect, receipts, _COLUMNS, skip=["message_id"]))
_ANY = Prepared(lambda _: select(exists().select_from(receipts)))
_ANSWERED = Prepared(  # written so that both databases begin with the receipts: of attempts there are many
    lambda _: select(receipts).where(exists().where(attempts.c.message_id == receipts.c.message_id))
)
_BEGINNING = Prepared(
    lambda _: (
        select(receipts)
        .where(receipts.c.message_id.like(bindparam("pattern")))
        .order_by(receipts.c.at, receipts.c.message_id)
    )
)


def keep(tx: Tx, key: str, status: str, now: datetime) -> None:
    """Store a receipt; `key` is the platform's message id or what stands for one. The same key is stored once."""
    tx.change(_KEEP, {"message_id": key[:LONGEST], "status": status[:64], "at": now})


def any_kept(tx: Tx) -> bool:
    """Whether any receipt waits."""
    return bool(tx.value(_ANY))


def answered(tx: Tx) -> Sequence[Row[Any]]:
    """(message_id, status, at) of the receipts whose notice has been recorded since."""
    return tx.all(_ANSWERED)


def beginning(tx: Tx, prefix: str) -> Sequence[Row[Any]]:
    """The receipts whose key begins with the prefix, oldest first."""
    return tx.all(_BEGINNING, pattern=f"{prefix}%")


def drop(tx: Tx, keys: Sequence[str]) -> None:
    """Delete the receipts with these keys."""
    if keys:
        tx.run(delete(receipts).where(receipts.c.message_id.in_(keys)))


def drop_before(tx: Tx, before: datetime) -> None:
    """Delete older receipts: they belong to messages that another system sent for the same account."""
    tx.run(delete(receipts).where(receipts.c.at < before))
