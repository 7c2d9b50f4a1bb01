"""What the service counts, for metrics."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.services.broadcasts.times import hours
from bot.services.messages import spool
from bot.services.office import Office
from bot.store.reads import api

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Census:
    """The figures of the service at one moment."""

    orders: Sequence[Row[Any]]  # state, lane, urgency, number: those that are not closed
    closed: Sequence[Row[Any]]  # outcome, number: within the last day
    unsent: Sequence[Row[Any]]  # state, number
    attempts: Sequence[Row[Any]]  # channel, outcome, number: within the last day
    oldest_due_seconds: float
    kept: int


def census(office: Office, now: datetime) -> Census:
    """Count everything that is shown to the operator: what is open, and the last day. Nothing here grows with the years."""
    with office.db.reading() as tx:
        oldest = api.oldest_due(tx, now, hours(office.settings).opened_at(now))
        return Census(
            orders=api.open_orders_by_kind(tx), closed=api.closed_by_outcome(tx, now - DAY),
            unsent=api.unsent_by_state(tx), attempts=api.attempts_by_outcome(tx, now - DAY),
            oldest_due_seconds=(now - oldest).total_seconds() if oldest is not None else 0.0,
            kept=api.kept_messages(tx) + len(spool.waiting(office)),
        )  # fmt: skip
