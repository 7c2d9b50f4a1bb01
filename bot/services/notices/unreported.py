"""Short messages of which no receipt has come: their provider is asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.services.notices.sms_receipts import ASKED_AFTER, CHANNEL
from bot.services.notices.words.letter import key_of
from bot.store.database import Tx
from bot.store.sending import attempts, notice_queue


@dataclass(frozen=True, slots=True)
class Unreported:
    """A message that was taken and of which nothing is known."""

    serial: str
    at: datetime
    notice: Row[Any]  # as a worker has it in hand

    @property
    def key(self) -> str:
        """Our id of it."""
        return key_of(self.notice.id, self.notice.created_at)


def unreported(tx: Tx, first: timedelta, width: timedelta, now: datetime, most: int) -> list[Unreported]:
    """The messages whose time to be asked about came within the last `width`, the oldest first."""
    found = attempts.open_of(tx, CHANNEL, [(now - age - width, now - age) for age in (first, *ASKED_AFTER)], most)
    rows = {row.id: row for row in notice_queue.in_hand(tx, sorted({one.notice_id for one in found}))}
    return [Unreported(one.message_id, one.at, rows[one.notice_id]) for one in found if one.message_id]
