"""Posts of broadcasts into groups: a row for each group and round, which one worker at a time has in hand."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select, update

from bot.store import people
from bot.store.database import Tx
from bot.store.schema.sending import group_posts
from bot.store.statements import Prepared

DUE, SENDING, UNKNOWN, SENT, FAILED = "due", "sending", "unknown", "sent", "failed"
MOST_TIMES = 2  # as every message whose answer is lost and that the platform cannot be asked about
_COLUMNS = ("broadcast_id", "branch", "round", "state", "begun", "message", "until")
_NEW = Prepared(
    lambda dialect: people.inserting(dialect, group_posts, _COLUMNS, skip=["broadcast_id", "branch", "round"])
)


def begin(
    tx: Tx, broadcast_id: int, branch: str, round_: int, message: str, now: datetime, lease: timedelta
) -> tuple[Row[Any], bool]:
    """The post, and whether it is the caller's to send now. It is nobody's while somebody has it in hand, once it was sent or
    refused, and after two lost answers, when it counts as sent."""
    key = {"broadcast_id": broadcast_id, "branch": branch, "round": round_}
    tx.change(_NEW, {**key, "state": DUE, "begun": 0, "message": message, "until": now})
    mine = and_(*(group_posts.c[name] == value for name, value in key.items()))
    over = group_posts.c.until <= now
    tx.run(
        update(group_posts)
        .where(mine, _perhaps_taken(), over, group_posts.c.begun >= MOST_TIMES)
        .values(state=SENT, sent_at=now)
    )
    free = or_(group_posts.c.state == DUE, and_(_perhaps_taken(), group_posts.c.begun < MOST_TIMES))
    taken = tx.run(
        update(group_posts)
        .where(mine, free, over)
        .values(state=SENDING, begun=group_posts.c.begun + 1, until=now + lease)
    ).rowcount
    found = tx.first(select(group_posts).where(mine))
    assert found is not None
    return found, taken == 1


def _perhaps_taken() -> ColumnElement[bool]:
    """No answer came, or a worker ended while it was sending."""
    return group_posts.c.state.in_((UNKNOWN, SENDING))


def end(
    tx: Tx, post_id: int, state: str, now: datetime, *, until: datetime | None = None, reason: str | None = None
) -> None:
    """What came of sending it. `until`: nobody tries again before. A post that was certainly not taken was not begun."""
    values: dict[str, Any] = {"state": state, "reason": reason and reason[:200], "until": until or now}
    if state == SENT:
        values["sent_at"] = now
    if state == DUE:
        values["begun"] = group_posts.c.begun - 1
    tx.run(update(group_posts).where(group_posts.c.id == post_id, group_posts.c.state == SENDING).values(**values))
