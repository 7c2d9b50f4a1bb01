"""The period that figures are asked for: one with a name, or from one day to another."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.errors import NotUnderstood
from bot.orders.time_limits.calendar import Calendar
from bot.services.reports.figures import LONGEST

EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)
ONE = timedelta(days=1)
OWN = "days"  # the period that is given by its days
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day up to the one after the last, in the office's time zone. `name`: of PERIODS, or OWN."""

    name: str
    first: date
    after: date

    @property
    def last(self) -> date:
        """The last day."""
        return self.after - ONE

    def moments(self, calendar: Calendar) -> tuple[datetime, datetime]:
        """Its beginning and its end."""
        start, end = (datetime.combine(day, time(), calendar.zone) for day in (self.first, self.after))
        return start, end


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1)


def _week(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=7)


def _quarter(day: date) -> tuple[date, date]:
    first = day.replace(month=day.month - (day.month - 1) % 3, day=1)
    return first, (first + timedelta(days=93)).replace(day=1)


PERIODS: Mapping[str, Callable[[date], tuple[date, date]]] = {
    "week": _week,
    "month": _month,
    "last_month": lambda today: _month(today.replace(day=1) - ONE),
    "quarter": _quarter,
    "year": lambda today: (today.replace(month=1, day=1), today.replace(year=today.year + 1, month=1, day=1)),
}
USUAL = "month"


def span(name: str, first: str, last: str, today: date) -> Span:
    """The period of these fields of a form: days count before a name, and without either it is this month.
    NotUnderstood."""
    if first or last:
        return _of_days(_day(first) if first else None, _day(last) if last else today)
    if name and name not in PERIODS:
        raise NotUnderstood("console_figures.bad.period")
    known = name or USUAL
    return Span(known, *PERIODS[known](today))


def _of_days(first: date | None, last: date) -> Span:
    found = Span(OWN, first or last.replace(day=1), last + ONE)
    if found.first > found.last:
        raise NotUnderstood("console_figures.bad.order")
    if found.after - found.first > LONGEST:
        raise NotUnderstood("console_figures.bad.long")
    return found


def _day(given: str) -> date:
    try:
        found = date.fromisoformat(given) if _DAY.fullmatch(given) else None
    except ValueError:
        found = None
    if found is None:
        raise NotUnderstood("console_figures.bad.day", day=given[:20])
    if not EARLIEST <= found <= LATEST:
        raise NotUnderstood("console_figures.bad.out_of_range", first=EARLIEST, last=LATEST)
    return found
