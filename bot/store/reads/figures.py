"""Counts for the office's measures: orders of a period, read by index. Restricted orders, and those kept from anybody, are in no count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)

from bot.orders.lifecycle import LIFE, MAY, Actor, State
from bot.orders.time_limits.limits import StepLimits
from bot.store import exclusions
from bot.store.database import Tx
from bot.store.reads import stretches
from bot.store.reads.due_orders import seconds_between
from bot.store.tables import WAS_REOPENED, Instant, history, orders

CLOSING = {action: move.outcome for (_, action), move in LIFE.items() if move.outcome is not None}
OFFICE = tuple(action for action, may in MAY.items() if not {Actor.RESIDENT, Actor.CLOCK} & set(may))
"""Actions of the office and its helpers."""
ROUNDING = 0.01  # seconds: SQLite's moments are floating-point numbers of days


@dataclass(frozen=True, slots=True)
class Period:
    """From the start up to, but not including, the end; of one community, or of all (None)."""

    start: datetime
    end: datetime
    community: str | None

    @property
    def counted(self) -> ColumnElement[bool]:
        """The condition of orders that may be counted at all, whoever reads the figures."""
        shown = exclusions.readable(None)
        return shown if self.community is None else and_(shown, orders.c.community == self.community)

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


def received(tx: Tx, period: Period) -> Sequence[Row[Any]]:
    """(community, category, number, …) of the orders received, and what their residents said of the result: how many were
    asked, answered, said whether it is solved, that it is, were satisfied, of how many that count for satisfaction.
    Mediation is not measured by satisfaction."""
    told = or_(orders.c.solved.is_not(None), orders.c.rating.is_not(None))
    content = case((orders.c.rating.is_not(None), orders.c.rating >= 3), else_=orders.c.solved)
    measured = and_(told, orders.c.lane != "mediation")
    counted = {
        "asked": or_(orders.c.done_at.is_not(None), told), "answered": told, "said": orders.c.solved.is_not(None),
        "solved": orders.c.solved.is_(True), "measured": measured, "satisfied": and_(measured, content.is_(True)),
    }  # fmt: skip
    numbers = [func.count(case((condition, 1))).label(name) for name, condition in counted.items()]
    by = (orders.c.community, orders.c.category)
    return tx.all(select(*by, func.count().label("number"), *numbers).where(period.received).group_by(*by))


def at_end(tx: Tx, period: Period, now: datetime) -> Sequence[Row[Any]]:
    """(community, state, received, late, number) of the unfinished orders: the state at the end of the period, whether
    they were received within it, and whether their limit had passed by then."""
    found = (
        select(
            orders.c.community,
            func.coalesce(state_before(period.end), State.SUBMITTED).label("state"),
            (orders.c.created_at >= period.start).label("received"),
            func.coalesce(orders.c.due_at < min(period.end, now), literal(False)).label("late"),
        )
        .where(period.unfinished)
        .subquery()
    )
    columns = (found.c.community, found.c.state, found.c.received, found.c.late)
    return tx.all(select(*columns, func.count().label("number")).group_by(*columns))


def state_before(end: datetime) -> ScalarSelect[Any]:
    """The state of an order at that moment."""
    line = select(history.c.state).where(history.c.order_id == orders.c.id, history.c.at < end)
    return line.order_by(history.c.id.desc()).limit(1).correlate(orders).scalar_subquery()


def closings(period: Period, *wanted: str) -> Subquery:
    """The orders closed within the period, also those that were reopened after its end, with these of their columns:
    community, outcome, created_at, closed_at."""
    within = and_(period.counted, orders.c.closed_at >= period.start, orders.c.closed_at < period.end)
    line = history.alias()
    last = (
        select(func.max(line.c.id))
        .where(line.c.order_id == orders.c.id, line.c.action.in_(CLOSING))
        .where(line.c.at >= period.start, line.c.at < period.end)
        .correlate(orders)
        .scalar_subquery()
    )
    then = {"outcome": case(CLOSING, value=history.c.action), "closed_at": history.c.at}
    later = (
        select(*(then.get(name, orders.c[name]).label(name) for name in wanted))
        .select_from(orders.join(history, history.c.id == last))
        .where(period.unfinished, WAS_REOPENED, state_before(period.end) == State.CLOSED)
    )
    return union_all(select(*(orders.c[name] for name in wanted)).where(within), later).subquery()


def closed(tx: Tx, period: Period) -> Sequence[Row[Any]]:
    """(community, outcome, received, number) of the orders closed within the period; whether they were received within it."""
    found = closings(period, "community", "outcome", "created_at")
    received = found.c.created_at >= period.start
    columns = (found.c.community, found.c.outcome, received.label("received"))
    return tx.all(select(*columns, func.count().label("number")).group_by(found.c.community, found.c.outcome, received))


def times(tx: Tx, period: Period, places: Sequence[int]) -> Sequence[timedelta]:
    """From coming in until it was closed, of the orders closed within the period: those at these places, counted from 1, of
    all these times in ascending order."""
    found = closings(period, "created_at", "closed_at")
    place = func.row_number().over(order_by=seconds_between(found.c.created_at, found.c.closed_at)).label("place")
    placed = select(found.c.created_at, found.c.closed_at, place).subquery()
    rows = tx.all(select(placed).where(placed.c.place.in_(places)).order_by(placed.c.place))
    return [row.closed_at - row.created_at for row in rows]


def events(tx: Tx, period: Period, actions: Sequence[str]) -> dict[str, int]:
    """How many of the orders received each of these actions happened to before the end of the period."""
    query = (
        select(history.c.action, func.count(history.c.order_id.distinct()).label("number"))
        .join(orders, orders.c.id == history.c.order_id)
        .where(period.received, history.c.at < period.end, history.c.action.in_(actions))
        .group_by(history.c.action)
    )
    return {row.action: row.number for row in tx.all(query)}


def responses(tx: Tx, period: Period, limits: StepLimits, end: datetime) -> tuple[int, int]:
    """Of the orders received within the stretches of these limits, which are those of some urgencies: on how many the office
    should have acted first until `end`, and on how many it did within the limit. One whose limit is still ahead, or that
    was closed without the office, is not counted."""
    stretch = stretches.table(tx.dialect, limits.stretches)
    acted = (
        select(func.min(history.c.at))
        .where(history.c.order_id == orders.c.id, history.c.at < period.end, history.c.action.in_(OFFICE))
        .correlate(orders)
        .scalar_subquery()
    )
    allowed = seconds_between(stretch.c.first, orders.c.created_at) * stretch.c.moves  # after the stretch's own limit
    within = and_(orders.c.created_at >= stretch.c.first, orders.c.created_at < stretch.c.until)
    found = (
        select(orders.c.state, stretch.c.due, allowed.label("allowed"), acted.label("acted_at"))
        .select_from(stretch.join(orders, within))
        .where(period.counted, _is_of(limits))
        .subquery()
    )
    is_over = seconds_between(found.c.due, literal(end, Instant)) + ROUNDING >= found.c.allowed
    is_due = or_(found.c.acted_at.is_not(None), and_(is_over, found.c.state != State.CLOSED))
    in_time = seconds_between(found.c.due, found.c.acted_at) <= found.c.allowed + ROUNDING
    numbers = func.count(case((is_due, 1))).label("due"), func.count(case((in_time, 1))).label("in_time")
    row = tx.run(select(*numbers).select_from(found)).one()
    return row.due, row.in_time


def _is_of(limits: StepLimits) -> ColumnElement[bool]:
    return orders.c.urgency.not_in(limits.but) if limits.urgency is None else orders.c.urgency == limits.urgency
