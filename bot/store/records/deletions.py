"""Requests to delete what is known of somebody. A row stays for good: after a restore it says who must stay deleted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Row, exists, insert, or_, select, update

from bot.store.database import Tx
from bot.store.schema.records import deletions
from bot.store.tables import orders, persons


class Deletion(Protocol):
    """One request."""

    id: int
    person_id: int
    openid_index: str
    order_id: int | None
    source: str
    asked_at: datetime
    due_at: datetime
    confirmed_at: datetime | None
    done_at: datetime | None  # what is newer stays
    ended_at: datetime | None
    run_at: datetime | None


def ask(tx: Tx, **values: Any) -> int:
    """Store a request; its id."""
    key = tx.run(insert(deletions).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def waiting_for(tx: Tx, person_id: int) -> Deletion | None:
    """The person's request that is not carried out yet."""
    mine = (deletions.c.person_id == person_id, deletions.c.done_at.is_(None), deletions.c.ended_at.is_(None))
    return tx.first(select(deletions).where(*mine).order_by(deletions.c.id))


def by_order(tx: Tx, order_id: int) -> Deletion | None:
    """The request that this order stands for."""
    return tx.first(select(deletions).where(deletions.c.order_id == order_id))


def by_id(tx: Tx, deletion_id: int) -> Deletion:
    return tx.run(select(deletions).where(deletions.c.id == deletion_id)).one()


def of_openid(tx: Tx, openid_index: str) -> Sequence[Deletion]:
    """All requests of who had this openid (as keyed digest), oldest first."""
    return tx.all(select(deletions).where(deletions.c.openid_index == openid_index).order_by(deletions.c.id))


def change(tx: Tx, deletion_id: int, **values: Any) -> None:
    tx.run(update(deletions).where(deletions.c.id == deletion_id).values(**values))


def due(tx: Tx, now: datetime, limit: int) -> Sequence[Deletion]:
    """Requests to carry out: confirmed, or due, for the first time; or again, since an order that stayed is closed, or
    a restore asks for it."""
    first = deletions.c.done_at.is_(None) & or_(deletions.c.confirmed_at.is_not(None), deletions.c.due_at <= now)
    closed = exists(
        select(orders.c.id).where(
            orders.c.person_id == deletions.c.person_id,
            orders.c.closed_at > deletions.c.run_at,
            orders.c.created_at <= deletions.c.done_at,
        )
    )
    again = deletions.c.done_at.is_not(None) & or_(deletions.c.run_at.is_(None), closed)
    open_ = deletions.c.ended_at.is_(None)
    return tx.all(select(deletions).where(open_, or_(first, again)).order_by(deletions.c.id).limit(limit))


def carried_out(tx: Tx) -> Sequence[Row[Any]]:
    """(openid_index, done_at) of everything that was carried out."""
    query = select(deletions.c.openid_index, deletions.c.done_at)
    return tx.all(query.where(deletions.c.done_at.is_not(None)).order_by(deletions.c.id))


def openids(tx: Tx) -> Sequence[Row[Any]]:
    """(id, openid, created_at) of everybody with an account."""
    query = select(persons.c.id, persons.c.openid, persons.c.created_at)
    return tx.all(query.where(persons.c.openid.is_not(None)).order_by(persons.c.id))
