"""What approvers said of a broadcast, one row for each person and version."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx
from bot.store.tables import broadcast_approvals, persons, roles

APPROVED, REJECTED, LAPSED = "approved", "rejected", "lapsed"
"""Lapsed: approved by somebody who had lost the right to when the next approval came. It counts no more."""


def add(
    tx: Tx, broadcast: Broadcast, person_id: int, decision: str, note: str | None, now: datetime, *, granted: bool = False
) -> None:  # fmt: skip
    """`granted`: by the scope of a token, which stands for the approver's role."""
    values = {
        "broadcast_id": broadcast.id, "person_id": person_id, "version": broadcast.version, "digest": broadcast.digest,
        "decision": decision, "note": note, "at": now, "granted": granted,
    }  # fmt: skip
    tx.run(insert(broadcast_approvals).values(**values))


def of(tx: Tx, broadcast: Broadcast) -> Sequence[Row[Any]]:
    """person_id, name, at and granted of those who approved the present version, the first one first."""
    query = select(broadcast_approvals, persons.c.name).join(persons)
    mine = (
        broadcast_approvals.c.broadcast_id == broadcast.id,
        broadcast_approvals.c.version == broadcast.version,
        broadcast_approvals.c.decision == APPROVED,
    )
    return tx.all(query.where(*mine).order_by(broadcast_approvals.c.id))


def history(tx: Tx, broadcast_id: int) -> Sequence[Row[Any]]:
    """All that approvers said of any version, with their names, the oldest first."""
    query = select(broadcast_approvals, persons.c.name).join(persons)
    return tx.all(query.where(broadcast_approvals.c.broadcast_id == broadcast_id).order_by(broadcast_approvals.c.id))


def lapse(tx: Tx, approval_ids: Collection[int]) -> None:
    """These approvals count no more."""
    if approval_ids:
        mine = broadcast_approvals.c.id.in_(approval_ids)
        tx.run(update(broadcast_approvals).where(mine).values(decision=LAPSED))


def take_back(tx: Tx, broadcast: Broadcast, person_id: int) -> None:
    """This person's approval of the present version."""
    mine = (
        broadcast_approvals.c.broadcast_id == broadcast.id,
        broadcast_approvals.c.version == broadcast.version,
        broadcast_approvals.c.person_id == person_id,
    )
    tx.run(delete(broadcast_approvals).where(*mine))


def possible(tx: Tx, roles_allowed: Sequence[str], author_id: int) -> Sequence[Row[Any]]:
    """Id and name of everybody but the author who holds one of the roles and has bound an account."""
    query = select(persons.c.id, persons.c.name).join(roles).where(roles.c.role.in_(roles_allowed))
    reachable = (persons.c.id != author_id) & persons.c.openid.is_not(None)
    return tx.all(query.where(reachable).distinct().order_by(persons.c.id))
