"""Sums that the clock keeps, so that what staff and operators ask for costs the same beside many orders as beside few."""

from datetime import datetime, time, timedelta

from bot.services.office import Office
from bot.store import recurring

DAYS_AT_ONCE = 7  # in one round; the next round goes on
AGAIN = timedelta(minutes=10)  # the day that is not over is not counted more often


def keep_recurring(office: Office, now: datetime) -> None:
    """By day how often what was told of, as far back as 反复问题 looks; the newest first, a few days in a round."""
    starts = days_of(office, now)
    ends = dict(zip(starts, [*starts[1:], now], strict=True))
    with office.db.transaction() as tx:
        known = recurring.days_from(tx, starts)
    wanted = [(day, min(ends[day.start], now - recurring.SETTLED)) for day in known if day.start in ends]
    due = [
        (day.start, until)
        for day, until in wanted
        if until > day.start and _is_behind(day.until, until, ends[day.start])
    ]
    for start, until in sorted(due, reverse=True)[:DAYS_AT_ONCE]:
        with office.db.transaction() as tx:
            recurring.sum_day(tx, start, until)


def _is_behind(counted: datetime | None, until: datetime, end: datetime) -> bool:
    """Whether a day that is counted so far is to be counted up to `until`; its end is `end`."""
    return counted is None or counted + AGAIN <= until or counted < until == end


def days_of(office: Office, now: datetime) -> list[datetime]:
    """The first moments of the days that 反复问题 looks at, today the last."""
    zone = office.calendar.zone
    today = now.astimezone(zone).date()
    days = range(office.limits.repeated_days, -1, -1)
    return [datetime.combine(today - timedelta(days=back), time(), zone).astimezone(now.tzinfo) for back in days]
