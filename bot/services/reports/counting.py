"""What the service counts, for metrics."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.services.broadcasts.times import hours
from bot.services.messages import spool
from bot.services.office import Office
from bot.store import kept_figures
from bot.store.database import Tx
from bot.store.kept_figures import Figures
from bot.store.reads import api

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Census:
    """The figures of the service at one moment."""

    orders: Figures  # state, lane, urgency, number: those that are not closed
    closed: Figures  # outcome, number: within the last day
    unsent: Figures  # state, number
    attempts: Figures  # channel, outcome, number: within the last day
    oldest_due_seconds: float
    kept: int


MANY = 500
"""More than so many rows are not counted while somebody waits: the clock's last count is given. Dangers to life are."""
HELD = timedelta(minutes=30)
"""What the clock counted longer ago is counted anew: it does not run."""
COUNT: Mapping[str, Callable[[Tx, datetime], Sequence[Row[Any]]]] = {
    "orders": lambda tx, now: api.open_orders_by_kind(tx, danger=False),
    "closed": lambda tx, now: api.closed_by_outcome(tx, now - DAY),
    "attempts": lambda tx, now: api.attempts_by_outcome(tx, now - DAY),
}


def census(office: Office, now: datetime) -> Census:
    """Count everything that is shown to the operator: what is open, and the last day. Nothing here grows with the years, nor
    with what is open."""
    with office.db.reading() as tx:
        much = _much(tx, now)
        kept = kept_figures.since(tx, now - HELD) if much else {}
        found = {
            name: kept[name] if name in much and name in kept else _rows(count(tx, now))
            for name, count in COUNT.items()
        }
        oldest = api.oldest_due(tx, now, hours(office.settings).opened_at(now))
        danger = _rows(api.open_orders_by_kind(tx, danger=True))
        return Census(
            orders=[*danger, *found["orders"]], closed=found["closed"], attempts=found["attempts"],
            unsent=_rows(api.unsent_by_state(tx)),
            oldest_due_seconds=(now - oldest).total_seconds() if oldest is not None else 0.0,
            kept=api.kept_messages(tx) + len(spool.waiting(office)),
        )  # fmt: skip


def keep(office: Office, now: datetime) -> None:
    """Count what is too much to be counted while somebody waits. The clock asks."""
    with office.db.reading() as tx:
        found = {name: _rows(COUNT[name](tx, now)) for name in _much(tx, now)}
    if found:
        with office.db.transaction() as tx:
            for name, figures in found.items():
                kept_figures.put(tx, name, figures, now)


def _much(tx: Tx, now: datetime) -> frozenset[str]:
    row = api.is_much(tx, now - DAY, MANY)
    return frozenset(name for name in COUNT if getattr(row, name))


def _rows(found: Sequence[Row[Any]]) -> Figures:
    return [dict(row._mapping) for row in found]
