"""Whom an order was told to: its notices, each with its person and the newest attempt to send it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.store.database import Tx
from bot.store.sending import attempts
from bot.store.sending.attempts import Attempt
from bot.store.tables import notices, persons

MOST = 200  # notices of one order


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. `line`: the id of the line of history it tells; None where it tells none. `name` None: a resident."""

    id: int
    line: int | None
    event: str
    person_id: int
    name: str | None
    has_account: bool
    state: str
    reason: str | None
    due_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    last: Attempt | None


def of_order(tx: Tx, order_id: int) -> Sequence[Notice]:
    """In the order in which they were written."""
    n = notices.c
    query = select(
        n.id,
        n.once,
        n.event,
        n.person_id,
        persons.c.name,
        persons.c.openid,
        n.state,
        n.reason,
        n.due_at,
        n.sent_at,
        n.delivered_at,
    )
    query = query.join(persons, persons.c.id == n.person_id).where(n.order_id == order_id).order_by(n.id).limit(MOST)
    rows = tx.all(query)
    tried: Mapping[int, Sequence[Attempt]] = attempts.of(tx, [row.id for row in rows]) if rows else {}
    return [
        Notice(
            row.id, _line(row.once), row.event, row.person_id, row.name, row.openid is not None, row.state, row.reason, row.due_at, row.sent_at,
            row.delivered_at, next(iter(list(tried.get(row.id, ()))[-1:]), None),
        )
        for row in rows
    ]  # fmt: skip


def _line(once: str | None) -> int | None:
    """The line of history that `bot.services.orders.telling` puts first into the name of an event."""
    first = (once or "").partition(":")[0]
    return int(first[1:]) if first.startswith("h") and first[1:].isdecimal() else None
