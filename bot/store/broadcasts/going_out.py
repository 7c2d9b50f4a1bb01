"""Which broadcasts a worker may take something of at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, or_, select

from bot.broadcasts.life import CORRECTION, FIRST, State
from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.sending.notices import BROADCAST
from bot.store.tables import Instant, broadcasts, notices

MOST = 3
"""Of how many broadcasts a worker takes at a time, the oldest first."""
_NOW = bindparam("now", type_=Instant)
_MOVING = (State.SCHEDULED.value, State.SENDING.value, State.SENT.value, State.RECALLED.value)
NOT_HELD = or_(
    broadcasts.c.state.not_in((State.PAUSED.value, State.RECALLED.value)),
    and_(broadcasts.c.state == State.RECALLED.value, notices.c.round == CORRECTION),
)
"""Of a paused broadcast nothing goes out, of a recalled one its correction alone."""


@dataclass(frozen=True, slots=True)
class Going:
    """A broadcast of which something is due, and from which round on."""

    id: int
    from_round: int


def _going(_: str) -> object:
    due = exists().where(
        notices.c.broadcast_id == broadcasts.c.id,
        notices.c.state == "pending",
        notices.c.priority == BROADCAST,
        notices.c.due_at <= _NOW,
        NOT_HELD,
    )
    moving = and_(broadcasts.c.due_from <= _NOW, broadcasts.c.state.in_(_MOVING))
    return select(broadcasts.c.id, broadcasts.c.state).where(moving, due).order_by(broadcasts.c.id).limit(MOST)


GOING = Prepared(_going)


def going(tx: Tx, now: datetime) -> Sequence[Going]:
    """Up to MOST broadcasts of which a notice is due."""
    rows = tx.all(GOING, now=now)
    return [Going(row.id, CORRECTION if row.state == State.RECALLED else FIRST) for row in rows]
