"""Starting, pausing, resuming and recalling a broadcast, and the clock's round over what is under way."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from bot.broadcasts.life import CORRECTION, FIRST, State, after
from bot.errors import NotAllowed
from bot.services.broadcasts import reminding, report, telling
from bot.services.broadcasts.found import acted_on, found
from bot.services.broadcasts.times import hours
from bot.services.office import Office
from bot.store import notices
from bot.store.broadcasts import recipients, written
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx

RECALLED, CLOSED = "recalled", "closed"
"""Why a notice was not sent."""
ROUNDS = range(FIRST + 1, CORRECTION)
"""Those that remind."""


def pause(office: Office, broadcast_id: int, person_id: int, now: datetime) -> None:
    """What is not sent stays unsent; what is in the air ends. By the author, or by whoever may approve."""
    with office.db.transaction() as tx:
        pause_within(tx, broadcast_id, person_id, now)


def pause_within(tx: Tx, broadcast_id: int, person_id: int, now: datetime) -> None:
    """`pause` inside a transaction that is open already."""
    _release(tx, broadcast_id, now)
    row, state = acted_on(tx, broadcast_id, "pause", person_id)
    written.move(tx, row.id, row.state, state=state)


def resume(office: Office, broadcast_id: int, person_id: int, now: datetime) -> State:
    """It goes on, or waits for its time. Its state afterwards."""
    with office.db.transaction() as tx:
        state = resume_within(tx, broadcast_id, person_id, now)
    office.nudge()
    return state


def resume_within(tx: Tx, broadcast_id: int, person_id: int, now: datetime) -> State:
    """`resume` inside a transaction that is open already."""
    row, state = acted_on(tx, broadcast_id, "resume", person_id)
    written.move(tx, row.id, row.state, state=state)
    return _release(tx, broadcast_id, now)


def recall(office: Office, broadcast_id: int, person_id: int, now: datetime, *, correction: str = "") -> int:
    """Whoever has not got it does not get it any more. With words of correction, those who have it hear them, within the
    hours; how many that are. NotAllowed once all is sent."""
    with office.db.transaction() as tx:
        told = recall_within(office, tx, broadcast_id, person_id, now, correction=correction)
    office.nudge()
    return told


def recall_within(
    office: Office, tx: Tx, broadcast_id: int, person_id: int, now: datetime, *, correction: str = ""
) -> int:  # fmt: skip
    """`recall` inside a transaction that is open already."""
    _release(tx, broadcast_id, now)
    row, state = acted_on(tx, broadcast_id, "recall", person_id)
    if row.state == State.SENT and (
        row.closed_at is not None or not (correction or notices.waits_of_broadcast(tx, row.id))
    ):
        raise NotAllowed("broadcast.not_now.recall", number=row.id)
    if row.state == State.REVIEW:
        telling.ask_no_more(tx, row)
    notices.withdraw_broadcast(tx, row.id, RECALLED, CORRECTION)
    told, due_from = 0, row.due_from and now
    if correction and row.approved_at is not None:
        due_from = hours(office.settings).first_open(now)
        told = recipients.correct(tx, row, correction, now, due_from)
    over = {"ended_at": now, "hold_until": None, "next_round_at": None}
    written.move(tx, row.id, row.state, state=state, due_from=due_from, **over)
    return told


def close(office: Office, broadcast_id: int, person_id: int, now: datetime) -> None:
    """Nobody is reminded any more, and who could not be reached has not been reached. The state stays `sent`."""
    with office.db.transaction() as tx:
        close_within(tx, broadcast_id, person_id, now)


def close_within(tx: Tx, broadcast_id: int, person_id: int, now: datetime) -> None:
    """`close` inside a transaction that is open already."""
    _release(tx, broadcast_id, now)
    row, _ = acted_on(tx, broadcast_id, "close", person_id)
    notices.withdraw_broadcast(tx, row.id, CLOSED, CORRECTION)
    written.move(tx, row.id, row.state, closed_at=row.closed_at or now, next_round_at=None)


def release(office: Office, broadcast_id: int, now: datetime) -> State:
    """Bring the state up to what time and the workers have done; returns it."""
    with office.db.transaction() as tx:
        return _release(tx, broadcast_id, now)


def _release(tx: Tx, broadcast_id: int, now: datetime) -> State:
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
    notices.withdraw_broadcast(tx, row.id, RECALLED, CORRECTION)
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


def release_all(office: Office, now: datetime) -> None:
    """All `steps` one after the other."""
    for _, step in steps(office, now):
        step()
