"""One mass send of a broadcast, begun in a transaction of its own: the call is made between it and the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.services.notices.reach.mass import month_of
from bot.services.notices.rules import rules
from bot.services.notices.words.letter import Letter
from bot.store.database import Database
from bot.store.sending import mass_sends, shared_sends
from bot.store.sending.attempts import Outcome

LEASE = timedelta(seconds=30)
REMEMBERED = timedelta(hours=23)  # the platform knows a clientmsgid for 24 hours
LONGEST_WAIT = timedelta(minutes=5)  # for those who are still tried by other channels
DUE, SENT, UNKNOWN, FAILED = shared_sends.DUE, shared_sends.SENT, shared_sends.UNKNOWN, shared_sends.FAILED


@dataclass(frozen=True, slots=True)
class Turn:
    """What a worker finds. `row` None: nobody's yet, or this person cannot be in one. `openids`: it is the caller's to make;
    None: not so."""

    row: Row[Any] | None
    openids: Sequence[str] | None = None
    waits: bool = False  # for the others, or until the broadcast goes on
    left_out: int | None = None  # the platform's code for which it does not name this person


def joined_at(letter: Letter) -> datetime | None:
    """Since when the notice waits for the others."""
    return next((one.at for one in letter.attempts if one.outcome is Outcome.JOINED), None)


def begin(db: Database, letter: Letter, now: datetime) -> Turn:
    """The send that names this notice's person; where there is none, a new one for everybody who waits."""
    broadcast_id, round_ = letter.row.broadcast_id, letter.row.round
    with db.reading() as tx:
        row = mass_sends.of_notice(tx, letter.id)
        if row is not None and (row.reason_left_out or row.state in (SENT, FAILED) or row.until > now):
            return Turn(row, left_out=row.reason_left_out)
        waited = now - (joined_at(letter) or now)
        if row is None and waited < LONGEST_WAIT and not mass_sends.is_complete(tx, broadcast_id, round_, now):
            return Turn(None, waits=True)
    with db.transaction() as tx:
        if not mass_sends.may_go(tx, broadcast_id, round_):
            return Turn(None, waits=True)
        row = mass_sends.of_notice(tx, letter.id)  # again, now that nobody else can begin one
        if row is not None and row.reason_left_out:
            return Turn(row, left_out=row.reason_left_out)
        if row is None:
            most = rules()["mass"]["month"]
            row = mass_sends.gather(tx, letter.row, letter.text, month_of(now), most, now, LEASE)
        if row is None:
            return Turn(None)
        row, is_mine = mass_sends.take(tx, row.id, now, LEASE, REMEMBERED)
        return Turn(row, mass_sends.openids(tx, row.id) if is_mine else None)
