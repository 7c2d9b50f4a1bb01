"""Counts for the office's measures: orders of a period, read by index. Restricted orders are in no count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, and_, case, func, literal, or_, select

from bot.orders.lifecycle import LIFE, MAY, Actor, State
from bot.orders.restricted import RESTRICTED
from bot.store.database import Tx
from bot.store.tables import history, orders

CLOSING = {action: move.outcome for (_, action), move in LIFE.items() if move.outcome is not None}
OFFICE = tuple(action for action, may in MAY.items() if not {Actor.RESIDENT, Actor.CLOCK} & set(may))
"""Actions of the office and its helpers."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the start up to, but not including, the end; of one community, or of all (None)."""

    start: datetime
    end: datetime
    community: str | None

    @property
    def counted(self) -> ColumnElement[bool]:
        """The condition of orders that may be counted at all."""
        open_lane = orders.c.lane != RESTRICTED
        return open_lane if self.community is None else and_(open_lane, orders.c.community == self.community)

    @property
    def received(self) -> ColumnElement[bool]:
        """The condition of orders received within the period."""
        return and_(self.counted, orders.c.created_at >= self.start, orders.c.created_at < self.end)

    @property
    def unfinished(self) -> ColumnElement[bool]:
        """Received before the end and, as the order stands now, not closed before it. Besides the open ones these are
        orders that were closed before the end and reopened after it."""
        later = or_(orders.c.closed_at.is_(None), orders.c.closed_at >= self.end)
        created = func.coalesce(orders.c.created_at, orders.c.updated_at)  # so SQLite goes by closed_at: few are later
        return and_(self.counted, created < self.end, later)


def by_category(tx: Tx, period: Period) -> Sequence[Row[Any]]:
    """(category, number) of the orders received."""
    query = select(orders.c.category, func.count().label("number")).where(period.received)
    return tx.all(query.group_by(orders.c.category))


def at_end(tx: Tx, period: Period, now: datetime) -> Sequence[Row[Any]]:
    """(state, received, late, number) of the unfinished orders: the state at the end of the period, whether they were
    received within it, and whether their limit had passed by then."""
    found = (
        select(
            func.coalesce(state_before(period.end), State.SUBMITTED).label("state"),
            (orders.c.created_at >= period.start).label("received"),
            func.coalesce(orders.c.due_at < min(period.end, now), literal(False)).label("late"),
        )
        .where(period.unfinished)
        .subquery()
    )
    columns = (found.c.state, found.c.received, found.c.late)
    return tx.all(select(*columns, func.count().label("number")).group_by(*columns))


def state_before(end: datetime) -> ScalarSelect[Any]:
    """The state of an order at that moment."""
    line = select(history.c.state).where(history.c.order_id == orders.c.id, history.c.at < end)
    return line.order_by(history.c.id.desc()).limit(1).correlate(orders).scalar_subquery()


def closed(tx: Tx, period: Period) -> Sequence[Row[Any]]:
    """(outcome, created_at, closed_at) of the orders closed within the period and not reopened since."""
    within = and_(period.counted, orders.c.closed_at >= period.start, orders.c.closed_at < period.end)
    return tx.all(select(orders.c.outcome, orders.c.created_at, orders.c.closed_at).where(within))


def closed_and_reopened_later(tx: Tx, period: Period) -> Sequence[Row[Any]]:
    """(outcome, created_at, closed_at) of the orders closed within the period and reopened after its end."""
    outcome = case(CLOSING, value=history.c.action)
    line = (
        select(orders.c.id, outcome.label("outcome"), orders.c.created_at, history.c.at.label("closed_at"))
        .join(history, history.c.order_id == orders.c.id)
        .where(period.unfinished, orders.c.round > 0, state_before(period.end) == State.CLOSED)
        .where(history.c.action.in_(CLOSING), history.c.at >= period.start, history.c.at < period.end)
    )
    lines = sorted(tx.all(line), key=lambda row: row.closed_at)  # sorted in SQL, SQLite reads the whole history
    return list({row.id: row for row in lines}.values())  # of each order the last time


def answers(tx: Tx, period: Period) -> Row[Any]:
    """What the residents of the orders received said of the result: how many were asked, answered, said whether it is
    solved, that it is, were satisfied, of how many that count for satisfaction. Mediation is not measured by satisfaction."""
    told = or_(orders.c.solved.is_not(None), orders.c.rating.is_not(None))
    content = case((orders.c.rating.is_not(None), orders.c.rating >= 3), else_=orders.c.solved)
    measured = and_(told, orders.c.lane != "mediation")
    counted = {
        "asked": or_(orders.c.done_at.is_not(None), told), "answered": told, "said": orders.c.solved.is_not(None),
        "solved": orders.c.solved.is_(True), "measured": measured, "satisfied": and_(measured, content.is_(True)),
    }  # fmt: skip
    numbers = [func.count(case((condition, 1))).label(name) for name, condition in counted.items()]
    return tx.run(select(*numbers).where(period.received)).one()


def events(tx: Tx, period: Period, actions: Sequence[str]) -> dict[str, int]:
    """How many of the orders received each of these actions happened to before the end of the period."""
    query = (
        select(history.c.action, func.count(history.c.order_id.distinct()).label("number"))
        .join(orders, orders.c.id == history.c.order_id)
        .where(period.received, history.c.at < period.end, history.c.action.in_(actions))
        .group_by(history.c.action)
    )
    return {row.action: row.number for row in tx.all(query)}


def first_acts(tx: Tx, period: Period) -> Sequence[Row[Any]]:
    """(urgency, created_at, state, acted_at) of the orders received: when the office first acted, None where not yet."""
    first = (
        select(func.min(history.c.at))
        .where(history.c.order_id == orders.c.id, history.c.at < period.end, history.c.action.in_(OFFICE))
        .correlate(orders)
        .scalar_subquery()
    )
    return tx.all(
        select(orders.c.urgency, orders.c.created_at, orders.c.state, first.label("acted_at")).where(period.received)
    )
