"""Sends that tell many people in one call: a row each, which one worker at a time has in hand."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, or_, select, update

from bot.store.database import Tx

DUE, SENDING, UNKNOWN, SENT, FAILED = "due", "sending", "unknown", "sent", "failed"


def take(
    tx: Tx, table: Table, mine: ColumnElement[bool], now: datetime, lease: timedelta, *, assumed: ColumnElement[bool]
) -> tuple[Row[Any], bool]:
    """The send that meets `mine`, and whether it is the caller's to make now. It is nobody's while somebody has it in hand, and
    once it was sent or refused. `assumed`: where no answer came and this holds, it counts as sent."""
    over = table.c.until <= now
    perhaps_taken = table.c.state.in_((UNKNOWN, SENDING))  # no answer came, or a worker ended while it was sending
    tx.run(update(table).where(mine, perhaps_taken, over, assumed).values(state=SENT, sent_at=now))
    free = or_(table.c.state == DUE, perhaps_taken)
    taken = tx.run(
        update(table).where(mine, free, over).values(state=SENDING, begun=table.c.begun + 1, until=now + lease)
    ).rowcount
    found = tx.first(select(table).where(mine))
    assert found is not None
    return found, taken == 1


def end(
    tx: Tx, table: Table, send_id: int, state: str, now: datetime, *, until: datetime | None = None,
    reason: str | None = None, **values: Any,
) -> bool:  # fmt: skip
    """What came of it; False where that is known already. `until`: nobody tries again before. A send that was certainly not
    taken was not begun."""
    values |= {"state": state, "reason": reason and reason[:200], "until": until or now}
    if state == SENT:
        values["sent_at"] = now
    if state == DUE:
        values["begun"] = table.c.begun - 1
    mine = update(table).where(table.c.id == send_id, table.c.state == SENDING)
    return tx.run(mine.values(**values)).rowcount == 1
