"""What the service does with a broadcast inside a transaction of its caller, here each in one of its own."""

from collections.abc import Sequence
from datetime import datetime

from bot.broadcasts.life import State
from bot.broadcasts.written import Written
from bot.dialogue.interface.broadcast import Preview
from bot.services.broadcasts import releasing, sending
from bot.services.broadcasts.drafts import preview as previews
from bot.services.broadcasts.drafts import proposals, rejecting, writing
from bot.services.broadcasts.recipients import attendance, comings, offline
from bot.services.broadcasts.recipients.comings import Answers
from bot.services.broadcasts.recipients.offline import Unanswered
from bot.services.office import Office


def draft(office: Office, author_id: int, new: Written, now: datetime) -> int:
    with office.db.transaction() as tx:
        return writing.draft(office, tx, author_id, new, now)


def change(office: Office, broadcast_id: int, author_id: int, new: Written, now: datetime) -> State:
    with office.db.transaction() as tx:
        return writing.change(office, tx, broadcast_id, author_id, new, now)


def submit(office: Office, broadcast_id: int, author_id: int, now: datetime, *, asked_id: int | None = None) -> None:
    with office.db.transaction() as tx:
        writing.submit(office, tx, broadcast_id, author_id, now, asked_id=asked_id)


def take(office: Office, broadcast_id: int, person_id: int) -> None:
    with office.db.transaction() as tx:
        proposals.take(tx, broadcast_id, person_id)


def preview(office: Office, new: Written, now: datetime) -> Preview:
    with office.db.reading() as tx:
        return previews.preview(office, tx, new, now)


def reject(office: Office, broadcast_id: int, approver_id: int, note: str, now: datetime) -> None:
    with office.db.transaction() as tx:
        rejecting.reject(tx, broadcast_id, approver_id, note, now)


def undo_start(office: Office, broadcast_id: int, approver_id: int, now: datetime) -> None:
    with office.db.transaction() as tx:
        rejecting.undo_start(tx, broadcast_id, approver_id, now)


def release_all(office: Office, now: datetime) -> None:
    """A round of the clock."""
    for _, step in releasing.steps(office, now):
        step()


def pause(office: Office, broadcast_id: int, person_id: int, now: datetime) -> None:
    with office.db.transaction() as tx:
        sending.pause(tx, broadcast_id, person_id, now)


def resume(office: Office, broadcast_id: int, person_id: int, now: datetime) -> State:
    with office.db.transaction() as tx:
        return sending.resume(tx, broadcast_id, person_id, now)


def recall(office: Office, broadcast_id: int, person_id: int, now: datetime, *, correction: str = "") -> int:
    with office.db.transaction() as tx:
        return sending.recall(office, tx, broadcast_id, person_id, now, correction=correction)


def close(office: Office, broadcast_id: int, person_id: int, now: datetime) -> None:
    with office.db.transaction() as tx:
        sending.close(tx, broadcast_id, person_id, now)


def sign_in_by_hand(office: Office, broadcast_id: int, person_id: int, host_id: int, now: datetime) -> bool:
    with office.db.transaction() as tx:
        return attendance.sign_in_by_hand(office, tx, broadcast_id, person_id, host_id, now)


def answers(office: Office, broadcast_id: int, asker_id: int) -> Answers:
    with office.db.reading() as tx:
        return comings.answers(tx, broadcast_id, asker_id)


def unanswered(office: Office, broadcast_id: int, asker_id: int) -> Sequence[Unanswered]:
    with office.db.transaction() as tx:
        return offline.unanswered(tx, broadcast_id, asker_id)


def tell(office: Office, broadcast_id: int, person_id: int, author_id: int, how: str, now: datetime) -> None:
    with office.db.transaction() as tx:
        offline.tell(tx, broadcast_id, person_id, author_id, how, now)
