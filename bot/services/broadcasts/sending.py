"""Pausing, resuming, recalling and closing a broadcast."""

from datetime import datetime

from bot.broadcasts.life import CORRECTION, State
from bot.errors import NotAllowed
from bot.services.broadcasts import telling
from bot.services.broadcasts.found import acted_on
from bot.services.broadcasts.releasing import CLOSED, RECALLED, release_one
from bot.services.broadcasts.times import hours
from bot.services.office import Office
from bot.store.broadcasts import recipients, written
from bot.store.database import Tx
from bot.store.sending import notices, withdrawals


def pause(tx: Tx, broadcast_id: int, person_id: int, now: datetime) -> None:
    """What is not sent stays unsent; what is in the air ends. By the author, or by whoever may approve."""
    release_one(tx, broadcast_id, now)
    row, state = acted_on(tx, broadcast_id, "pause", person_id)
    written.move(tx, row.id, row.state, state=state)


def resume(tx: Tx, broadcast_id: int, person_id: int, now: datetime) -> State:
    """It goes on, or waits for its time. Its state afterwards."""
    row, state = acted_on(tx, broadcast_id, "resume", person_id)
    written.move(tx, row.id, row.state, state=state)
    return release_one(tx, broadcast_id, now)


def recall(
    office: Office, tx: Tx, broadcast_id: int, person_id: int, now: datetime, *, correction: str = ""
) -> int:  # fmt: skip
    """Whoever has not got it does not get it any more. With words of correction, those who have it hear them, within the
    hours; how many that are. NotAllowed once all is sent."""
    release_one(tx, broadcast_id, now)
    row, state = acted_on(tx, broadcast_id, "recall", person_id)
    if row.state == State.SENT and (
        row.closed_at is not None or not (correction or notices.waits_of_broadcast(tx, row.id))
    ):
        raise NotAllowed("broadcast.not_now.recall", number=row.id)
    if row.state == State.REVIEW:
        telling.ask_no_more(tx, row)
    withdrawals.withdraw_broadcast(tx, row.id, RECALLED, CORRECTION)
    told, due_from = 0, row.due_from and now
    if correction and row.approved_at is not None:
        due_from = hours(office.settings).first_open(now)
        told = recipients.correct(tx, row, correction, now, due_from)
    over = {"ended_at": now, "hold_until": None, "next_round_at": None}
    written.move(tx, row.id, row.state, state=state, due_from=due_from, **over)
    return told


def close(tx: Tx, broadcast_id: int, person_id: int, now: datetime) -> None:
    """Nobody is reminded any more, and who could not be reached has not been reached. The state stays `sent`."""
    release_one(tx, broadcast_id, now)
    row, _ = acted_on(tx, broadcast_id, "close", person_id)
    withdrawals.withdraw_broadcast(tx, row.id, CLOSED, CORRECTION)
    written.move(tx, row.id, row.state, closed_at=row.closed_at or now, next_round_at=None)
