"""One broadcast: its words, who approved it, and what this person may do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.broadcasts.life import LIFE, MEETING, NOT_APPROVED, State
from bot.broadcasts.written import as_written
from bot.dialogue.interface.broadcast import MassSend
from bot.errors import NotAllowed, NotFound
from bot.services.broadcasts.drafts import approving, preview
from bot.services.broadcasts.found import check, counting
from bot.services.broadcasts.recipients import comings, meeting_code
from bot.services.broadcasts.recipients.comings import Answers
from bot.services.broadcasts.recipients.meeting_code import Code
from bot.services.broadcasts.reminding import is_through
from bot.services.console.broadcasts import moments, wording
from bot.services.console.broadcasts.progress import Progress, progress_of, seen_by, was_approved
from bot.services.console.seat import Seat
from bot.services.notices.words.sample import sample
from bot.services.office import Office
from bot.store.broadcasts import approvals
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx
from bot.store.persons import people

APPROVE, REJECT, UNDO = "approve", "reject", "undo"
ACTS = ("change", APPROVE, REJECT, UNDO, "pause", "resume", "recall", "close")


@dataclass(frozen=True, slots=True)
class Decision:
    """What an approver said; `counts`: of the present version; `lapsed`: the approver has lost the right to."""

    name: str
    decision: str
    note: str
    at: datetime
    version: int
    counts: bool
    lapsed: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """All of it. `mass`: what a mass send would use, until it is approved. `acts`: what this person may do now. `undo_until`: of a start that is held. `unanswered`: whether this person
    may open the list of who has not acknowledged."""

    row: Broadcast
    author: str
    is_own: bool
    asked: str
    audience: str
    meeting: str
    start: str
    mass: MassSend | None
    message: str
    decisions: Sequence[Decision]
    progress: Progress
    is_approved: bool
    acts: Sequence[str]
    undo_until: datetime | None
    unanswered: bool
    answers: Answers | None


def show(office: Office, seat: Seat, number: int, now: datetime) -> Shown:
    """NotFound for what is not this person's to see."""
    with office.db.reading() as tx:
        row = seen_by(tx, seat, number)
        new = as_written(row)
        far = progress_of(office, tx, row, now)
        acts = _acts(tx, seat, row, far.state, now)
        return Shown(
            row=row, author=_name(tx, row.author_id), is_own=row.author_id == seat.person_id, asked=_name(tx, row.asked_id),
            audience=wording.audience(office, new.audience), meeting=moments.meeting(office, row.details, now),
            start=moments.start(office, row.send_at, now),
            mass=None if was_approved(row) else preview.mass(office, tx, new, now), message=_message(office, tx, row),
            decisions=_decisions(tx, row), progress=far, is_approved=was_approved(row),
            acts=acts, undo_until=row.hold_until if UNDO in acts else None,
            unanswered=row.author_id == seat.person_id and is_through(row), answers=_answers(tx, seat, row),
        )  # fmt: skip


def _message(office: Office, tx: Tx, row: Broadcast) -> str:
    new = as_written(row)
    return sample(office, tx, new, row.created_at, number=row.id, year=row.year, bulletin=row.number).text


def _name(tx: Tx, person_id: int | None) -> str:
    return (people.by_id(tx, person_id).name or "") if person_id is not None else ""


def _acts(tx: Tx, seat: Seat, row: Broadcast, state: State, now: datetime) -> Sequence[str]:
    """What the life's table and the rights admit. `state`: as it is now, which nobody may have written down yet."""
    return [name for name in ACTS if (state, name) in LIFE and _may(tx, seat, row, name, now)]


def _may(tx: Tx, seat: Seat, row: Broadcast, name: str, now: datetime) -> bool:
    try:
        check(tx, row, name, seat.person_id)
        before = approvals.of(tx, row) if name in (APPROVE, REJECT) else []
        if name in (APPROVE, REJECT) and not before:
            approving.check_asked(tx, row, seat.person_id)
    except NotAllowed:
        return False
    if name == APPROVE:
        return seat.person_id not in [one.person_id for one in before]
    if name == UNDO:
        return row.hold_until is not None and now < row.hold_until and row.approver_id == seat.person_id
    return name not in ("close", "recall") or row.closed_at is None


def _decisions(tx: Tx, row: Broadcast) -> Sequence[Decision]:
    counted = [one.id for one in counting(tx, row)]

    def decision(one: Row[Any]) -> Decision:
        is_present = one.version == row.version
        lapsed = (
            is_present and row.state != State.REJECTED and one.decision != approvals.REJECTED and one.id not in counted
        )
        said = approvals.APPROVED if one.decision == approvals.LAPSED else one.decision
        return Decision(one.name or "", said, one.note or "", one.at, one.version, is_present and not lapsed, lapsed)

    return [decision(one) for one in approvals.history(tx, row.id)]


def _answers(tx: Tx, seat: Seat, row: Broadcast) -> Answers | None:
    """To a meeting, for its author: who comes, who cannot and why, who is there."""
    held = row.kind == MEETING and row.state not in NOT_APPROVED and row.state != State.RECALLED
    return comings.answers(tx, row.id, seat.person_id) if held and row.author_id == seat.person_id else None


def sign_in(office: Office, seat: Seat, number: int, now: datetime) -> tuple[str, Code, Answers]:
    """The page of a meeting's host: its title, the code of this minute, and who is there. NotFound for anybody but the author."""
    with office.db.reading() as tx:
        row = seen_by(tx, seat, number)
        known = _answers(tx, seat, row)
    if known is None:
        raise NotFound("broadcast.no_meeting", number=number)
    return row.title, meeting_code.code(office, number, now), known
