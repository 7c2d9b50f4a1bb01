"""The evidence of a broadcast as a file: for its author, for 街道管理员 and 纪检干部; each file that is handed out is on record."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.broadcasts.life import APPROVERS, State
from bot.errors import NotAllowed, NotFound
from bot.services.broadcasts.evidence import worded
from bot.services.broadcasts.evidence.collected import Evidence, collect, lines
from bot.services.broadcasts.found import found
from bot.services.files import documents, exports
from bot.services.files.exports import Cell, Sheet
from bot.services.office import Office
from bot.services.orders.actors import Doer
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry

NARROW, WIDE = 14.0, 80.0  # columns of the workbook, in characters


@dataclass(frozen=True, slots=True)
class File:
    """What is handed out. `name` has no ending."""

    name: str
    content: bytes


def as_workbook(office: Office, by: Doer, broadcast_id: int, now: datetime) -> File:
    """An xlsx file. NotFound for anybody who may not read it, and of another one's draft; NotAllowed before the broadcast was approved."""
    return _handed_out(office, by, broadcast_id, now, "xlsx", _workbook)


def as_document(office: Office, by: Doer, broadcast_id: int, now: datetime) -> File:
    """A PDF file, as `as_workbook`."""

    def make(tx: Tx, found: Evidence) -> bytes:
        return _document(office, by, tx, found, now)

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


def _workbook(office: Office, tx: Tx, known: Evidence) -> bytes:
    head, decided = worded.decisions(office, known)
    what = [office.say("evidence.what"), office.say("evidence.how")]
    people: Iterable[Sequence[Cell]] = (
        [int(number), *cells] for number, *cells in worded.people(office, lines(tx, known.row.id))
    )
    return exports.sheets([
        Sheet(office.say("evidence.sheet.facts"), what, worded.facts(office, known), (NARROW, WIDE)),
        Sheet(office.say("evidence.sheet.decisions"), head, decided, [NARROW] * 4 + [NARROW + 4, WIDE]),
        Sheet(office.say("evidence.sheet.sums"), [office.say("evidence.what"), office.say("evidence.people")], worded.sums(office, known), (NARROW * 2, NARROW)),
        Sheet(office.say("evidence.sheet.people"), worded.head(office), people, [8, *[NARROW] * 3, *[NARROW + 4] * 3, WIDE]),
    ])  # fmt: skip


def _document(office: Office, by: Doer, tx: Tx, known: Evidence, now: datetime) -> bytes:
    from reportlab.lib.enums import TA_CENTER
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Spacer

    called = worded.title(office, known)
    usual = ParagraphStyle("usual", fontName=documents.font(), fontSize=9, leading=13, wordWrap="CJK")
    first = ParagraphStyle("first", parent=usual, fontSize=16, leading=26, alignment=TA_CENTER)
    named = ParagraphStyle("named", parent=usual, fontSize=12, leading=22)
    pages = documents.Pages(called, by.name, lambda number: office.say("evidence.page", number=number))

    def section(name: str, head: list[str], rows: list[Any], shares: tuple[float, ...]) -> list[Any]:
        heading = Paragraph(documents.plain(office.say(f"evidence.sheet.{name}")), named)
        return [heading, documents.table(head, rows, [share * pages.width for share in shares], usual), Spacer(1, 6)]

    at = now.astimezone(office.calendar.zone)
    what, how, people = (office.say(f"evidence.{name}") for name in ("what", "how", "people"))
    decided_head, decided = worded.decisions(office, known)
    pages.flow([
        Paragraph(documents.plain(called), first),
        Paragraph(documents.plain(office.say("evidence.made", at=at, name=by.name)), usual),
        *section("facts", [what, how], worded.facts(office, known), (0.17, 0.83)),
        *section("decisions", decided_head, decided, (0.14, 0.1, 0.1, 0.22, 0.2, 0.24)),
        *section("sums", [what, people], worded.sums(office, known), (0.5, 0.5)),
    ])  # fmt: skip
    listed = Paragraph(documents.plain(office.say("evidence.sheet.people")), named)
    pages.rows(worded.head(office), worded.SHARES, worded.people(office, lines(tx, known.row.id)), below=[listed])
    return pages.finish()
