"""Finds orders that may be about the same matter."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select

from bot.orders.order import Order
from bot.orders.restricted import EMERGENCY, RESTRICTED
from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.rows import Told
from bot.store.tables import IS_OPEN, orders

_NOT_COMPARED = (RESTRICTED, EMERGENCY)
# so that both databases go by the index of what is alike, the newest first, and stop after a few
_CREATED_AT = func.coalesce(orders.c.created_at, orders.c.created_at)
_OPEN = (
    orders.c.category == bindparam("category"), IS_OPEN, bindparam("since") <= _CREATED_AT,
    orders.c.lane.not_in(_NOT_COMPARED),
)  # fmt: skip
_OWN = Prepared(
    lambda _: (
        select(orders)
        .where(orders.c.person_id == bindparam("of_id"), *_OPEN)
        .order_by(orders.c.id.desc())
        .limit(bindparam("most"))
    )
)
_TOLD = (
    orders.c.id,
    orders.c.code,
    orders.c.text,
    orders.c.category,
    orders.c.community,
    orders.c.estate,
    orders.c.place_sealed,
)
_OF_OTHERS = Prepared(
    lambda _: (
        select(*_TOLD)
        .where(orders.c.person_id != bindparam("of_id"), orders.c.community == bindparam("community"), *_OPEN)
        .order_by(orders.c.id.desc())
        .limit(bindparam("most"))
    )
)


def own(tx: Tx, person_id: int, category: str, since: datetime, limit: int) -> Sequence[Order]:
    """This resident's orders of the category that are not closed, newest first."""
    return tx.all(_OWN, of_id=person_id, category=category, since=since, most=limit)


def of_others(
    tx: Tx, person_id: int, category: str, community: str | None, since: datetime, limit: int
) -> Sequence[Told]:
    """Other residents' orders of the category in the community that are not closed, newest first."""
    return tx.all(_OF_OTHERS, of_id=person_id, category=category, community=community, since=since, most=limit)
