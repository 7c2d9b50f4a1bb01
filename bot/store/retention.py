"""Deletes what is kept no longer: messages, files, and personal data of orders closed long ago.

Each function handles at most `limit` rows; those that return a number return how many rows they changed.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, select, update

from bot.store.database import Tx
from bot.store.inbound import SPENT
from bot.store.schema.sending import group_posts, mass_sends
from bot.store.tables import (
    HOLDS_WORDS,
    IS_RESTRICTED,
    attachments,
    broadcast_approvals,
    broadcast_people,
    broadcasts,
    history,
    inbound,
    notices,
    orders,
    sealed_matters,
    sealed_notes,
)

SPENT_WITHIN = timedelta(days=2)
ENDED = ("sent", "delivered", "failed")


def was_closed(before: datetime) -> ColumnElement[bool]:
    """The condition of orders closed before this moment, for a query that begins with what belongs to them: written so
    that SQLite does not begin with the closed orders, which are many."""
    closed_at = func.coalesce(orders.c.closed_at, orders.c.closed_at)
    return and_(func.coalesce(orders.c.state, "") == "closed", closed_at < before)


def drop_messages(tx: Tx, before: datetime, limit: int) -> int:
    """Delete messages received before this moment, with their replies."""
    old = select(inbound.c.key).where(inbound.c.received_at < before).limit(limit)
    return tx.run(delete(inbound).where(inbound.c.key.in_(old.scalar_subquery()))).rowcount


def drop_spent(tx: Tx, before: datetime, limit: int) -> int:
    """Delete what says only that a signature was used up before this moment. What is older than `SPENT_WITHIN` goes with the
    messages of its time: so few rows are looked at."""
    old = select(inbound.c.key).where(
        inbound.c.kind == SPENT, inbound.c.received_at < before, inbound.c.received_at >= before - SPENT_WITHIN
    )
    return tx.run(delete(inbound).where(inbound.c.key.in_(old.limit(limit).scalar_subquery()))).rowcount


def drop_facts(tx: Tx, before: datetime, limit: int) -> int:
    """Delete the facts of finished notices; the rows stay: that they were sent, when and how."""
    old = select(notices.c.id).where(
        notices.c.created_at < before, notices.c.facts_sealed.is_not(None), notices.c.state.in_(ENDED)
    )
    mine = notices.c.id.in_(old.limit(limit).scalar_subquery())
    return tx.run(update(notices).where(mine).values(facts_sealed=None)).rowcount


def files_of_closed(tx: Tx, closed_before: datetime, limit: int) -> Sequence[Row[Any]]:
    """Id and path of stored files whose order was closed before this moment."""
    query = select(attachments.c.id, attachments.c.path).join(orders, orders.c.id == attachments.c.order_id)
    query = query.where(was_closed(closed_before), attachments.c.path.is_not(None))
    return tx.all(query.order_by(attachments.c.id).limit(limit))


def forget_files(tx: Tx, ids: Sequence[int]) -> None:
    """Mark the files as removed and delete what describes them."""
    gone = {"state": "removed", "path": None, "label_sealed": None, "media_id": None, "size": None}
    tx.run(update(attachments).where(attachments.c.id.in_(ids)).values(**gone))


def drop_alarms(tx: Tx, before: datetime, limit: int) -> int:
    """Delete the facts (place and contact among them) of finished notices about restricted matters."""
    state = func.coalesce(notices.c.state, "")  # so SQLite begins with the restricted matters, in turn: they are few
    old = (
        select(notices.c.id)
        .join(orders, orders.c.id == notices.c.order_id)
        .where(IS_RESTRICTED, notices.c.created_at < before, notices.c.facts_sealed.is_not(None), state.in_(ENDED))
        .order_by(orders.c.id)
    )
    mine = notices.c.id.in_(old.limit(limit).scalar_subquery())
    return tx.run(update(notices).where(mine).values(facts_sealed=None)).rowcount


def forget_matters(tx: Tx, closed_before: datetime, limit: int) -> int:
    """Delete the box's content of orders closed before this moment; the row in `orders` stays."""
    old = select(sealed_matters.c.order_id).join(orders, orders.c.id == sealed_matters.c.order_id)
    old = old.where(was_closed(closed_before), sealed_matters.c.words_sealed.is_not(None))
    ids = [row.order_id for row in tx.all(old.order_by(sealed_matters.c.order_id).limit(limit))]
    if ids:
        blank = {"words_sealed": None, "excluded_sealed": None}
        tx.run(update(sealed_matters).where(sealed_matters.c.order_id.in_(ids)).values(**blank))
        tx.run(delete(sealed_notes).where(sealed_notes.c.order_id.in_(ids)))
    return len(ids)


def drop_broadcasts(tx: Tx, before: datetime, limit: int) -> None:
    """Delete the oldest broadcast that ended before this moment, or was written before it and never sent: its recipients,
    `limit` at a time, and once they are gone, itself with all that is known of it."""
    ended = func.coalesce(
        broadcasts.c.closed_at, broadcasts.c.ended_at, broadcasts.c.approved_at, broadcasts.c.created_at
    )
    old = select(broadcasts.c.id).where(ended < before, broadcasts.c.due_from.is_(None)).order_by(broadcasts.c.id)
    broadcast_id = tx.value(old.limit(1))
    if broadcast_id is None:
        return
    told = select(notices.c.id).where(notices.c.broadcast_id == broadcast_id).limit(limit)
    ids = [row.id for row in tx.all(told)]
    tx.run(delete(notices).where(notices.c.id.in_(ids)))  # their attempts go with them
    if len(ids) < limit:
        for table in (broadcast_people, broadcast_approvals, group_posts, mass_sends):
            tx.run(delete(table).where(table.c.broadcast_id == broadcast_id))
        tx.run(delete(broadcasts).where(broadcasts.c.id == broadcast_id))


def anonymise(tx: Tx, closed_before: datetime, limit: int) -> int:
    """Delete words, place and contact of orders closed before this moment; category, times and outcome stay."""
    old = select(orders.c.id).where(orders.c.closed_at < closed_before, HOLDS_WORDS)
    ids = [row.id for row in tx.all(old.order_by(orders.c.closed_at).limit(limit))]
    if ids:
        blank(tx, ids)
    return len(ids)


def blank(tx: Tx, order_ids: Sequence[int]) -> None:
    """Delete words, place and contact of these orders, and the notes of their history."""
    gone: dict[str, Any] = {
        "text": "",
        "text_sealed": tx.vault.seal(""),
        **dict.fromkeys(("place_sealed", "contact_sealed", "wanted_when")),
    }
    tx.run(update(orders).where(orders.c.id.in_(order_ids)).values(**gone))
    tx.run(update(history).where(history.c.order_id.in_(order_ids)).values(note=None, note_sealed=None))
