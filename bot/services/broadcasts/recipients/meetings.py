"""When a meeting begins and ends, and who may ask about it: its author alone."""

from datetime import datetime, timedelta

from bot.broadcasts.life import MEETING, NOT_APPROVED, State
from bot.errors import NotAllowed, NotFound
from bot.services.broadcasts.found import found
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx

LASTS = timedelta(hours=12)  # a meeting whose end is not said is over then


def begins_at(row: Broadcast) -> datetime | None:
    """When the meeting begins; None where that is not said."""
    return _moment(row, "at")


def is_over(row: Broadcast, now: datetime) -> bool:
    """Whether the meeting is over, so that nobody says any more whether they come."""
    ends, begins = ends_at(row), begins_at(row)
    return (ends is not None and ends < now) or (ends is None and begins is not None and begins + LASTS < now)


def ends_at(row: Broadcast) -> datetime | None:
    """When it ends; None where that is not said."""
    return _moment(row, "until")


def _moment(row: Broadcast, name: str) -> datetime | None:
    said = (row.details or {}).get(name)
    return datetime.fromisoformat(said) if said else None


def meeting_of(tx: Tx, broadcast_id: int, *, lock: bool = False) -> Broadcast:
    """The meeting, which was approved. NotFound where it is none; NotAllowed where it was recalled or is not approved."""
    row = found(tx, broadcast_id, lock=lock)
    if row.kind != MEETING:
        raise NotFound("broadcast.no_meeting", number=broadcast_id)
    if row.state == State.RECALLED:
        raise NotAllowed("broadcast.meeting_recalled", number=broadcast_id)
    if row.state in NOT_APPROVED:
        raise NotFound("broadcast.no_meeting", number=broadcast_id)
    return row


def of_author(tx: Tx, broadcast_id: int, person_id: int, *, lock: bool = False) -> Broadcast:
    row = meeting_of(tx, broadcast_id, lock=lock)
    if row.author_id != person_id:
        raise NotAllowed("broadcast.not_author", number=broadcast_id)
    return row
