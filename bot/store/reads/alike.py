"""Orders that may be about the same thing, and what comes up at one place again and again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from bot.store.database import Tx
from bot.store.tables import orders

_SEEN = ("restricted", "emergency")


def own(tx: Tx, person_id: int, category: str, since: datetime, limit: int) -> Sequence[Row[Any]]:
    """What this resident has told of this category and is not closed, the newest first."""
    query = select(orders).where(
        orders.c.person_id == person_id, orders.c.category == category, orders.c.state != "closed",
        orders.c.created_at >= since, orders.c.lane.not_in(_SEEN),
    )  # fmt: skip
    return tx.all(query.order_by(orders.c.id.desc()).limit(limit))


def of_others(
    tx: Tx, person_id: int, category: str, community: str | None, since: datetime, limit: int
) -> Sequence[Row[Any]]:
    """What others have told of this category in this community and is not closed, the newest first."""
    query = select(orders).where(
        orders.c.person_id != person_id, orders.c.category == category, orders.c.state != "closed",
        orders.c.community == community, orders.c.created_at >= since, orders.c.lane.not_in(_SEEN),
    )  # fmt: skip
    return tx.all(query.order_by(orders.c.id.desc()).limit(limit))


def repeated(
    tx: Tx, communities: Sequence[str] | None, lanes: Sequence[str], since: datetime, least: int, limit: int
) -> Sequence[Row[Any]]:
    """community, estate, category, number: what came up so often at one place (communities None: all), most first."""
    number = func.count().label("number")
    place = (orders.c.community, orders.c.estate, orders.c.category)
    query = select(*place, number).where(
        orders.c.lane.in_(lanes), orders.c.created_at >= since, orders.c.community.is_not(None),
        orders.c.outcome.is_distinct_from("withdrawn"),
    )  # fmt: skip
    if communities is not None:
        query = query.where(orders.c.community.in_(communities))
    return tx.all(query.group_by(*place).having(number >= least).order_by(number.desc(), *place).limit(limit))
