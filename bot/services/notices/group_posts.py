"""A broadcast's one post into a group, begun and ended in transactions of their own: the call is made between them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.services.notices.words.letter import Letter
from bot.store.database import Database
from bot.store.sending import group_posts as store
from bot.store.sending import shared_sends

LEASE = timedelta(seconds=30)
DUE, SENT, UNKNOWN, FAILED = shared_sends.DUE, shared_sends.SENT, shared_sends.UNKNOWN, shared_sends.FAILED


def round_of(letter: Letter) -> int:
    """Which round of reminding the notice is of."""
    return int(letter.row.round)


def begin(db: Database, letter: Letter, robot: str, message: str, now: datetime) -> tuple[Row[Any], bool]:
    """As `bot.store.sending.group_posts.begin`, for this notice's broadcast and round."""
    with db.transaction() as tx:
        return store.begin(tx, letter.row.broadcast_id, robot, round_of(letter), message, now, LEASE)


def end(
    db: Database, post_id: int, state: str, now: datetime, *, seconds: float = 0, reason: str | None = None
) -> None:
    """What came of it; nobody tries again before so many seconds."""
    with db.transaction() as tx:
        store.end(tx, post_id, state, now, until=now + timedelta(seconds=seconds), reason=reason)
