"""Finds orders that may be about the same matter, and matters that recur at one place."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select

from bot.orders.order import Order
from bot.orders.restricted import EMERGENCY, RESTRICTED
from bot.store import exclusions
from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.rows import Often, Told
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


def repeated(
    tx: Tx, communities: Sequence[str] | None, lanes: Sequence[str], since: datetime, least: int, limit: int,
    until: datetime | None = None,
) -> Sequence[Often]:  # fmt: skip
    """(community, estate, category, number) of what came up often at one place, most first; communities None: of all.
    `until`: not what came in from then on."""
    number = func.count().label("number")
    place = (orders.c.community, orders.c.estate, orders.c.category)
    query = select(*place, number).where(
        orders.c.lane.in_(lanes), exclusions.known_to(None), orders.c.created_at >= since, orders.c.community.is_not(None),
        orders.c.outcome.is_distinct_from("withdrawn"),
    )  # fmt: skip
    if until is not None:
        query = query.where(orders.c.created_at < until)
    if communities is not None:
        query = query.where(orders.c.community.in_(communities))
    return tx.all(query.group_by(*place).having(number >= least).order_by(number.desc(), *place).limit(limit))
