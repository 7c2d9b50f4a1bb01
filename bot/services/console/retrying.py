"""Failed notices are sent again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.errors import NotFound
from bot.orders.rights import ADMIN
from bot.services.console.seat import Seat
from bot.services.notices.outbox import waiting_since
from bot.services.notices.words.opening import opened
from bot.services.office import Office
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.sending import failed_notices

SHOWN_DAYS = timedelta(days=30)
MOST = 500  # notices that are sent again at once


@dataclass(frozen=True, slots=True)
class Retried:
    """How many notices are sent again, and how many more of the reason cannot be, or not at once."""

    done: int
    left: int


def retry(
    office: Office, seat: Seat, now: datetime, *, reason: str = "", notice_id: int | None = None
) -> Retried:  # fmt: skip
    """One notice, or all of a reason (at most MOST), once more. Not what nobody waits for any more: what was withdrawn,
    is too old, has been settled meanwhile, or is for somebody who left. On record for each."""
    admit(seat)
    with office.db.transaction() as tx:
        rows = failed_notices.retriable(tx, waiting_since(now), reason=reason or None, notice_id=notice_id, limit=MOST)
        chosen = [row for row in rows if _makes_sense(office, tx, row, now)]
        if chosen:
            failed_notices.try_again(tx, [row.id for row in chosen], now)
        entries = [_entry(seat, row) for row in chosen]
        audit.write(tx, now, *entries)
        number = _number(tx, reason, notice_id, now) if not chosen or notice_id is None else 0
    if chosen:
        office.nudge()
    return Retried(len(chosen), number)


def _number(tx: Tx, reason: str, notice_id: int | None, now: datetime) -> int:
    """How many are still failed."""
    if notice_id is not None:
        return 1
    return sum(row.number for row in failed_notices.by_reason(tx, now - SHOWN_DAYS) if (row.reason or "") == reason)


def _makes_sense(office: Office, tx: Tx, row: Row[Any], now: datetime) -> bool:
    letter = opened(office, tx, row)
    return letter.broken is None and not letter.is_withdrawn and not letter.is_settled(now)


def _entry(seat: Seat, row: Row[Any]) -> Entry:
    return Entry(
        Act.NOTICE_RETRY, audit.CONSOLE, seat.person_id, row.person_id, row.order_id, detail=f"notice {row.id}"
    )


def admit(seat: Seat) -> None:
    if not seat.rights.holds(ADMIN):
        raise NotFound("console.error.404")
