"""The lock of one night: one worker trains, or records that there is nothing to learn; it may release the lock."""

from datetime import date, datetime

from bot.store import models
from bot.store.database import Database


def take(db: Database, night: date, now: datetime, state: str) -> int | None:
    """The id of the row that is now one's own; None where somebody else has the night."""
    with db.transaction() as tx:
        return models.begin(tx, night, now, state)


def give_back(db: Database, night: date) -> None:
    """Whoever trained was asked to stop: the clock may send for it again."""
    with db.transaction() as tx:
        models.give_back(tx, night)
