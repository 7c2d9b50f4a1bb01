"""Reminding those who have not acknowledged: at most twice, by the next channel, within the hours."""

from datetime import datetime

from bot.broadcasts.life import ANSWERED, REMINDERS, State
from bot.services.broadcasts.found import found
from bot.services.broadcasts.times import hours
from bot.services.office import Office
from bot.store.broadcasts import recipients, written
from bot.store.broadcasts.rows import Broadcast


def first_round_at(row: Broadcast, ended_at: datetime) -> datetime | None:
    """When the first round begins; None where the kind asks for no acknowledgement."""
    return ended_at + REMINDERS[0] if row.kind in ANSWERED and row.closed_at is None else None


def remind(office: Office, broadcast_id: int, now: datetime) -> int:
    """Begin the round of reminding that is due; how many are reminded. A second clock finds nothing to do. Outside the hours
    the round waits."""
    within = hours(office.settings)
    with office.db.transaction() as tx:
        row = found(tx, broadcast_id, lock=True)
        due = row.next_round_at is not None and row.next_round_at <= now
        if not due or row.state != State.SENT or not within.is_open(now):
            return 0
        told = recipients.remind(tx, row, row.rounds + 1, now) if row.rounds < len(REMINDERS) else 0
        rounds = row.rounds + 1 if told else len(REMINDERS)  # where everybody has answered, there is no next round
        started = row.ended_at or now
        next_at = started + REMINDERS[rounds] if rounds < len(REMINDERS) else None
        values = {"due_from": now} if told else {}
        written.move(tx, row.id, row.state, rounds=min(rounds, len(REMINDERS)), next_round_at=next_at, **values)
    if told:
        office.nudge()
    return told


def is_through(row: Broadcast) -> bool:
    """Whether there is no round of reminding to come, and nothing of the last one is to be sent."""
    return row.state == State.SENT and row.kind in ANSWERED and row.next_round_at is None and row.due_from is None
