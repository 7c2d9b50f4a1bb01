"""Whom orders are kept from: who is named in a danger, and whom a matter that left the box may be about.

Every list, search, count and figure takes its condition from here, so that a hidden order is neither shown nor counted. The
rows stay as long as the order.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.orders.order import Order
from bot.orders.restricted import RESTRICTED
from bot.orders.rights import Rights
from bot.orders.visibility import names_of_reader
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.tables import IS_A_MATTER, IS_OPEN, exclusions, orders


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads. `keys`: the digests under which an order may be kept from this reader, in a fixed order; a prepared
    statement has parameters instead."""

    keys: tuple[Any, ...]


def reader(tx: Tx, person_id: int, rights: Rights) -> Reader:
    """A person with these rights."""
    return Reader(tuple(sorted(map(tx.vault.index, names_of_reader(person_id, rights)))))


def of_person(tx: Tx, person_id: int | None) -> Reader | None:
    """A person of the roster with the rights of this moment; None for no person."""
    return None if person_id is None else reader(tx, person_id, people.rights_of(tx, person_id))


def known_to(who: Reader | None) -> ColumnElement[bool]:
    """The condition of orders that are not kept from this reader. None: nobody knows who reads it, such as a count for
    everybody: then an order that is kept from anybody is not in it."""
    kept = select(exclusions.c.order_id)
    return orders.c.id.not_in(kept if who is None else kept.where(exclusions.c.reader.in_(who.keys)))


def readable(who: Reader | None) -> ColumnElement[bool]:
    """The same of what may be listed at all: never a restricted matter, nor what is no matter of its own any more."""
    return and_(orders.c.lane != RESTRICTED, IS_A_MATTER, known_to(who))


def add(tx: Tx, order_id: int, names: Collection[str]) -> None:
    """Keep the order from these too: names as `bot.orders.visibility` makes them."""
    known = {row.reader for row in tx.all(select(exclusions.c.reader).where(exclusions.c.order_id == order_id))}
    new = sorted({tx.vault.index(name) for name in names} - known)
    if new:
        tx.run(exclusions.insert(), [{"order_id": order_id, "reader": each} for each in new])


def is_kept_from(tx: Tx, order_id: int, who: Reader) -> bool:
    """Whether this order is kept from the reader."""
    mine = (exclusions.c.order_id == order_id, exclusions.c.reader.in_(who.keys))
    return bool(tx.value(select(func.count()).select_from(exclusions).where(*mine)))


def not_looked_at(tx: Tx, limit: int) -> Sequence[Order]:
    """Orders, at most `limit`, that an older version left: out of the box, or open and a danger, and never looked at for whom they
    are kept from."""
    danger = and_(IS_OPEN, or_(orders.c.urgency == "U0", orders.c.danger.is_not(None)))
    old = (orders.c.lane != RESTRICTED, orders.c.excludes.is_(None), or_(orders.c.left_box.is_(True), danger))
    return tx.all(select(orders).where(*old).order_by(orders.c.id).limit(limit))
