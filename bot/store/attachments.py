"""Pictures, recordings and places that residents send: the state of each file between the platform and our disk."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from bot.store.database import Tx
from bot.store.rows import Attachment, PendingFile
from bot.store.tables import attachments


def of(tx: Tx, order_id: int) -> Sequence[Attachment]:
    """All attachments of an order, in the order in which they came."""
    return tx.all(select(attachments).where(attachments.c.order_id == order_id).order_by(attachments.c.id))


def due(tx: Tx, now: datetime, limit: int) -> Sequence[PendingFile]:
    """(id, attempts) of the files to fetch now, at most `limit`."""
    query = select(attachments.c.id, attachments.c.attempts)
    query = query.where(attachments.c.state == "pending", attachments.c.due_at <= now)
    return tx.all(query.order_by(attachments.c.id).limit(limit))


def take(tx: Tx, attachment_id: int, now: datetime, lease_seconds: float) -> PendingFile | None:
    """Claim a file for `lease_seconds`; None where it is not due (any more)."""
    taken: Sequence[PendingFile] = tx.all(
        update(attachments)
        .where(attachments.c.id == attachment_id, attachments.c.state == "pending", attachments.c.due_at <= now)
        .values(attempts=attachments.c.attempts + 1, due_at=now + timedelta(seconds=lease_seconds))
        .returning(attachments)
    )
    return taken[0] if taken else None


def change(tx: Tx, attachment_id: int, **values: object) -> None:
    """Change an attachment that is still pending."""
    mine = attachments.c.id == attachment_id
    tx.run(update(attachments).where(mine, attachments.c.state == "pending").values(**values))


def move(tx: Tx, attachment_id: int, path: str) -> None:
    """Record a new path of the file, relative to VAR_DIR."""
    tx.run(update(attachments).where(attachments.c.id == attachment_id).values(path=path))


def bytes_kept(tx: Tx) -> int:
    """The size of all stored files, in bytes."""
    return int(tx.value(select(func.sum(attachments.c.size)).where(attachments.c.state == "stored")) or 0)


def files_of(tx: Tx, order_id: int) -> int:
    """How many stored files an order has."""
    query = select(func.count()).where(attachments.c.order_id == order_id, attachments.c.path.is_not(None))
    return int(tx.value(query) or 0)
