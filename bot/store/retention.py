"""What is kept no longer than it is needed: raw words, files, and what tells of a person in matters long closed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, or_, select, update

from bot.store.database import Tx
from bot.store.tables import attachments, history, inbound, notices, orders, sealed_matters, sealed_notes

ENDED = ("sent", "delivered", "failed")


def drop_messages(tx: Tx, before: datetime, limit: int) -> int:
    """Messages as they came in and the replies to them; how many."""
    old = select(inbound.c.key).where(inbound.c.received_at < before).limit(limit)
    return tx.run(delete(inbound).where(inbound.c.key.in_(old.scalar_subquery()))).rowcount


def drop_facts(tx: Tx, before: datetime, limit: int) -> int:
    """What notices said; that they were sent, when and how stays. How many."""
    old = select(notices.c.id).where(
        notices.c.created_at < before, notices.c.facts_sealed.is_not(None), notices.c.state.in_(ENDED)
    )
    mine = notices.c.id.in_(old.limit(limit).scalar_subquery())
    return tx.run(update(notices).where(mine).values(facts_sealed=None)).rowcount


def files_of_closed(tx: Tx, closed_before: datetime, limit: int) -> Sequence[Row[Any]]:
    """Id and path of kept files whose order was closed before that moment."""
    query = select(attachments.c.id, attachments.c.path).join(orders, orders.c.id == attachments.c.order_id)
    closed = (orders.c.state == "closed", orders.c.closed_at < closed_before, attachments.c.path.is_not(None))
    return tx.all(query.where(*closed).order_by(attachments.c.id).limit(limit))


def forget_files(tx: Tx, ids: Sequence[int]) -> None:
    gone = {"state": "removed", "path": None, "label_sealed": None, "media_id": None, "size": None}
    tx.run(update(attachments).where(attachments.c.id.in_(ids)).values(**gone))


def drop_alarms(tx: Tx, before: datetime, limit: int) -> int:
    """What notices about restricted matters said, place and contact among it, once they were sent. How many."""
    restricted = select(orders.c.id).where(orders.c.lane == "restricted")
    old = select(notices.c.id).where(
        notices.c.created_at < before, notices.c.facts_sealed.is_not(None), notices.c.state.in_(ENDED),
        notices.c.order_id.in_(restricted),
    )  # fmt: skip
    mine = notices.c.id.in_(old.limit(limit).scalar_subquery())
    return tx.run(update(notices).where(mine).values(facts_sealed=None)).rowcount


def forget_matters(tx: Tx, closed_before: datetime, limit: int) -> int:
    """The box's content of orders closed before that moment; that there was such a matter stays. How many."""
    old = select(sealed_matters.c.order_id).join(orders, orders.c.id == sealed_matters.c.order_id)
    closed = (
        orders.c.state == "closed",
        orders.c.closed_at < closed_before,
        sealed_matters.c.words_sealed.is_not(None),
    )
    ids = [row.order_id for row in tx.all(old.where(*closed).order_by(orders.c.id).limit(limit))]
    if ids:
        blank = {"words_sealed": None, "excluded_sealed": None}
        tx.run(update(sealed_matters).where(sealed_matters.c.order_id.in_(ids)).values(**blank))
        tx.run(delete(sealed_notes).where(sealed_notes.c.order_id.in_(ids)))
    return len(ids)


def anonymise(tx: Tx, closed_before: datetime, limit: int) -> int:
    """Words, place and contact leave orders closed before that moment; category, times and outcome stay. How many."""
    old = select(orders.c.id).where(
        orders.c.state == "closed", orders.c.closed_at < closed_before,
        or_(orders.c.text != "", orders.c.place_sealed.is_not(None), orders.c.contact_sealed.is_not(None)),
    )  # fmt: skip
    ids = [row.id for row in tx.all(old.order_by(orders.c.id).limit(limit))]
    if ids:
        blank = {
            "text": "",
            "text_sealed": tx.vault.seal(""),
            "place_sealed": None,
            "contact_sealed": None,
            "rating_text": None,
        }
        tx.run(update(orders).where(orders.c.id.in_(ids)).values(**blank, wanted_when=None))
        tx.run(update(history).where(history.c.order_id.in_(ids)).values(note=None, note_sealed=None))
    return len(ids)
