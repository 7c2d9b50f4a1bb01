"""A broadcast is rejected, or an approval taken back before it goes out."""

from datetime import datetime

from bot.broadcasts.life import State, after
from bot.errors import NotAllowed
from bot.services.broadcasts import telling
from bot.services.broadcasts.drafts.approving import check_asked
from bot.services.broadcasts.found import acted_on, check, found
from bot.store.broadcasts import approvals, recipients, written
from bot.store.database import Tx
from bot.store.persons import people


def reject(tx: Tx, broadcast_id: int, approver_id: int, note: str, now: datetime) -> None:
    """It will not go out as it is; the author is told why."""
    row = found(tx, broadcast_id, lock=True)
    check(tx, row, "reject", approver_id)
    if row.state == State.REJECTED:
        return
    if row.state != State.REVIEW:
        raise NotAllowed("broadcast.approved_already", number=row.id)
    if not approvals.of(tx, row):
        check_asked(tx, row, approver_id)
    approvals.take_back(tx, row, approver_id)
    approvals.add(tx, row, approver_id, approvals.REJECTED, note, now)
    telling.ask_no_more(tx, row)
    state = after(row.state, "reject", row.id)
    written.move(tx, row.id, row.state, state=state, approver_id=approver_id, note=note)
    telling.rejected(tx, row, note, now)


def undo_start(tx: Tx, broadcast_id: int, approver_id: int, now: datetime) -> None:
    """Take back the approval that let it go out, while it is held: it waits for review again, and nobody is a recipient.
    NotAllowed for anybody but who approved last, and once the time is over."""
    row, state = acted_on(tx, broadcast_id, "undo", approver_id)
    held = row.hold_until is not None and now < row.hold_until
    if held and row.approver_id is not None and row.approver_id != approver_id:
        raise NotAllowed("broadcast.not_now.undo_by_last", number=row.id, name=people.by_id(tx, row.approver_id).name)
    if not held or not recipients.unfreeze(tx, row.id):
        raise NotAllowed("broadcast.not_now.undo", number=row.id)
    approvals.take_back(tx, row, approver_id)
    nothing = {"approver_id": None, "approved_at": None, "due_from": None, "hold_until": None}
    written.move(tx, row.id, row.state, state=state, **nothing)
