"""How far a broadcast is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.broadcasts.life import NOT_APPROVED, UNDER_WAY, State
from bot.errors import NotFound
from bot.services.broadcasts import report
from bot.services.broadcasts.found import found
from bot.services.broadcasts.report import Figures
from bot.services.console.broadcasts.listed import sees_all
from bot.services.console.seat import Seat
from bot.services.notices.words import wording as reasons
from bot.services.office import Office
from bot.store.broadcasts import lists
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is. `done`: of `figures.recipients`, those who are told or whom nothing will reach. `reasons`: why people
    were not reached, in words, with how many. `is_moving`: whether the page should look again."""

    id: int
    state: State
    figures: Figures
    done: int
    reasons: Sequence[tuple[str, int]]
    is_moving: bool


def progress(office: Office, seat: Seat, number: int, now: datetime) -> Progress:
    """How far it is. NotFound as `show`."""
    with office.db.reading() as tx:
        return progress_of(office, tx, seen_by(tx, seat, number), now)


def seen_by(tx: Tx, seat: Seat, number: int) -> Broadcast:
    """The broadcast, of the author; of who approves once it was handed over; what the calendar proposed of everybody.
    NotFound for all others."""
    row = found(tx, number)
    handed_over = row.state != State.DRAFT
    if row.author_id in (None, seat.person_id) or (handed_over and sees_all(seat)):
        return row
    raise NotFound("broadcast.no_such", number=number)


def was_approved(row: Broadcast) -> bool:
    return row.state not in NOT_APPROVED and row.approved_at is not None


def progress_of(office: Office, tx: Tx, row: Broadcast, now: datetime) -> Progress:
    known = report.figures(tx, row)
    state = report.state_of(row, known, now)
    why: dict[str, int] = {}
    if was_approved(row):
        for one in lists.not_told(tx, row.id):
            said = reasons.why(office.texts, one.reason)
            why[said] = why.get(said, 0) + one.number
    done = known.recipients - known.open if was_approved(row) else 0
    moving = state in UNDER_WAY or (state == State.SENT and row.due_from is not None)
    return Progress(row.id, state, known, done, list(why.items()), moving)
