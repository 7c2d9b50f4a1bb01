"""A broadcast that is to be acted on: found, locked, and whether this person may do it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from bot.broadcasts.life import APPROVERS, MAY, Actor, State, after
from bot.errors import NotAllowed, NotFound
from bot.services.tokens import MAY_BE_STOOD_FOR
from bot.store.broadcasts import approvals, written
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx
from bot.store.persons import people


def found(tx: Tx, broadcast_id: int, *, lock: bool = False) -> Broadcast:
    """The broadcast of this number. NotFound where there is none."""
    row = written.by_id(tx, broadcast_id, lock=lock)
    if row is None:
        raise NotFound("broadcast.no_such", number=broadcast_id)
    return row


def acted_on(
    tx: Tx, broadcast_id: int, action: str, person_id: int, *, granted: bool = False
) -> tuple[Broadcast, State]:
    """The broadcast, locked, and its state after this action of this person. NotFound; NotAllowed where the person may not, or
    the state does not admit it. `granted`: a scope stands for the approver's role."""
    row = found(tx, broadcast_id, lock=True)
    check(tx, row, action, person_id, granted=granted)
    return row, after(row.state, action, row.id)


def check(tx: Tx, row: Broadcast, action: str, person_id: int, *, granted: bool = False) -> None:
    """NotAllowed where this is not the person's to do."""
    is_author = row.author_id == person_id
    if is_author and Actor.AUTHOR in MAY[action]:
        return
    if Actor.APPROVER not in MAY[action]:
        raise NotAllowed("broadcast.not_author", number=row.id)
    if is_author:
        raise NotAllowed("broadcast.own")
    if not granted and not may_approve(tx, person_id):
        raise NotAllowed(
            "broadcast.not_author_nor_approver" if Actor.AUTHOR in MAY[action] else "broadcast.not_approver",
            number=row.id,
        )


def author_of(row: Broadcast) -> int:
    """Who wrote it. A proposal of the calendar has an author as soon as somebody takes it, which comes before all else."""
    assert row.author_id is not None
    return row.author_id


def counting(tx: Tx, row: Broadcast) -> Sequence[Row[Any]]:
    """The approvals of the present version that count, the first one first: of what waits for another one, those of people who
    could still give them; of what was rejected, none."""
    if row.state == State.REJECTED:
        return ()
    given = approvals.of(tx, row)
    return given if row.state != State.REVIEW else [one for one in given if _still_may(tx, one)]


def _still_may(tx: Tx, approval: Row[Any]) -> bool:
    """One that was granted by a token counts as long as a token may stand for the person."""
    return people.rights_of(tx, approval.person_id).holds(*(MAY_BE_STOOD_FOR if approval.granted else APPROVERS))


def may_approve(tx: Tx, person_id: int) -> bool:
    """Whether the person holds a role that approves what others wrote."""
    return bool({role.role for role in people.roles_of(tx, person_id)} & set(APPROVERS))
