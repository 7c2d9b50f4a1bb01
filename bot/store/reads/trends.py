"""Counts of a period by day or week. Restricted orders are in no count."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Row, cast, func, literal, select, union_all

from bot.store.database import Tx
from bot.store.reads.due_orders import seconds_between
from bot.store.reads.figures import ROUNDING, Period, closings
from bot.store.tables import Instant, orders


def by_interval(tx: Tx, period: Period, width: timedelta) -> Sequence[Row[Any]]:
    """(kind, place, number) of the kinds received and closed: how many within each interval, counted from 0 at the start
    of the period; where there were any."""
    closed = closings(period, "closed_at")
    places = {
        "received": select(_place(tx, orders.c.created_at, period.start, width)).where(period.received),
        "closed": select(_place(tx, closed.c.closed_at, period.start, width)),
    }
    return tx.all(union_all(*(_counts(kind, each.subquery()) for kind, each in places.items())))


def _place(tx: Tx, moment: Any, start: datetime, width: timedelta) -> Any:
    passed = (seconds_between(literal(start, Instant), moment) + ROUNDING) / width.total_seconds()
    whole = passed if tx.dialect == "sqlite" else func.floor(passed)  # SQLite cuts off, PostgreSQL rounds
    return cast(whole, Integer).label("place")


def _counts(kind: str, placed: Any) -> Any:
    return select(literal(kind).label("kind"), placed.c.place, func.count().label("number")).group_by(placed.c.place)
