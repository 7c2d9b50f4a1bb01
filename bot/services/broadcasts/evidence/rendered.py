"""The evidence of a broadcast as a workbook and as a document."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from bot.services.broadcasts.evidence import worded
from bot.services.broadcasts.evidence.collected import Evidence, lines
from bot.services.files import documents, exports
from bot.services.files.exports import Cell, Sheet
from bot.services.office import Office
from bot.services.orders.actors import Doer
from bot.store.database import Tx

NARROW, WIDE = 14.0, 80.0  # columns of the workbook, in characters


def workbook_of(office: Office, tx: Tx, known: Evidence) -> bytes:
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


def document_of(office: Office, by: Doer, tx: Tx, known: Evidence, now: datetime) -> bytes:
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
