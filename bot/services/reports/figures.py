"""The measures that the office reports: of a period, of one community or all, and never of a person."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.orders.lifecycle import LIFE, State
from bot.services.office import Office
from bot.store.database import Tx
from bot.store.reads import figures
from bot.store.reads.figures import Period

LONGEST = timedelta(days=3 * 366)
"""The longest period that is measured: others wait while it is counted."""
SMALL = 5  # a smaller number in a break-down could point at a person
IN_TIME, TOO_LATE = ("accept", "claim", "assign"), ("expire", "unclaimed")
OURS = frozenset(state for state in State if (state, "escalate") in LIFE)  # where the office or a helper must act
ANSWERS = ("asked", "answered", "said", "solved", "measured", "satisfied")

Breakdown = dict[str, int | str]


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders of a period in groups, each with its `number`, as `bot.store.reads.figures` describes them."""

    received: Sequence[Row[Any]]
    closed: Sequence[Row[Any]]
    at_end: Sequence[Row[Any]]


def measure(office: Office, start: datetime, end: datetime, community: str | None, now: datetime) -> dict[str, Any]:
    """The measures of the orders received and closed from `start` up to `end`, open and overdue at `end`. A period that
    is not over yet ends now. Shares go from 0 to 1; None where nothing was asked."""
    period = Period(start, end, community)
    with office.db.reading() as tx:
        return measures(office, tx, period, find(tx, period, now), now)


def find(tx: Tx, period: Period, now: datetime) -> Orders:
    """The orders of the period."""
    return Orders(figures.received(tx, period), figures.closed(tx, period), figures.at_end(tx, period, now))


def measures(office: Office, tx: Tx, period: Period, found: Orders, now: datetime) -> dict[str, Any]:
    """As `measure`, of what was found."""
    return {
        "received": total(found.received),
        **_at_end(found),
        "by_category": _suppressed(_by(found.received, "category")),
        **_closed(tx, period, found.closed),
        **_answers(found.received),
        **_steps(tx, period),
        "responded": _responded(office, tx, period, min(period.end, now)),
    }


def total(rows: Iterable[Row[Any]], of: str = "number") -> int:
    """The orders of these groups together; `of`: another column of numbers."""
    return sum(getattr(row, of) for row in rows)


def is_open(row: Row[Any]) -> bool:
    """Of a group at the end of a period: these orders were not closed."""
    return bool(row.state != State.CLOSED)


def is_overdue(row: Row[Any]) -> bool:
    """Of a group at the end of a period: their limit had passed, and the office or a helper had to act."""
    return bool(row.late) and row.state in OURS


def _at_end(found: Orders) -> dict[str, Any]:
    """Open and overdue at the end of the period; the orders received within it by their state then."""
    states = _by([row for row in found.at_end if row.received and is_open(row)], "state")
    states[State.CLOSED] += total(row for row in found.closed if row.received)
    return {
        "open": total(filter(is_open, found.at_end)),
        "overdue": total(filter(is_overdue, found.at_end)),
        "by_state": _suppressed(states),
    }


def _closed(tx: Tx, period: Period, rows: Sequence[Row[Any]]) -> dict[str, Any]:
    """Number, outcomes and times, from when an order came in until it was closed."""
    number = total(rows)
    middle, late = {(number + 1) // 2, number // 2 + 1}, math.ceil(0.9 * number)  # nearest rank
    found = figures.times(tx, period, sorted({*middle, late})) if number else []
    hours = [each.total_seconds() / 3600 for each in found]
    return {
        "closed": number,
        "outcomes": _suppressed(_by(rows, "outcome")),
        "median_hours": round(sum(hours[: len(middle)]) / len(middle), 2) if hours else None,
        "p90_hours": round(hours[-1], 2) if hours else None,
    }


def _answers(rows: Sequence[Row[Any]]) -> dict[str, Any]:
    number = {name: total(rows, name) for name in ANSWERS}
    return {
        "solved": _share(number["solved"], number["said"]),
        "satisfied": _share(number["satisfied"], number["measured"]),
        "answered": _share(number["answered"], number["asked"]),
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


def _responded(office: Office, tx: Tx, period: Period, end: datetime) -> float | None:
    """The share of orders on which the office first acted within the limit of that step."""
    limits = office.limits.step_limits(State.SUBMITTED, period.start, end, office.calendar)
    found = [figures.responses(tx, period, each, end) for each in limits]
    return _share(sum(in_time for _, in_time in found), sum(due for due, _ in found))


def _by(rows: Iterable[Row[Any]], name: str) -> Counter[str]:
    numbers: Counter[str] = Counter()
    for row in rows:
        numbers[getattr(row, name)] += row.number
    return numbers


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _suppressed(numbers: Mapping[str, int]) -> Breakdown:
    """What is there, in a stable order; small numbers are not told."""
    return {name: few(number) for name, number in sorted(numbers.items()) if number}


def few(number: int) -> int | str:
    """A number of a break-down; one that is small, and not 0, is not told."""
    return f"<{SMALL}" if 0 < number < SMALL else number
