"""Counts of the work by community, in one statement: what came in, what was closed, what is open and late now.

Restricted orders are in no count. What counts as satisfied is that of `bot.store.reads.figures`.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, literal, or_, select, union_all

from bot.orders.lifecycle import LIFE, State
from bot.store import exclusions
from bot.store.database import Tx
from bot.store.reads.due_orders import seconds_between
from bot.store.tables import orders

OURS = tuple(state for state in State if (state, "escalate") in LIFE)  # where the office or a helper must act
OPEN = tuple(state for state in State if state is not State.CLOSED)


def by_community(
    tx: Tx, communities: Collection[str] | None, since: datetime, until: datetime, now: datetime
) -> Sequence[Row[Any]]:  # fmt: skip
    """(community, kind, number, measured, satisfied, late, seconds) for the kinds received, closed and open; communities
    None: of all, also of orders of no known one. `seconds`: from coming in to closed, of all closed ones together."""
    counted = [exclusions.readable(None)]
    if communities is not None:
        counted.append(orders.c.community.in_(sorted(communities)))
    told = or_(orders.c.solved.is_not(None), orders.c.rating.is_not(None))
    measured = and_(told, orders.c.lane != "mediation")
    content = case((orders.c.rating.is_not(None), orders.c.rating >= 3), else_=orders.c.solved)
    zero, none = literal(0), literal(0.0)
    received = _counts(
        "received", _number(measured), _number(and_(measured, content.is_(True))), zero, none,
        and_(orders.c.created_at >= since, orders.c.created_at < until, *counted),
    )  # fmt: skip
    spent = func.sum(seconds_between(orders.c.created_at, orders.c.closed_at))
    closed = _counts(
        "closed", zero, zero, zero, spent, and_(orders.c.closed_at >= since, orders.c.closed_at < until, *counted)
    )
    late = _number(and_(orders.c.state.in_(OURS), now > orders.c.limit_at))
    unfinished = _counts("open", zero, zero, late, none, and_(orders.c.state.in_(OPEN), *counted))
    return tx.all(union_all(received, closed, unfinished))


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _counts(
    kind: str, measured: Any, satisfied: Any, late: Any, seconds: Any, which: ColumnElement[bool]
) -> Any:  # fmt: skip
    columns = [
        orders.c.community, literal(kind).label("kind"), func.count().label("number"), measured.label("measured"),
        satisfied.label("satisfied"), late.label("late"), seconds.label("seconds"),
    ]  # fmt: skip
    return select(*columns).where(which).group_by(orders.c.community)
