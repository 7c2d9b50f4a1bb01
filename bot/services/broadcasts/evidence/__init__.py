"""The evidence of a broadcast as a file: for its author, for 街道管理员 and 纪检干部; each file that is handed out is on record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.broadcasts.life import APPROVERS, State
from bot.errors import NotAllowed, NotFound
from bot.services.broadcasts.evidence import worded
from bot.services.broadcasts.evidence.collected import Evidence, collect
from bot.services.broadcasts.evidence.rendered import document_of, workbook_of
from bot.services.broadcasts.found import found
from bot.services.office import Office
from bot.services.orders.actors import Doer
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry


@dataclass(frozen=True, slots=True)
class File:
    """What is handed out. `name` has no ending."""

    name: str
    content: bytes


def as_workbook(office: Office, by: Doer, broadcast_id: int, now: datetime) -> File:
    """An xlsx file. NotFound for anybody who may not read it, and of another one's draft; NotAllowed before the broadcast was approved."""
    return _handed_out(office, by, broadcast_id, now, "xlsx", workbook_of)


def as_document(office: Office, by: Doer, broadcast_id: int, now: datetime) -> File:
    """A PDF file, as `as_workbook`."""

    def make(tx: Tx, found: Evidence) -> bytes:
        return document_of(office, by, tx, found, now)

    return _handed_out(office, by, broadcast_id, now, "pdf", lambda _, tx, found: make(tx, found))


def _handed_out(
    office: Office, by: Doer, broadcast_id: int, now: datetime, kind: str, make: Callable[[Office, Tx, Evidence], bytes]
) -> File:
    with office.db.reading() as tx:
        known = _readable(tx, by, broadcast_id)
    with office.db.transaction() as tx:  # before anything is handed out
        detail = f"broadcast {broadcast_id} {kind} {known.counts.recipients}"
        audit.write(tx, now, Entry(Act.EXPORT, by.source, by.person_id, detail=detail))
    with office.db.reading() as tx:
        return File(worded.title(office, known), make(office, tx, known))


def _readable(tx: Tx, by: Doer, broadcast_id: int) -> Evidence:
    row = found(tx, broadcast_id)
    is_others = row.state != State.DRAFT and by.rights.holds(*APPROVERS)
    if row.author_id != by.person_id and not is_others:
        raise NotFound("broadcast.no_such", number=broadcast_id)
    if row.approved_at is None:
        raise NotAllowed("evidence.too_early", number=broadcast_id)
    return collect(tx, row)
