"""What became of one mass send of a broadcast: its end, and whom it left out."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.services.notices.reach.mass import month_of
from bot.store.database import Database
from bot.store.sending import mass_left_out, mass_sends


def keep(db: Database, row: Row[Any], until: datetime) -> None:
    """Nobody else takes the send before, while the platform is asked whom it does not know."""
    with db.transaction() as tx:
        mass_left_out.keep(tx, row.id, until)


def leave_out(db: Database, row: Row[Any], lost: Mapping[str, int], now: datetime) -> None:
    """The send names these openids no more, each for the platform's code; they are told by the next channel."""
    each = list(lost.items())
    for start in range(0, len(each), mass_sends.SOME):
        with db.transaction() as tx:
            some = dict(each[start : start + mass_sends.SOME])
            mass_left_out.leave_out(tx, row, some, month_of(row.created_at), now)


def end(
    db: Database, row: Row[Any], state: str, now: datetime, *, seconds: float = 0, reason: str | None = None,
    message_id: str | None = None,
) -> None:  # fmt: skip
    """What came of it, for it and then for those whom it held; nobody tries again before so many seconds."""
    with db.transaction() as tx:
        month = month_of(row.created_at)
        known = mass_sends.end(tx, row, state, month, now, seconds=seconds, reason=reason, message_id=message_id)
    due_at = now + timedelta(seconds=seconds)
    while known:
        with db.transaction() as tx:
            known = mass_sends.settle_some(tx, row, state, due_at, reason, now) == mass_sends.SOME
