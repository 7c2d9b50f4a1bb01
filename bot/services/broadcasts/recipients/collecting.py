"""One message a day for whoever wished it: what was collected is put together when its time has come."""

from datetime import datetime

from bot.services.broadcasts.times import hours
from bot.services.notices.outbox import Nudges
from bot.store.broadcasts import digests


def gather(office: Nudges, now: datetime) -> int:
    """The day's digests, within the hours, and at most one for each person and day; how many there are to send."""
    day = hours(office.settings).day_of_digest(now)
    if day is None:
        return 0
    with office.db.transaction() as tx:
        made = digests.gather(tx, day, now)
    office.nudge()
    return made


def is_due(office: Nudges, now: datetime) -> bool:
    """Whether `gather` would find something."""
    day = hours(office.settings).day_of_digest(now)
    if day is None:
        return False
    with office.db.reading() as tx:
        return digests.due_exists(tx, day, now)
