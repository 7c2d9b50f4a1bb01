"""Broadcasts themselves: written, found, moved from state to state, and which of them time has made due."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, insert, or_, select, text, update

from bot.broadcasts.life import LIFE, State
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx, for_change
from bot.store.persons import people
from bot.store.tables import broadcasts, notices

NUMBERING = 7301  # the key of PostgreSQL's lock while a bulletin gets its number
MOST_LISTED = 200


def add(tx: Tx, **values: object) -> Broadcast:
    """Insert a broadcast; its row."""
    new = {"version": 1, "digest": "", "approvals_needed": 1, "rounds": 0, **values}
    row = tx.run(insert(broadcasts).values(**new).returning(broadcasts)).first()
    assert row is not None
    return row


def add_once(tx: Tx, **values: object) -> bool:
    """Insert a proposal of the calendar; False where its occasion was proposed before."""
    new = {"version": 1, "approvals_needed": 1, "rounds": 0, **values}
    added = people.insert_or_skip(tx, broadcasts, new, on=["occasion"]).returning(broadcasts.c.id)
    return tx.first(added) is not None


def by_id(tx: Tx, broadcast_id: int, *, lock: bool = False) -> Broadcast | None:
    """The broadcast; with `lock` locked for change. None where there is none."""
    query = select(broadcasts).where(broadcasts.c.id == broadcast_id)
    return tx.first(for_change(query) if lock else query)


def is_proposed(tx: Tx, occasion: str) -> bool:
    """Whether there is a broadcast for this occasion, whatever became of it."""
    return tx.first(select(broadcasts.c.id).where(broadcasts.c.occasion == occasion)) is not None


def newest(tx: Tx, author_id: int | None) -> Broadcast | None:
    """The newest broadcast that was approved, of this author or (None) of anybody."""
    approved = (State.SCHEDULED, State.SENDING, State.PAUSED, State.SENT)
    query = select(broadcasts).where(broadcasts.c.state.in_(approved))
    if author_id is not None:
        query = query.where(broadcasts.c.author_id == author_id)
    return tx.first(query.order_by(broadcasts.c.id.desc()).limit(1))


def listed(tx: Tx, *, author_id: int | None = None, states: Sequence[str] = ()) -> Sequence[Broadcast]:
    """Up to MOST_LISTED broadcasts, the newest first: of this author, or of all; in these states, or in any."""
    query = select(broadcasts).order_by(broadcasts.c.id.desc()).limit(MOST_LISTED)
    if author_id is not None:
        query = query.where(broadcasts.c.author_id == author_id)
    if states:
        query = query.where(broadcasts.c.state.in_(states))
    return tx.all(query)


def move(tx: Tx, broadcast_id: int, before: str, **values: object) -> bool:
    """Change a broadcast if it is still in the state `before`. Returns whether it was."""
    mine = (broadcasts.c.id == broadcast_id) & (broadcasts.c.state == before)
    return tx.run(update(broadcasts).where(mine).values(**values)).rowcount == 1


def over(tx: Tx, broadcast_id: int) -> str | None:
    """Why nothing of this broadcast is sent any more: recalled or closed; None where it goes on."""
    row = by_id(tx, broadcast_id)
    if row is None or row.state == State.RECALLED:
        return State.RECALLED.value
    return "closed" if row.closed_at is not None else None


def reopen(tx: Tx, broadcast_id: int, now: datetime, *, first_round: bool) -> None:
    """A notice of this broadcast is to be sent again. Of the first round: what was sent is being sent again."""
    sent = (broadcasts.c.id == broadcast_id, broadcasts.c.state.in_((State.SENDING, State.SENT, State.PAUSED)))
    state = LIFE[State.SENT, "reopen"] if first_round else State.SENT
    values = {
        "due_from": func.coalesce(broadcasts.c.due_from, now),
        "state": case((broadcasts.c.state == State.SENT, state.value), else_=broadcasts.c.state),
    }
    tx.run(update(broadcasts).where(*sent).values(**values))


def next_number(tx: Tx, year: int) -> int:
    """The number of the next bulletin of the year; nobody else gets it, as approvals wait for each other here."""
    if tx.dialect == "postgresql":  # SQLite has one writer
        tx.run(text(f"SELECT pg_advisory_xact_lock({NUMBERING})"))
    return int(tx.value(select(func.max(broadcasts.c.number)).where(broadcasts.c.year == year)) or 0) + 1


def under_way(tx: Tx) -> Sequence[int]:
    """Ids of the broadcasts of which something may still be sent, oldest first; those that are paused left out."""
    moving = and_(broadcasts.c.due_from.is_not(None), broadcasts.c.state != State.PAUSED)
    return [row.id for row in tx.all(select(broadcasts.c.id).where(moving).order_by(broadcasts.c.id))]


def to_be_reminded_of(tx: Tx, now: datetime) -> Sequence[int]:
    """Ids of the broadcasts of which a round of reminding is due, oldest first."""
    query = select(broadcasts.c.id).where(_is_to_remind(now)).order_by(broadcasts.c.id)
    return [row.id for row in tx.all(query)]


def _is_to_remind(now: datetime) -> ColumnElement[bool]:
    """A round of reminding is due; of what is being sent once more, or was recalled, there is none."""
    return and_(broadcasts.c.next_round_at <= now, broadcasts.c.state == State.SENT)


def one_is_due(tx: Tx, now: datetime) -> bool:
    """Whether the clock has something to do: the time of a broadcast or of a round of reminding has come, or all of one that
    goes out is out."""
    unsent = exists().where(notices.c.broadcast_id == broadcasts.c.id, notices.c.state == "pending")
    begins = broadcasts.c.state == State.SCHEDULED
    ends = and_(broadcasts.c.state.in_((State.SENDING, State.SENT, State.RECALLED)), ~unsent)
    due = or_(and_(broadcasts.c.due_from <= now, or_(begins, ends)), _is_to_remind(now))
    return tx.first(select(broadcasts.c.id).where(due).limit(1)) is not None
