"""What holds the recipients of a broadcast back, or lets them go: the clock's round."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from bot.broadcasts.life import CORRECTION, FIRST, State, after
from bot.services.broadcasts import reminding, report
from bot.services.broadcasts.found import found
from bot.services.office import Office
from bot.store.broadcasts import recipients, written
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx
from bot.store.sending import withdrawals

RECALLED, CLOSED = "recalled", "closed"
"""Why a notice was not sent."""
ROUNDS = range(FIRST + 1, CORRECTION)
"""Those that remind."""


def release(office: Office, broadcast_id: int, now: datetime) -> State:
    """Bring the state up to what time and the workers have done; returns it."""
    with office.db.transaction() as tx:
        return release_one(tx, broadcast_id, now)


def release_one(tx: Tx, broadcast_id: int, now: datetime) -> State:
    row = found(tx, broadcast_id, lock=True)
    if row.state == State.RECALLED:
        _finish_recall(tx, row, now)
    if row.state == State.SCHEDULED and row.due_from is not None and row.due_from <= now:
        written.move(tx, row.id, row.state, state=after(row.state, "start", row.id), started_at=row.started_at or now)
        row = found(tx, broadcast_id)
    state = report.state_of(row, report.figures(tx, row), now)
    if state == State.SENT and row.due_from is not None:
        _finish(tx, row, state, now)
    return state


def _finish(tx: Tx, row: Broadcast, state: State, now: datetime) -> None:
    """The first round is out. What was sent before, and had something to be sent once more, keeps its times."""
    again = row.ended_at is not None
    next_at = row.next_round_at if again else reminding.first_round_at(row, now)
    left = recipients.outstanding(tx, row.id, *ROUNDS)
    values = {"ended_at": row.ended_at or now, "next_round_at": next_at, "due_from": row.due_from if left else None}
    written.move(tx, row.id, row.state, state=state, **values)


def _finish_recall(tx: Tx, row: Broadcast, now: datetime) -> None:
    """What was in the air when it was recalled and came back unsent is not sent again."""
    withdrawals.withdraw_broadcast(tx, row.id, RECALLED, CORRECTION)
    recipients.fail_lost(tx, row.id, now, RECALLED)
    if row.due_from is not None and not recipients.outstanding(tx, row.id, FIRST, *ROUNDS, CORRECTION):
        written.move(tx, row.id, row.state, due_from=None)


def steps(office: Office, now: datetime) -> Iterator[tuple[int, Callable[[], object]]]:
    """The clock's round: `release` for every broadcast that is under way, and reminding where its time has come; each with the
    broadcast's number."""
    with office.db.reading() as tx:
        under_way, to_remind = written.under_way(tx), written.to_be_reminded_of(tx, now)
    yield from ((number, partial(release, office, number, now)) for number in under_way)
    yield from ((number, partial(reminding.remind, office, number, now)) for number in to_remind)
