"""What residents send besides words: where a file stands between the platform and our disk."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select, update

from bot.store.database import Tx
from bot.store.tables import attachments


def of(tx: Tx, order_id: int) -> Sequence[Row[Any]]:
    """Everything that was sent to this order, in order."""
    return tx.all(select(attachments).where(attachments.c.order_id == order_id).order_by(attachments.c.id))


def due(tx: Tx, now: datetime, limit: int) -> Sequence[Row[Any]]:
    """(id, attempts) of files that are to be fetched now."""
    query = select(attachments.c.id, attachments.c.attempts)
    query = query.where(attachments.c.state == "pending", attachments.c.due_at <= now)
    return tx.all(query.order_by(attachments.c.id).limit(limit))


def take(tx: Tx, attachment_id: int, now: datetime, lease_seconds: float) -> Row[Any] | None:
    """The row, taken for `lease_seconds`; None when it is not due (any more)."""
    taken: Sequence[Row[Any]] = tx.all(
        update(attachments)
        .where(attachments.c.id == attachment_id, attachments.c.state == "pending", attachments.c.due_at <= now)
        .values(attempts=attachments.c.attempts + 1, due_at=now + timedelta(seconds=lease_seconds))
        .returning(attachments)
    )
    return taken[0] if taken else None


def change(tx: Tx, attachment_id: int, **values: object) -> None:
    mine = attachments.c.id == attachment_id
    tx.run(update(attachments).where(mine, attachments.c.state == "pending").values(**values))


def move(tx: Tx, attachment_id: int, path: str) -> None:
    """The file lies elsewhere now."""
    tx.run(update(attachments).where(attachments.c.id == attachment_id).values(path=path))


def bytes_kept(tx: Tx) -> int:
    return int(tx.value(select(func.sum(attachments.c.size)).where(attachments.c.state == "stored")) or 0)


def files_of(tx: Tx, order_id: int) -> int:
    """How many files an order holds already."""
    query = select(func.count()).where(attachments.c.order_id == order_id, attachments.c.path.is_not(None))
    return int(tx.value(query) or 0)
