"""Counts of a period side by side: by community, and by day or week. Restricted orders are in no count."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Row, and_, case, cast, func, literal, or_, select, union_all

from bot.orders.lifecycle import LIFE, State
from bot.store.database import Tx
from bot.store.reads import figures
from bot.store.reads.due_orders import seconds_between
from bot.store.reads.figures import Period
from bot.store.tables import orders

OURS = tuple(state for state in State if (state, "escalate") in LIFE)  # where the office or a helper must act
ROUNDING = 0.01  # seconds: SQLite's moments are floating-point numbers of days


def received_by_community(tx: Tx, period: Period) -> Sequence[Row[Any]]:
    """(community, number, measured, satisfied) of the orders received; what counts as satisfied is that of
    `figures.answers`."""
    told = or_(orders.c.solved.is_not(None), orders.c.rating.is_not(None))
    measured = and_(told, orders.c.lane != "mediation")
    content = case((orders.c.rating.is_not(None), orders.c.rating >= 3), else_=orders.c.solved)
    columns = (
        orders.c.community, func.count().label("number"), func.count(case((measured, 1))).label("measured"),
        func.count(case((and_(measured, content.is_(True)), 1))).label("satisfied"),
    )  # fmt: skip
    return tx.all(select(*columns).where(period.received).group_by(orders.c.community))


def closed_by_community(tx: Tx, period: Period) -> Sequence[Row[Any]]:
    """(community, number) of the orders closed within the period and not reopened since."""
    return tx.all(
        select(orders.c.community, func.count().label("number")).where(_closed(period)).group_by(orders.c.community)
    )


def at_end_by_community(tx: Tx, period: Period, now: datetime) -> Sequence[Row[Any]]:
    """(community, number, late) of the orders that are not closed at the end of the period."""
    state = func.coalesce(figures.state_before(period.end), State.SUBMITTED)
    late = func.coalesce(orders.c.due_at < min(period.end, now), literal(False))
    found = (
        select(orders.c.community, state.label("state"), late.label("late")).where(period.unfinished).subquery()
    )  # fmt: skip
    number = func.count().label("number")
    overdue = func.count(case((and_(found.c.late, found.c.state.in_(OURS)), 1))).label("late")
    query = select(found.c.community, number, overdue).where(found.c.state != State.CLOSED)
    return tx.all(query.group_by(found.c.community))


def by_interval(tx: Tx, period: Period, width: timedelta) -> Sequence[Row[Any]]:
    """(kind, place, number) of the kinds received and closed: how many within each interval, counted from 0 at the start
    of the period; where there were any."""
    received = _counts(tx, "received", orders.c.created_at, period.received, period, width)
    closed = _counts(tx, "closed", orders.c.closed_at, _closed(period), period, width)
    return tx.all(union_all(received, closed))


def _closed(period: Period) -> Any:
    return and_(period.counted, orders.c.closed_at >= period.start, orders.c.closed_at < period.end)


def _counts(tx: Tx, kind: str, moment: Any, which: Any, period: Period, width: timedelta) -> Any:
    passed = (
        seconds_between(literal(period.start, orders.c.created_at.type), moment) + ROUNDING
    ) / width.total_seconds()
    whole = passed if tx.dialect == "sqlite" else func.floor(passed)  # SQLite cuts off, PostgreSQL rounds
    place = cast(whole, Integer).label("place")
    counted = select(literal(kind).label("kind"), place).where(which).subquery()
    return select(counted.c.kind, counted.c.place, func.count().label("number")).group_by(
        counted.c.kind, counted.c.place
    )
