"""What is known of one recipient beside the notices: the answer to a meeting, and that somebody told them by hand."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from bot.store.database import Tx
from bot.store.people import insert_or_skip
from bot.store.tables import broadcast_people


def of(tx: Tx, broadcast_id: int, person_id: int) -> Row[Any] | None:
    mine = (broadcast_people.c.broadcast_id == broadcast_id, broadcast_people.c.person_id == person_id)
    return tx.first(select(broadcast_people).where(*mine))


def drop_reasons(tx: Tx, before: datetime, limit: int) -> int:
    """Why people did not come to meetings, as they said it before; how many were emptied."""
    old = select(broadcast_people.c.id).where(
        broadcast_people.c.reason_sealed.is_not(None), broadcast_people.c.answered_at < before
    )
    mine = broadcast_people.c.id.in_(old.limit(limit))
    return tx.run(update(broadcast_people).where(mine).values(reason_sealed=None)).rowcount


def put(tx: Tx, broadcast_id: int, person_id: int, **values: object) -> None:
    """Set these columns of the person's row, which is made where there is none."""
    key = {"broadcast_id": broadcast_id, "person_id": person_id}
    tx.run(insert_or_skip(tx, broadcast_people, key, on=list(key)))
    mine = (broadcast_people.c.broadcast_id == broadcast_id, broadcast_people.c.person_id == person_id)
    tx.run(update(broadcast_people).where(*mine).values(**values))
