"""Conversations that wait for a person."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, true, update

from bot.store import exclusions
from bot.store.database import Tx
from bot.store.exclusions import Reader
from bot.store.retention import was_closed
from bot.store.schema.console_work import handovers
from bot.store.tables import inbound, orders, persons

MOST = 100


def add(tx: Tx, order_id: int, person_id: int, reason: str, now: datetime) -> None:
    """One more, unless the order's conversation waits already."""
    waits = select(handovers.c.id).where(handovers.c.order_id == order_id, handovers.c.done_at.is_(None))
    if tx.first(waits) is None:
        tx.run(insert(handovers).values(order_id=order_id, person_id=person_id, reason=reason, at=now))


def waiting(tx: Tx, communities: Collection[str] | None, reader: Reader) -> Sequence[Row[Any]]:
    """Those of these communities (None: all), and of orders without one; the oldest first, each with its order and the
    customer-service window of its person."""
    within = true() if communities is None else or_(orders.c.community.in_(communities), orders.c.community.is_(None))
    query = (
        select(
            handovers.c.id, handovers.c.reason, handovers.c.at, handovers.c.person_id, orders.c.code,
            persons.c.chat_until, persons.c.chat_left, persons.c.subscribed,
        )
        .join(orders, orders.c.id == handovers.c.order_id).join(persons, persons.c.id == handovers.c.person_id)
        .where(handovers.c.done_at.is_(None), exclusions.readable(reader), within)
        .order_by(handovers.c.id).limit(MOST)
    )  # fmt: skip
    return tx.all(query)


def of_order(tx: Tx, order_id: int) -> bool:
    """Whether the order's conversation waits."""
    waits = (handovers.c.order_id == order_id, handovers.c.done_at.is_(None))
    return tx.first(select(handovers.c.id).where(*waits)) is not None


def end(tx: Tx, order_id: int, person_id: int, now: datetime) -> None:
    """Somebody has dealt with it."""
    waits = (handovers.c.order_id == order_id, handovers.c.done_at.is_(None))
    tx.run(update(handovers).where(*waits).values(done_at=now, done_by=person_id))


def said_by(tx: Tx, person_id: int, since: datetime, until: datetime, most: int) -> Sequence[Row[Any]]:
    """The newest messages of the person within these moments with their replies, the oldest of them first."""
    query = select(inbound).where(inbound.c.person_id == person_id, inbound.c.body_sealed.is_not(None))
    query = query.where(inbound.c.received_at.between(since, until))
    return tx.all(query.order_by(inbound.c.received_at.desc()).limit(most))[::-1]


def failed(tx: Tx, most: int) -> Sequence[Row[Any]]:
    """Messages that the service could not deal with, the oldest first."""
    query = select(inbound).where(inbound.c.failure.is_not(None)).order_by(inbound.c.received_at).limit(most)
    return tx.all(query)


def drop_old(tx: Tx, closed_before: datetime, limit: int) -> None:
    """Of orders that were closed before this moment nothing is left of who waited."""
    old = select(handovers.c.id).join(orders, orders.c.id == handovers.c.order_id)
    old = old.where(was_closed(closed_before)).limit(limit)
    tx.run(delete(handovers).where(handovers.c.id.in_(old.scalar_subquery())))
