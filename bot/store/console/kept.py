"""Saved views and replies, and orders that were put aside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, exists, func, insert, or_, select

from bot.store.database import Tx
from bot.store.schema.console_work import asides, saved_replies, saved_views
from bot.store.tables import orders


def views(tx: Tx, person_id: int, most: int) -> Sequence[Row[Any]]:
    """The person's own, and shared ones."""
    mine = or_(saved_views.c.person_id == person_id, saved_views.c.shared)
    return tx.all(select(saved_views).where(mine).order_by(saved_views.c.id).limit(most))


def views_of(tx: Tx, person_id: int) -> int:
    """How many the person has saved."""
    return int(tx.value(select(func.count()).where(saved_views.c.person_id == person_id)) or 0)


def add_view(tx: Tx, person_id: int, name: str, query: str, shared: bool) -> None:
    tx.run(insert(saved_views).values(person_id=person_id, name=name, query=query, shared=shared))


def drop_view(tx: Tx, person_id: int, number: int) -> bool:
    """Whether it was there, and the person's own."""
    mine = (saved_views.c.id == number, saved_views.c.person_id == person_id)
    return tx.run(delete(saved_views).where(*mine)).rowcount == 1


def replies(tx: Tx, most: int) -> Sequence[Row[Any]]:
    return tx.all(select(saved_replies).order_by(saved_replies.c.command, saved_replies.c.id).limit(most))


def add_reply(tx: Tx, person_id: int, name: str, command: str, words: str) -> None:
    tx.run(insert(saved_replies).values(person_id=person_id, name=name, command=command, words=words))


def drop_reply(tx: Tx, number: int) -> bool:
    return tx.run(delete(saved_replies).where(saved_replies.c.id == number)).rowcount == 1


def put_aside(tx: Tx, order_id: int, person_id: int, until: datetime | None, version: int) -> None:
    """Instead of what was said of the order before."""
    take_back(tx, order_id)
    tx.run(insert(asides).values(order_id=order_id, person_id=person_id, until=until, version=version))


def take_back(tx: Tx, order_id: int) -> None:
    """The order is before everybody again."""
    tx.run(delete(asides).where(asides.c.order_id == order_id))


def drop_old(tx: Tx, now: datetime) -> None:
    """Orders whose day has come, or that have changed, are put aside no more."""
    changed = exists(select(orders.c.id).where(orders.c.id == asides.c.order_id, orders.c.version != asides.c.version))
    tx.run(delete(asides).where(or_(asides.c.until <= now, changed)))
