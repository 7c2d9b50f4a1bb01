"""Which files of residents are to be fetched, and when again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.services.notices.outbox import Sends, Stores
from bot.services.notices.rules import rules
from bot.store import attachments
from bot.store.rows import PendingFile

LEASE_SECONDS = 90.0
UNFINISHED = ("begun", "begun again", "begun a third time")
"""The reason of a file in hand, by how often in a row its worker did not come back: whatever becomes of it replaces the reason."""
LONGEST_WAIT = 3600.0  # seconds between attempts
KEPT = timedelta(days=3)  # after this the platform has deleted what residents sent


def due(office: Stores, now: datetime, limit: int = 100) -> Sequence[PendingFile]:
    """(id, attempts so far) of files waiting to be fetched."""
    with office.db.reading() as tx:
        return attachments.due(tx, now, limit)


def begin(office: Sends, attachment_id: int, now: datetime) -> PendingFile | None:
    """Take a file in hand; None when there is nothing to do. One beyond the office's limits fails at once,
    as does one whose workers ended in the middle of it, time after time: it may be what ends them."""
    limit = rules()["media"]
    with office.db.transaction() as tx:
        row = attachments.take(tx, attachment_id, now, LEASE_SECONDS)
        if row is None:
            return None
        if attachments.bytes_kept(tx) >= limit["office_bytes"]:
            attachments.change(tx, row.id, state="failed", reason="storage is full", due_at=None)
            return None
        if attachments.files_of(tx, row.order_id) >= limit["order_items"]:
            attachments.change(tx, row.id, state="failed", reason="too many files", due_at=None)
            return None
        lost = UNFINISHED.index(row.reason) + 1 if row.reason in UNFINISHED else 0
        if lost == len(UNFINISHED):
            attachments.change(tx, row.id, state="failed", reason="its workers never came back", due_at=None)
            return None
        attachments.change(tx, row.id, reason=UNFINISHED[lost])
        return row


def fail(office: Sends, row: PendingFile, reason: str) -> None:
    """Give up: no later attempt would help."""
    with office.db.transaction() as tx:
        attachments.change(tx, row.id, state="failed", reason=reason[:100], due_at=None)


def postpone(office: Sends, row: PendingFile, reason: str, now: datetime, seconds: float = 0.0) -> None:
    """Try again after `seconds`, or (0) after 10 s, doubling to an hour, for as long as the platform keeps the file."""
    if now >= row.created_at + KEPT:
        fail(office, row, reason)
        return
    wait = timedelta(seconds=max(seconds, min(10.0 * 2 ** min(row.attempts - 1, 9), LONGEST_WAIT)))
    with office.db.transaction() as tx:
        attachments.change(tx, row.id, reason=reason[:100], due_at=now + wait)
