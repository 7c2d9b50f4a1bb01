"""Acknowledging a broadcast: once for each person, by whatever account they are bound to."""

from datetime import datetime

from bot.errors import NotFound
from bot.store.broadcasts import digests, recipients
from bot.store.database import Tx


def acknowledge(tx: Tx, person_id: int, number: int | None, now: datetime) -> tuple[int, bool]:
    """The broadcast's number and whether this was the first time. Without a number it is the one that reached the person
    last, and all that came in the same message with it. NotFound where there is none to acknowledge."""
    notice = recipients.told(tx, person_id, number, now)
    if notice is None:
        raise NotFound("broadcast.none_open")
    if number is None and notice.digest_id is not None:
        for other in digests.told_with(tx, notice.digest_id):
            if other != notice.broadcast_id:
                recipients.mark_acked(tx, other, person_id, now)
    return notice.broadcast_id, recipients.mark_acked(tx, notice.broadcast_id, person_id, now)
