"""Broadcasts, their audience, and the notices of their recipients."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, insert, literal, or_, select, update

from bot.store.database import Tx, for_change
from bot.store.notices import NEW_NOTICE
from bot.store.rows import Broadcast
from bot.store.tables import Id, broadcasts, notices, persons, roles

OUTSTANDING = ("pending", "sending")  # a worker will send these
TOLD = ("sent", "delivered")
SEEN = ("sending", "sent", "delivered")
PRIORITY = 7


def add(tx: Tx, **values: object) -> Broadcast:
    """Insert a broadcast; its row."""
    row = tx.run(insert(broadcasts).values(**values).returning(broadcasts)).first()
    assert row is not None
    return row


def by_id(tx: Tx, broadcast_id: int, *, lock: bool = False) -> Broadcast | None:
    """The broadcast; with `lock` locked for change. None where there is none."""
    query = select(broadcasts).where(broadcasts.c.id == broadcast_id)
    return tx.first(for_change(query) if lock else query)


def newest(tx: Tx, author_id: int | None) -> Broadcast | None:
    """The newest broadcast that was approved, of this author or (None) of anybody."""
    query = select(broadcasts).where(broadcasts.c.state.in_(("scheduled", "sending", "sent")))
    if author_id is not None:
        query = query.where(broadcasts.c.author_id == author_id)
    return tx.first(query.order_by(broadcasts.c.id.desc()).limit(1))


def move(tx: Tx, broadcast_id: int, before: str, **values: object) -> bool:
    """Change a broadcast if it is still in the state `before`. Returns whether it was."""
    mine = (broadcasts.c.id == broadcast_id) & (broadcasts.c.state == before)
    return tx.run(update(broadcasts).where(mine).values(**values)).rowcount == 1


def unfinished(tx: Tx) -> Sequence[int]:
    """Ids of the broadcasts that are approved and not completely sent, oldest first."""
    query = select(broadcasts.c.id).where(broadcasts.c.state.in_(("scheduled", "sending"))).order_by(broadcasts.c.id)
    return [row.id for row in tx.all(query)]


def one_is_due(tx: Tx, now: datetime) -> bool:
    """Whether a broadcast is under way, or its time has come."""
    due = or_(broadcasts.c.state == "sending", and_(broadcasts.c.state == "scheduled", broadcasts.c.send_at <= now))
    return tx.first(select(broadcasts.c.id).where(due).limit(1)) is not None


def _fits(audience: Mapping[str, Sequence[str]]) -> ColumnElement[bool]:
    """The condition that one role of the person meets every part of the audience."""
    conditions: list[ColumnElement[bool]] = []
    columns = {"role": roles.c.role, "community": roles.c.community, "names": persons.c.name}
    conditions += [column.in_(audience[name]) for name, column in columns.items() if audience.get(name)]
    if audience.get("branch"):  # by its full name or by the end of it (第一支部 of 陈桥第一支部)
        conditions.append(or_(*(roles.c.branch.endswith(name, autoescape=True) for name in audience["branch"])))
    if audience.get("grid"):
        conditions.append(or_(*map(_in_grid, audience["grid"])))
    return and_(*conditions)


def _in_grid(grid: str) -> ColumnElement[bool]:
    """A grid by its full name or by the end of it ("网格03" of "陈桥网格03"); a bare number is a full name only."""
    if grid[0].isdigit():
        return roles.c.grid == grid
    return roles.c.grid.endswith(grid, autoescape=True)


def count_audience(tx: Tx, audience: Mapping[str, Sequence[str]], *, unbound: bool = False) -> int:
    """How many persons fit the audience; with `unbound` only those who have not bound an account."""
    query = select(func.count(roles.c.person_id.distinct())).select_from(roles.join(persons)).where(_fits(audience))
    query = query.where(persons.c.openid.is_(None)) if unbound else query
    return int(tx.value(query) or 0)


def freeze(tx: Tx, broadcast: Broadcast, now: datetime, due_at: datetime) -> int:
    """Make everybody who fits now a recipient, in one statement. Returns how many."""
    values: dict[str, Any] = {
        **NEW_NOTICE, "event": "broadcast", "need": 1, "priority": PRIORITY, "due_at": due_at, "created_at": now,
    }  # fmt: skip
    people = (
        select(
            roles.c.person_id, literal(broadcast.id, Id), *(literal(v, notices.c[k].type) for k, v in values.items())
        )
        .select_from(roles.join(persons))
        .where(_fits(broadcast.audience))
        .distinct()
        .order_by(roles.c.person_id)
    )
    tx.summary.wrote_notice(PRIORITY)
    return tx.run(insert(notices).from_select(["person_id", "broadcast_id", *values], people)).rowcount


def counts(tx: Tx, broadcast_id: int) -> Mapping[tuple[str, bool, bool], int]:
    """How many recipients there are, by (state of the notice, acknowledged, bound)."""
    acked, bound = notices.c.acked_at.is_not(None), persons.c.openid.is_not(None)
    query = select(notices.c.state, acked.label("acked"), bound.label("bound"), func.count().label("number"))
    query = query.select_from(notices.join(persons)).where(notices.c.broadcast_id == broadcast_id)
    rows = tx.all(query.group_by(notices.c.state, acked, bound))
    return {(row.state, bool(row.acked), bool(row.bound)): row.number for row in rows}


def told(tx: Tx, person_id: int, broadcast_id: int | None, now: datetime) -> Row[Any] | None:
    """The notice of this broadcast for the person, if its time has come; without a number that of the newest broadcast which reached the person."""
    query = select(notices).where(
        notices.c.person_id == person_id, notices.c.broadcast_id.is_not(None), notices.c.due_at <= now
    )
    if broadcast_id is not None:
        return tx.first(query.where(notices.c.broadcast_id == broadcast_id))
    seen = or_(notices.c.state.in_(SEEN), notices.c.sent_at.is_not(None))
    return tx.first(query.where(seen, notices.c.event == "broadcast").order_by(notices.c.id.desc()).limit(1))


def mark_acked(tx: Tx, notice_id: int, now: datetime) -> bool:
    """Record the acknowledgement. Returns whether it is the first."""
    mine = update(notices).where(notices.c.id == notice_id, notices.c.acked_at.is_(None))
    return tx.run(mine.values(acked_at=now)).rowcount == 1


def approvers(tx: Tx, roles_allowed: Sequence[str], author_id: int) -> Sequence[Row[Any]]:
    """Id and name of everybody but the author who holds one of the roles and has bound an account."""
    query = select(persons.c.id, persons.c.name).join(roles).where(roles.c.role.in_(roles_allowed))
    reachable = (persons.c.id != author_id) & persons.c.openid.is_not(None)
    return tx.all(query.where(reachable).distinct().order_by(persons.c.id))
