"""The figures that the database counts are those of the plain way: every order and its whole history, one after the other."""

import math
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.orders.lifecycle import LIFE, MAY, Actor, State
from bot.orders.restricted import RESTRICTED
from bot.services.console.figures import counted, periods
from bot.services.office import Office
from bot.services.reports import figures
from bot.services.reports.figures import IN_TIME, OURS, SMALL, TOO_LATE
from bot.store.tables import history, orders, persons
from tests.services import lives

START, DAYS = datetime(2026, 1, 20, tzinfo=UTC), 60  # the Spring Festival is among them
NOW = datetime(2026, 4, 20, tzinfo=UTC)
OUTCOME = {action: move.outcome for (_, action), move in LIFE.items() if move.outcome}
BY_OFFICE = {action for action, may in MAY.items() if not {Actor.RESIDENT, Actor.CLOCK} & set(may)}
PERIODS = [
    (date(2026, 2, 1), date(2026, 3, 1)), (date(2026, 1, 25), date(2026, 2, 20)), (date(2026, 1, 1), date(2027, 1, 1)),
    (date(2026, 3, 2), date(2026, 3, 3)),
]  # fmt: skip
Orders = Sequence["Life"]


class Life:
    """An order and the lines of its history, and what became of it before some moment."""

    def __init__(self, order: Any, lines: Sequence[Any], end: datetime) -> None:
        self.order, self.lines = order, [line for line in lines if line.at < end]

    @property
    def state(self) -> str:
        return str(self.lines[-1].state) if self.lines else "submitted"

    def did(self, actions: Iterable[str]) -> list[datetime]:
        return [line.at for line in self.lines if line.action in actions]

    @property
    def closed_at(self) -> datetime:
        return max(self.did(OUTCOME))


@pytest.fixture
def lived(office: Office) -> Office:
    person = {"name": "王一", "subscribed": True, "resting": False, "chat_left": 0, "click_left": 0, "bind_failures": 0}
    with office.db.transaction() as tx:
        row = insert(persons).values(**person, is_demo=False, created_at=START).returning(persons.c.id)
        resident = tx.run(row).scalar_one()
    lives.write(office.db, office.limits, office.calendar, resident, 700, START, DAYS)
    return office


def known(office: Office, end: datetime, community: str | None) -> Orders:
    with office.db.reading() as tx:
        line = select(history.c.order_id, history.c.at, history.c.action, history.c.state)
        lines = tx.all(line.order_by(history.c.order_id, history.c.id))
        by_order = {key: list(found) for key, found in groupby(lines, lambda line: line.order_id)}
        rows = tx.all(select(orders).where(orders.c.lane != RESTRICTED, orders.c.created_at < end))
    return [Life(row, by_order[row.id], end) for row in rows if community in (None, row.community)]


def closed_within(found: Orders, start: datetime) -> Orders:
    """Closed at the end of the period, and no earlier than its start."""
    return [life for life in found if life.state == "closed" and life.closed_at >= start]


def share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def told(numbers: Counter[str]) -> dict[str, int | str]:
    return {name: number if number >= SMALL else f"<{SMALL}" for name, number in sorted(numbers.items())}


def overdue(found: Orders, end: datetime) -> int:
    at = min(end, NOW)
    return sum(life.state in OURS and life.order.due_at is not None and life.order.due_at < at for life in found)


def satisfied(received: Orders) -> tuple[int, int]:
    said = [life.order for life in received if life.order.lane != "mediation"]
    given = [each for each in said if each.rating is not None or each.solved is not None]
    return sum(each.rating >= 3 if each.rating is not None else bool(each.solved) for each in given), len(given)


def responded(office: Office, received: Orders, end: datetime) -> float | None:
    due = in_time = 0
    for life in received:
        order, acts = life.order, life.did(BY_OFFICE)
        limit = office.limits.step_due_at(State.SUBMITTED, order.urgency, order.created_at, office.calendar)
        assert limit is not None
        due += bool(acts) or (limit <= min(end, NOW) and order.state != "closed")
        in_time += bool(acts) and min(acts) <= limit
    return share(in_time, due)


def plain(office: Office, start: datetime, end: datetime, community: str | None) -> dict[str, Any]:
    found = known(office, end, community)
    received, closed = [life for life in found if life.order.created_at >= start], closed_within(found, start)
    hours = sorted((life.closed_at - life.order.created_at).total_seconds() / 3600 for life in closed)
    said = [life.order.solved for life in received if life.order.solved is not None]
    answered = [life for life in received if life.order.solved is not None or life.order.rating is not None]
    asked = [life for life in received if life.order.done_at is not None or life in answered]
    taken, missed = (
        sum(bool(life.did([action])) for life in received for action in actions) for actions in (IN_TIME, TOO_LATE)
    )
    return {
        "received": len(received),
        "open": sum(life.state != "closed" for life in found),
        "overdue": overdue(found, end),
        "by_state": told(Counter(life.state for life in received)),
        "by_category": told(Counter(life.order.category for life in received)),
        "closed": len(closed),
        "outcomes": told(Counter(str(OUTCOME[_last(life).action]) for life in closed)),
        "median_hours": round(statistics.median(hours), 2) if hours else None,
        "p90_hours": round(hours[math.ceil(0.9 * len(hours)) - 1], 2) if hours else None,
        "solved": share(sum(said), len(said)),
        "satisfied": share(*satisfied(received)),
        "answered": share(len(answered), len(asked)),
        "accepted_in_time": share(taken, taken + missed),
        "reopened": sum(bool(life.did(["reopen"])) for life in received),
        "unclaimed": sum(bool(life.did(["unclaimed"])) for life in received),
        "responded": responded(office, received, end),
    }


def _last(life: Life) -> Any:
    return next(line for line in reversed(life.lines) if line.action in OUTCOME)


def each_period(office: Office, check: Callable[[periods.Span, datetime, datetime], None]) -> None:
    for first, after in PERIODS:
        span = periods.Span(periods.OWN, first, after)
        check(span, *span.moments(office.calendar))


def test_measures_are_those_of_the_plain_way(lived: Office) -> None:
    def check(span: periods.Span, start: datetime, end: datetime) -> None:
        for community in (None, "陈桥社区"):
            expected = plain(lived, start, end, community)
            assert figures.measure(lived, start, end, community, NOW) == expected, (span, community)
            assert expected["received"]

    each_period(lived, check)


def test_communities_side_by_side_and_the_trend_are_those_of_the_plain_way(lived: Office) -> None:
    def check(span: periods.Span, start: datetime, end: datetime) -> None:
        shown = counted._count(lived, span, None, NOW)
        found = known(lived, end, None)
        closed = closed_within(found, start)
        for each in shown.communities:
            mine = [life for life in found if life.order.community == each.community]
            received = [life for life in mine if life.order.created_at >= start]
            good, measured = satisfied(received)
            assert (each.received, each.open) == (len(received), sum(life.state != "closed" for life in mine))
            assert (each.closed, each.overdue) == (len(closed_within(mine, start)), overdue(mine, end))
            assert each.satisfied == (good / measured if measured >= figures.SMALL else None)
        assert sum(each.closed for each in shown.communities) == sum(shown.trend.closed) == len(closed)
        width = timedelta(days=7 if shown.trend.weekly else 1)
        places = [(life.closed_at - start) // width for life in closed]
        assert list(shown.trend.closed) == [places.count(place) for place in range(len(shown.trend.days))]
        came = [(life.order.created_at - start) // width for life in found if life.order.created_at >= start]
        assert list(shown.trend.received) == [came.count(place) for place in range(len(shown.trend.days))]

    each_period(lived, check)
