"""Failures in a row lock an account: five for a quarter of an hour, each five more for twice as long, at most a day."""

from datetime import datetime, timedelta

FAILURES = 5
FIRST, LONGEST = timedelta(minutes=15), timedelta(hours=24)
DOUBLINGS = 7  # more than these are longer than a day


def locked_until(failures: int, now: datetime) -> datetime | None:
    """Until when so many failures in a row lock; None where the last one does not."""
    times, rest = divmod(failures, FAILURES)
    if rest or not times:
        return None
    factor: int = 2 ** min(times - 1, DOUBLINGS)
    return now + min(FIRST * factor, LONGEST)


def is_locked(until: datetime | None, now: datetime) -> bool:
    """Whether a lock still holds."""
    return until is not None and now < until
