"""Writing a broadcast: a draft, changed by its author alone, and handed over to be approved."""

from datetime import datetime
from typing import Any

from bot.broadcasts.life import State
from bot.broadcasts.written import Written, as_written
from bot.errors import NotAllowed
from bot.services.audit import requests
from bot.services.audit.requests import Call
from bot.services.broadcasts import telling
from bot.services.broadcasts.drafts import admitting
from bot.services.broadcasts.found import acted_on
from bot.services.office import Office
from bot.store.broadcasts import approvals, written
from bot.store.database import Tx
from bot.store.persons import people


def draft(office: Office, tx: Tx, author_id: int, new: Written, now: datetime) -> int:
    """The number of a draft, which nobody is asked to approve. Faulty where it is not admitted; NotAllowed where there is
    one for its occasion already."""
    if new.occasion is not None and written.is_proposed(tx, new.occasion):
        raise NotAllowed("broadcast.proposed_already", title=new.title)
    admitting.check(office, tx, new, now, is_draft=True)
    row = written.add(
        tx, state=State.DRAFT, author_id=author_id, created_at=now, occasion=new.occasion,
        is_demo=people.by_id(tx, author_id).is_demo, **_columns(office, tx, new),
    )  # fmt: skip
    return int(row.id)


def _columns(office: Office, tx: Tx, new: Written) -> dict[str, Any]:
    return {**new.columns(), "approvals_needed": admitting.approvals_needed(office, tx, new.audience)}


def create(
    office: Office, author_id: int, new: Written, now: datetime, *, asked_id: int | None = None, call: Call | None = None
) -> int:  # fmt: skip
    """The number of a broadcast that waits for review. Faulty where it is not admitted; NotAllowed where the author is
    asked. `asked_id`: who is to approve it first; None: anybody who may. `call`: by which it came, for the record."""
    with office.db.transaction() as tx:
        number = create_within(office, tx, author_id, new, now, asked_id=asked_id)
        requests.write(tx, call, now, outcome=f"broadcast {number}")
    office.nudge()
    return number


def create_within(
    office: Office, tx: Tx, author_id: int, new: Written, now: datetime, *, asked_id: int | None = None
) -> int:  # fmt: skip
    """`create` inside a transaction that is open already."""
    admitting.check(office, tx, new, now, is_draft=False)
    number = draft(office, tx, author_id, new, now)
    submit(office, tx, number, author_id, now, asked_id=asked_id)
    return number


def submit(
    office: Office, tx: Tx, broadcast_id: int, author_id: int, now: datetime, *, asked_id: int | None = None
) -> None:  # fmt: skip
    """Hand a draft over to be approved. NotAllowed for anybody but its author, and where it is no draft;
    Faulty where it is not complete."""
    row, state = acted_on(tx, broadcast_id, "submit", author_id)
    if asked_id == author_id:
        raise NotAllowed("broadcast.own")
    admitting.refuse(admitting.before_approval(as_written(row), now))
    written.move(tx, row.id, row.state, state=state, asked_id=asked_id)
    telling.ask(office, tx, _again(tx, row.id), now)


def change(office: Office, tx: Tx, broadcast_id: int, author_id: int, new: Written, now: datetime) -> State:
    """Another text, audience or time; its state afterwards. Approvals of what it was before do not count any more, and who
    gave them is told. Faulty; NotAllowed for anybody but its author, and once it is approved. What is as it was changes nothing."""
    row, state = acted_on(tx, broadcast_id, "change", author_id)
    if all(getattr(row, name) == value for name, value in new.columns().items()):
        return State(row.state)
    admitting.check(office, tx, new, now, is_draft=state == State.DRAFT)
    approved_by = [one.person_id for one in approvals.of(tx, row)]
    if state == State.REVIEW:
        telling.ask_no_more(tx, row)
    written.move(tx, row.id, row.state, state=state, version=row.version + 1, note=None, **_columns(office, tx, new))
    fresh = _again(tx, row.id)
    telling.changed(tx, fresh, approved_by, now)
    if state == State.REVIEW:
        telling.ask(office, tx, fresh, now, {*telling.asked_before(tx, fresh), *approved_by})
    return state


def _again(tx: Tx, broadcast_id: int) -> Any:
    """The row as it is now."""
    return written.by_id(tx, broadcast_id)
