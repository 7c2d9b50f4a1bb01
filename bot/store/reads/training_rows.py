"""Training rows from orders: masked texts with their category, never of a restricted matter."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, exists, func, or_, select

from bot.orders.restricted import RESTRICTED
from bot.store.database import Tx
from bot.store.tables import history, orders

SORTED = exists().where(history.c.order_id == orders.c.id, history.c.action == "recategorise")
MAY_TEACH = and_(
    or_(orders.c.state == "closed", SORTED), orders.c.lane != RESTRICTED, orders.c.is_demo.is_(False), orders.c.text != ""
)  # fmt: skip


def decided(tx: Tx, most: int) -> Sequence[Row[Any]]:
    """The newest `most` orders that staff closed or categorised, oldest of them first."""
    o = orders.c
    columns = (o.id, o.text, o.category, o.lane, o.outcome, o.is_demo)
    query = select(*columns, SORTED.label("by_staff"), o.done_at.is_not(None).label("was_done")).where(MAY_TEACH)
    return tx.all(query.order_by(o.id.desc()).limit(most))[::-1]


def are_enough(tx: Tx, least: int) -> bool:
    """Whether there are at least so many rows."""
    found = select(orders.c.id).where(MAY_TEACH).limit(least).subquery()
    return int(tx.value(select(func.count()).select_from(found))) >= least
