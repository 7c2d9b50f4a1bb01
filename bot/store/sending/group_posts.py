"""Posts of broadcasts into groups: a row for each group and round."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_

from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.schema.sending import group_posts
from bot.store.sending import shared_sends
from bot.store.sending.shared_sends import DUE

MOST_TIMES = 2  # as every message whose answer is lost and that the platform cannot be asked about
_COLUMNS = ("broadcast_id", "branch", "round", "state", "begun", "message", "until")
_NEW = Prepared(
    lambda dialect: people.inserting(dialect, group_posts, _COLUMNS, skip=["broadcast_id", "branch", "round"])
)


def begin(
    tx: Tx, broadcast_id: int, branch: str, round_: int, message: str, now: datetime, lease: timedelta
) -> tuple[Row[Any], bool]:
    """As `shared_sends.take`. After two lost answers it counts as sent."""
    key = {"broadcast_id": broadcast_id, "branch": branch, "round": round_}
    tx.change(_NEW, {**key, "state": DUE, "begun": 0, "message": message, "until": now})
    mine = and_(*(group_posts.c[name] == value for name, value in key.items()))
    return shared_sends.take(tx, group_posts, mine, now, lease, assumed=group_posts.c.begun >= MOST_TIMES)


def end(
    tx: Tx, post_id: int, state: str, now: datetime, *, until: datetime | None = None, reason: str | None = None
) -> None:
    """As `shared_sends.end`."""
    shared_sends.end(tx, group_posts, post_id, state, now, until=until, reason=reason)
