"""The measures that the office reports: of a period, of one community or all, and never of a person."""

import math
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.orders.lifecycle import LIFE, State
from bot.services.office import Office
from bot.store.database import Tx
from bot.store.reads import figures
from bot.store.reads.figures import Period

SMALL = 5  # a smaller number in a break-down could point at a person
IN_TIME, TOO_LATE = ("accept", "claim", "assign"), ("expire", "unclaimed")
OURS = frozenset(state for state in State if (state, "escalate") in LIFE)  # where the office or a helper must act

Breakdown = dict[str, int | str]


def measure(office: Office, start: datetime, end: datetime, community: str | None, now: datetime) -> dict[str, Any]:
    """The measures of the orders received and closed from `start` up to `end`, open and overdue at `end`. A period that
    is not over yet ends now. Shares go from 0 to 1; None where nothing was asked."""
    period = Period(start, end, community)
    with office.db.reading() as tx:
        closed = [*figures.closed(tx, period), *figures.closed_and_reopened_later(tx, period)]
        categories = {row.category: row.number for row in figures.by_category(tx, period)}
        return {
            "received": sum(categories.values()),
            **_at_end(figures.at_end(tx, period, now), closed, start),
            "by_category": _suppressed(categories),
            **_closed(closed),
            **_answers(figures.answers(tx, period)),
            **_steps(tx, period),
            "responded": _responded(office, figures.first_acts(tx, period), min(end, now)),
        }


def _at_end(rows: Sequence[Row[Any]], closed: Sequence[Row[Any]], start: datetime) -> dict[str, Any]:
    """Open and overdue at the end of the period; the orders received within it by their state then."""
    states = Counter({str(State.CLOSED): sum(row.created_at >= start for row in closed)})
    for row in rows:
        if row.received and row.state != State.CLOSED:
            states[row.state] += row.number
    return {
        "open": sum(row.number for row in rows if row.state != State.CLOSED),
        "overdue": sum(row.number for row in rows if row.late and row.state in OURS),
        "by_state": _suppressed(states),
    }


def _closed(rows: Sequence[Row[Any]]) -> dict[str, Any]:
    """Number, outcomes and times, from when an order came in until it was closed."""
    hours = sorted((row.closed_at - row.created_at).total_seconds() / 3600 for row in rows)
    return {
        "closed": len(rows),
        "outcomes": _suppressed(Counter(row.outcome for row in rows)),
        "median_hours": round(statistics.median(hours), 2) if hours else None,
        "p90_hours": round(hours[math.ceil(0.9 * len(hours)) - 1], 2) if hours else None,  # nearest rank
    }


def _answers(row: Row[Any]) -> dict[str, Any]:
    return {
        "solved": _share(row.solved, row.said),
        "satisfied": _share(row.satisfied, row.measured),
        "answered": _share(row.answered, row.asked),
    }


def _steps(tx: Tx, period: Period) -> dict[str, Any]:
    """Of the orders that were taken in hand, or that nobody took before the limit: the share that was taken."""
    found = figures.events(tx, period, (*IN_TIME, *TOO_LATE, "reopen"))
    taken, missed = (sum(found.get(action, 0) for action in actions) for actions in (IN_TIME, TOO_LATE))
    return {
        "accepted_in_time": _share(taken, taken + missed),
        "reopened": found.get("reopen", 0),
        "unclaimed": found.get("unclaimed", 0),
    }


def _responded(office: Office, rows: Sequence[Row[Any]], end: datetime) -> float | None:
    """The share of orders on which the office first acted within the limit of that step. An order whose limit is still
    ahead, or that was closed without the office, is not counted."""
    due = in_time = 0
    for row in rows:
        limit = office.limits.step_due_at(State.SUBMITTED, row.urgency, row.created_at, office.calendar)
        assert limit is not None
        if row.acted_at is not None or (limit <= end and row.state != State.CLOSED):
            due += 1
            in_time += row.acted_at is not None and row.acted_at <= limit
    return _share(in_time, due)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _suppressed(numbers: Mapping[str, int]) -> Breakdown:
    """What is there, in a stable order; small numbers are not told."""
    return {name: number if number >= SMALL else f"<{SMALL}" for name, number in sorted(numbers.items()) if number}
