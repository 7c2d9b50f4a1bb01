"""What comes up again and again at one place: counted by day by the clock, and only what is not counted yet order by order.

The sum of a day holds as long as nothing that it counts is changed; whoever changes that says so (`changed`).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Row, Select, bindparam, delete, func, insert, null, select, union_all, update

from bot.store import exclusions
from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.persons.people import inserting
from bot.store.rows import Often
from bot.store.schema.kept_sums import recurring, recurring_days
from bot.store.tables import Instant, orders

FAULTS = ("matter", "mediation", "emergency")
"""The lanes of what may recur."""
SETTLED = timedelta(hours=1)
"""Younger orders are counted one by one: most are changed within this time, and that writes nothing more."""
COUNTED = frozenset({"lane", "category", "community", "estate", "excludes"})
WITHDRAWN = "withdrawn"
_PLACE = (orders.c.community, orders.c.estate, orders.c.category)
_DAYS = Prepared(
    lambda _: (
        select(recurring_days)
        .where(recurring_days.c.start >= bindparam("since"), recurring_days.c.until.is_not(None))
        .order_by(recurring_days.c.start)
    )
)
_CHANGED = Prepared(
    lambda _: (
        update(recurring_days)
        .where(recurring_days.c.start <= bindparam("at", type_=Instant), recurring_days.c.until > bindparam("at"))
        .values(until=null())
    )
)
_ADD_DAY = Prepared(lambda dialect: inserting(dialect, recurring_days, ("start",), skip=["start"]))


def repeated(
    tx: Tx, communities: Sequence[str] | None, since: datetime, least: int, limit: int, until: datetime | None = None
) -> Sequence[Often]:
    """(community, estate, category, number) of what came up often at one place, most first; communities None: of all.
    `until`: not what came in from then on."""
    days = [day for day in tx.all(_DAYS, since=since) if until is None or day.until <= until]
    parts: list[Select[Any]] = [_counted(start, end) for start, end in _gaps(days, since, until)]
    if days:
        summed = select(recurring.c.community, recurring.c.estate, recurring.c.category, recurring.c.number)
        known = (recurring_days.c.until.is_not(None), recurring_days.c.start.between(days[0].start, days[-1].start))
        parts.append(summed.join(recurring_days, recurring_days.c.start == recurring.c.start).where(*known))
    found = union_all(*(_within(part, communities) for part in parts)).subquery()
    place = (found.c.community, found.c.estate, found.c.category)
    number = sa.cast(func.sum(found.c.number), sa.Integer).label("number")  # PostgreSQL's sum is a decimal
    query = select(*place, number).group_by(*place).having(number >= least)
    return tx.all(query.order_by(number.desc(), *place).limit(limit))


def _gaps(
    days: Sequence[Row[Any]], since: datetime, until: datetime | None
) -> Iterator[tuple[datetime, datetime | None]]:
    """The stretches of which no day holds a sum."""
    at = since
    for day in days:
        if at < day.start:
            yield at, day.start
        at = day.until
    if until is None or at < until:
        yield at, until


def _counted(start: datetime, end: datetime | None) -> Select[Any]:
    """The same columns of the orders of a stretch."""
    conditions: list[ColumnElement[bool]] = [
        orders.c.lane.in_(FAULTS), exclusions.known_to(None), orders.c.created_at >= start,
        orders.c.community.is_not(None), orders.c.outcome.is_distinct_from(WITHDRAWN),
    ]  # fmt: skip
    if end is not None:
        conditions.append(orders.c.created_at < end)
    return select(*_PLACE, func.count().label("number")).where(*conditions).group_by(*_PLACE)


def _within(part: Select[Any], communities: Sequence[str] | None) -> Select[Any]:
    return part if communities is None else part.where(part.selected_columns[0].in_(communities))


def changed(tx: Tx, created_at: datetime) -> None:
    """Something that is counted of an order that came in then has changed: the sum of its day is made anew."""
    tx.change(_CHANGED, {"at": created_at})


def is_counted(before: Any, values: Any) -> bool:
    """Whether these new values of an order's columns change what is counted. `before`: the order."""
    withdrawn = "outcome" in values and WITHDRAWN in (before.outcome, values["outcome"])
    return withdrawn or not COUNTED.isdisjoint(values)


def days_from(tx: Tx, starts: Sequence[datetime]) -> Sequence[Row[Any]]:
    """(start, until) of those of these days that are known; older ones are deleted, and the others known from now on. A day
    is summed in a later transaction than the one that made it known, so that nobody changes its orders unnoticed."""
    tx.run(delete(recurring).where(recurring.c.start < starts[0]))
    tx.run(delete(recurring_days).where(recurring_days.c.start < starts[0]))
    known = tx.all(select(recurring_days).order_by(recurring_days.c.start))
    new = set(starts) - {day.start for day in known}
    if new:
        tx.change(_ADD_DAY, [{"start": start} for start in sorted(new)])
    return known


def sum_day(tx: Tx, start: datetime, until: datetime) -> None:
    """Count the day anew, as far as `until`. Whoever changes one of its orders meanwhile waits, or is waited for."""
    tx.run(update(recurring_days).where(recurring_days.c.start == start).values(until=until))
    tx.run(delete(recurring).where(recurring.c.start == start))
    found = _counted(start, until).add_columns(bindparam("start", start, Instant))
    tx.run(insert(recurring).from_select(["community", "estate", "category", "number", "start"], found))
