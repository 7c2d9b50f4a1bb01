"""What holds on both sides of signing in through the chat: how long a code lasts, who may confirm, how many wrong ones."""

from datetime import datetime, timedelta

from bot.store.console import codes
from bot.store.database import Tx
from bot.store.persons import people

LASTS = timedelta(minutes=3)  # a code, and once confirmed as long again
MISSES, HOUR = 5, timedelta(hours=1)  # wrong codes of one person; the hour begins with the first


def may_confirm(tx: Tx, person_id: int) -> bool:
    """Whether the person's telephone vouches for them: it is bound, and no new one that nobody has confirmed yet."""
    person = people.by_id(tx, person_id)
    return person.openid is not None and person.moved_at is None


def missed_too_often(tx: Tx, person_id: int, now: datetime) -> bool:
    """Whether the person may not try any more in this hour."""
    known = codes.missed(tx, person_id, now)
    return known is not None and known.failures >= MISSES


def count_miss(tx: Tx, person_id: int, now: datetime) -> int:
    """One more wrong code; how many in this hour."""
    known = codes.missed(tx, person_id, now)
    if known is None:
        codes.add(tx, codes.MISSED, now, now + HOUR, person_id=person_id, failures=1)
        return 1
    codes.change(tx, known.id, failures=known.failures + 1)
    return known.failures + 1
