"""The figures of a period and a community, for whoever may see them. Never a figure of a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from bot.errors import NotFound
from bot.services.console.figures import periods
from bot.services.console.figures.periods import Span
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.services.reports import figures
from bot.services.reports.figures import SMALL
from bot.store import recurring
from bot.store.database import Tx
from bot.store.reads import trends
from bot.store.reads.figures import Period

KEPT = timedelta(minutes=1)  # figures are not counted again before
MOST_KEPT = 64  # periods of a process
DAILY = timedelta(days=62)  # a longer period is shown by week
FAULTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields of the form; empty where nothing is chosen."""

    period: str = ""
    first: str = ""
    last: str = ""
    community: str = ""


@dataclass(frozen=True, slots=True)
class OfCommunity:
    """The numbers of one community. None: orders whose community nobody knows yet. `satisfied`: a share, or None where none or
    few have said so."""

    community: str | None
    received: int
    closed: int
    open: int
    overdue: int
    satisfied: float | None


@dataclass(frozen=True, slots=True)
class Trend:
    """Received and closed by day or by week; each begins with that day."""

    weekly: bool
    days: Sequence[date]
    received: Sequence[int]
    closed: Sequence[int]


@dataclass(frozen=True, slots=True)
class Fault:
    """What came up often at one place within some days before the end. A small number is not told."""

    place: str
    category: str
    number: int | str


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a period. `community` None: of the whole office. `measures`: those of `services.figures`."""

    span: Span
    community: str | None
    at: datetime
    measures: Mapping[str, Any]
    communities: Sequence[OfCommunity]
    trend: Trend
    faults: Sequence[Fault]
    fault_days: int


@dataclass(slots=True)
class Recent:
    """The figures that this process counted within the last minute."""

    _kept: dict[tuple[Span, str | None], Figures] = field(default_factory=dict)

    def get(self, key: tuple[Span, str | None], now: datetime) -> Figures | None:
        """None where they are too old."""
        found = self._kept.get(key)
        return found if found is not None and timedelta() <= now - found.at < KEPT else None

    def keep(self, key: tuple[Span, str | None], found: Figures) -> None:
        """Keep them; old ones go."""
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[key] = found


def communities(office: Office, seat: Seat) -> list[str]:
    """Those whose figures this person may see."""
    scope = seat.rights.scope()
    return [name for name in office.reader.communities() if scope is None or name in scope]


def count(office: Office, recent: Recent, seat: Seat, asked: Asked, now: datetime) -> Figures:
    """NotUnderstood for what is no period; NotFound for a community that is not this person's."""
    community = _community(office, seat, asked.community)
    span = periods.span(asked.period, asked.first, asked.last, now.astimezone(office.calendar.zone).date())
    found = recent.get((span, community), now)
    if found is None:
        found = _count(office, span, community, now)
        recent.keep((span, community), found)
    return found


def _community(office: Office, seat: Seat, asked: str) -> str | None:
    """Without a choice it is the whole office, or the first of those that this person answers for."""
    own = communities(office, seat)
    if not seat.rights.decides or (asked and asked not in own):
        raise NotFound("console_figures.bad.community")
    if asked or seat.rights.scope() is None:
        return asked or None
    if not own:
        raise NotFound("console_figures.bad.community")
    return own[0]


def _count(office: Office, span: Span, community: str | None, now: datetime) -> Figures:
    start, end = span.moments(office.calendar)
    period, days = Period(start, end, community), office.limits.repeated_days
    since = min(end, now) - timedelta(days=days)
    with office.db.reading() as tx:
        found = figures.find(tx, period, now)
        measures = figures.measures(office, tx, period, found, now)
        trend = _trend(tx, span, period, min(span.last, now.astimezone(office.calendar.zone).date()))
        faults = _faults(office, tx, community, since, end)
    side_by_side = _communities(office, found) if community is None else []
    return Figures(span, community, now, measures, side_by_side, trend, faults, days)


def _communities(office: Office, found: figures.Orders) -> list[OfCommunity]:
    """In the order of the office's own list; others, and orders of no known one, after them."""
    ours, every = office.reader.communities(), [*found.received, *found.closed, *filter(figures.is_open, found.at_end)]
    others = {row.community for row in every} - set(ours)
    names = [*ours, *sorted(others - {None}), *others & {None}]
    return [_of_community(name, found) for name in names]


def _of_community(name: str | None, found: figures.Orders) -> OfCommunity:
    received, closed, at_end = (
        [row for row in rows if row.community == name] for rows in (found.received, found.closed, found.at_end)
    )
    measured = figures.total(received, "measured")
    return OfCommunity(
        community=name,
        received=figures.total(received),
        closed=figures.total(closed),
        open=figures.total(filter(figures.is_open, at_end)),
        overdue=figures.total(filter(figures.is_overdue, at_end)),
        satisfied=figures.total(received, "satisfied") / measured if measured >= SMALL else None,
    )


def _trend(tx: Tx, span: Span, period: Period, last: date) -> Trend:
    """Up to today: what is ahead has no numbers yet."""
    weekly = span.after - span.first > DAILY
    width = timedelta(days=7 if weekly else 1)
    size = max((last - span.first) // width + 1, 0)
    numbers: dict[str, list[int]] = {"received": [0] * size, "closed": [0] * size}
    for row in trends.by_interval(tx, period, width):
        if 0 <= row.place < size:
            numbers[row.kind][row.place] += row.number
    return Trend(weekly, [span.first + at * width for at in range(size)], numbers["received"], numbers["closed"])


def _faults(office: Office, tx: Tx, community: str | None, since: datetime, end: datetime) -> list[Fault]:
    within = list(office.reader.communities()) if community is None else [community]
    least = office.limits.repeated_least
    rows = recurring.repeated(tx, within, since, least, FAULTS_SHOWN, until=end)
    return [
        Fault(
            f"{row.community}{row.estate or ''}", office.reader.category(row.category).level2,
            figures.few(row.number),
        )
        for row in rows
    ]  # fmt: skip
