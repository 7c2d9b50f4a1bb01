"""Broadcasts as a list shows them, the groups that an audience is chosen from, and what is counted about one of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, exists, func, or_, select

from bot.broadcasts.life import FIRST, State
from bot.store.broadcasts.approvals import APPROVED
from bot.store.broadcasts.recipients import TOLD
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx
from bot.store.tables import broadcast_approvals, broadcasts, notices, persons, roles

GROUPS = ("role", "community", "branch", "grid")


def page(
    tx: Tx, *, states: Sequence[str], limit: int, author_id: int | None = None, with_proposals: bool = False,
    kind: str = "", words: str = "", before: int | None = None,
) -> Sequence[Broadcast]:  # fmt: skip
    """Up to `limit` broadcasts in these states, the newest first. `author_id`: of this author alone, `with_proposals` also
    what the calendar proposed; `words`: in the title; `before`: older than this number."""
    query = select(broadcasts).where(broadcasts.c.state.in_(states)).order_by(broadcasts.c.id.desc()).limit(limit)
    if author_id is not None:
        mine = broadcasts.c.author_id == author_id
        query = query.where(or_(mine, broadcasts.c.author_id.is_(None)) if with_proposals else mine)
    if kind:
        query = query.where(broadcasts.c.kind == kind)
    if words:
        query = query.where(broadcasts.c.title.contains(words, autoescape=True))
    if before is not None:
        query = query.where(broadcasts.c.id < before)
    return tx.all(query)


def approved_by(tx: Tx, person_id: int) -> set[int]:
    """Numbers of the broadcasts under review whose present version this person has approved already."""
    mine = and_(
        broadcast_approvals.c.broadcast_id == broadcasts.c.id, broadcast_approvals.c.version == broadcasts.c.version,
        broadcast_approvals.c.person_id == person_id, broadcast_approvals.c.decision == APPROVED,
    )  # fmt: skip
    query = select(broadcasts.c.id).where(broadcasts.c.state == State.REVIEW.value, exists().where(mine))
    return {row.id for row in tx.all(query)}


def groups(tx: Tx) -> Mapping[str, Sequence[tuple[str, int]]]:
    """Each role, community, branch and grid of the roster, with the number of its people."""
    return {
        name: [
            (row.value, row.number)
            for row in tx.all(
                select(roles.c[name].label("value"), func.count(roles.c.person_id.distinct()).label("number"))
                .where(roles.c[name].is_not(None), roles.c[name] != "")
                .group_by(roles.c[name])
                .order_by(roles.c[name])
            )
        ]
        for name in GROUPS
    }


def names(tx: Tx) -> set[str]:
    """The names on the roster."""
    query = select(persons.c.name).join(roles).where(persons.c.name.is_not(None)).distinct()
    return {row.name for row in tx.all(query)}


def of_occasions(tx: Tx, keys: Sequence[str]) -> Mapping[str, Broadcast]:
    """By the calendar's key, the broadcast that was made for it."""
    return {row.occasion: row for row in tx.all(select(broadcasts).where(broadcasts.c.occasion.in_(keys)))}


def twin(tx: Tx, author_id: int, digest: str, since: datetime) -> Broadcast | None:
    """The newest broadcast of this author with the same words that was written since: a form that was sent twice."""
    same = and_(
        broadcasts.c.author_id == author_id, broadcasts.c.digest == digest, broadcasts.c.created_at >= since,
        broadcasts.c.state.in_((State.DRAFT.value, State.REVIEW.value)),
    )  # fmt: skip
    return tx.first(select(broadcasts).where(same).order_by(broadcasts.c.id.desc()).limit(1))


def not_told(tx: Tx, broadcast_id: int) -> Sequence[Row[Any]]:
    """(reason, number) of the recipients whom nothing has reached, the most frequent reason first; without a reason is who
    has not been tried yet."""
    mine = and_(
        notices.c.broadcast_id == broadcast_id, notices.c.round == FIRST, notices.c.acked_at.is_(None),
        notices.c.state.not_in((*TOLD, "sending")), notices.c.reason.is_not(None),
    )  # fmt: skip
    number = func.count().label("number")
    return tx.all(select(notices.c.reason, number).where(mine).group_by(notices.c.reason).order_by(number.desc()))
