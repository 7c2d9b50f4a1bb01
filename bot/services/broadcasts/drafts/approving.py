"""Approving what others wrote: by one, or by two where it goes to the whole office. The last approval freezes the recipients."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.broadcasts.audience import Audience
from bot.broadcasts.hours import Hours
from bot.broadcasts.life import APPROVERS, State, after
from bot.errors import NotAllowed, NotFound
from bot.services.audit import requests
from bot.services.audit.requests import Call
from bot.services.broadcasts import telling
from bot.services.broadcasts.drafts import admitting
from bot.services.broadcasts.found import check, counting, found, may_approve
from bot.services.broadcasts.times import hours
from bot.services.office import Office
from bot.store.broadcasts import approvals, recipients, written
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx
from bot.store.persons import people


class Changed(NotAllowed):
    """It is another text now than the one that was read."""


AT_ONCE = timedelta()


def approve(
    office: Office, broadcast_id: int, approver_id: int, now: datetime, *, granted: bool = False,
    hold: timedelta = AT_ONCE, call: Call | None = None, version: int | None = None, digest: str | None = None,
) -> State:  # fmt: skip
    """One approval of the present version; with the last one that is needed the recipients are frozen, and it goes out at its
    time, within the hours, after `hold`. The state afterwards. `granted`: a scope stands for the approver's role. `version`,
    `digest`: of the text that the approver read, if known. Changed where it is another one now; NotFound;
    NotAllowed for the author, for who may not, and where another one is asked first. Idempotent."""
    with office.db.transaction() as tx:
        row = found(tx, broadcast_id, lock=True)
        if version not in (None, row.version) or digest not in (None, row.digest):
            raise Changed("console_broadcasts.changed_meanwhile", number=row.id)
        state = approve_within(office, tx, broadcast_id, approver_id, now, granted=granted, hold=hold)
        requests.write(tx, call, now, outcome=f"broadcast {broadcast_id}")
    office.nudge()
    return state


def approve_within(
    office: Office, tx: Tx, broadcast_id: int, approver_id: int, now: datetime, *, granted: bool = False,
    hold: timedelta = AT_ONCE,
) -> State:  # fmt: skip
    """`approve` inside a transaction that is open already."""
    row = found(tx, broadcast_id, lock=True)
    check(tx, row, "approve", approver_id, granted=granted)
    before = approvals.of(tx, row)
    if row.state in (State.SCHEDULED, State.SENDING, State.PAUSED, State.SENT):
        _refuse_late(row, approver_id, before)
        return State(row.state)
    if row.state == State.REJECTED:
        raise NotAllowed("broadcast.rejected_already", number=row.id)
    after(row.state, "approve", row.id)
    counted = counting(tx, row)
    if approver_id in [one.person_id for one in counted]:
        return State(row.state)
    if not before and not granted:
        check_asked(tx, row, approver_id)
    approvals.lapse(tx, [one.id for one in before if one not in counted])
    approvals.take_back(tx, row, approver_id)
    approvals.add(tx, row, approver_id, approvals.APPROVED, None, now, granted=granted)
    telling.ask_no_more(tx, row)
    needed = max(row.approvals_needed, admitting.approvals_needed(office, tx, Audience.of(row.audience)))
    if needed != row.approvals_needed:  # the roster is another one now
        written.move(tx, row.id, row.state, approvals_needed=needed)
    if len(counted) + 1 < needed:
        telling.ask_for_second(office, tx, row, now)
        return State(row.state)
    return _schedule(tx, row, approver_id, now, hours(office.settings), hold)


def awaits(tx: Tx, row: Broadcast, person_id: int) -> bool:
    """Whether an approval of this person would count now."""
    if row.state != State.REVIEW or person_id in [one.person_id for one in counting(tx, row)]:
        return False
    try:
        check(tx, row, "approve", person_id)
        if not approvals.of(tx, row):
            check_asked(tx, row, person_id)
    except NotAllowed:
        return False
    return True


def _refuse_late(row: Broadcast, approver_id: int, before: Sequence[Any]) -> None:
    """NotAllowed where others have approved it, so that one more approval would be on record nowhere."""
    if approver_id not in [one.person_id for one in before]:
        names = "、".join(one.name or "" for one in before)
        raise NotAllowed("broadcast.already_approved_by", number=row.id, names=names)


def check_asked(tx: Tx, row: Broadcast, person_id: int) -> None:
    """Of the first decision: NotAllowed where somebody else was named, who may still approve."""
    asked = row.asked_id
    if asked is not None and asked != person_id and may_approve(tx, asked):
        raise NotAllowed("broadcast.another_asked", number=row.id, name=people.by_id(tx, asked).name)


def _schedule(tx: Tx, row: Broadcast, approver_id: int, now: datetime, within: Hours, hold: timedelta) -> State:
    """Freeze the recipients and say when it goes out."""
    state = after(row.state, "schedule", row.id)
    starts_at = within.first_open(max(row.send_at or now, now + hold))
    values: dict[str, Any] = {"approver_id": approver_id, "approved_at": now, "due_from": starts_at}
    if hold:
        values["hold_until"] = now + hold
    if row.kind == "bulletin" and row.number is None:
        year = now.astimezone(within.zone).year
        values |= {"year": year, "number": written.next_number(tx, year)}
    if starts_at <= now:
        state = after(state, "start", row.id)
        values["started_at"] = now
    written.move(tx, row.id, row.state, state=state, **values)
    if not recipients.freeze(tx, row, now, starts_at, max(starts_at, within.next_digest(starts_at))):
        raise NotFound("broadcast.nobody")
    return state


def possible(tx: Tx, author_id: int) -> list[tuple[int, str]]:
    """Who may approve what this author writes: id and name."""
    return [(row.id, row.name or "") for row in approvals.possible(tx, APPROVERS, author_id)]
