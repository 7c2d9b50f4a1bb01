"""The figures as a PDF that an office can hand upward: tables and charts, Chinese and digits in an embedded font."""

import io
from typing import Any

from bot.characters import clean_line
from bot.services.console.figures.counted import Figures
from bot.services.console.figures.sections import Section, period, sections, title
from bot.services.console.seat import Seat
from bot.services.files import documents
from bot.services.files.documents import MARGIN, plain
from bot.services.office import Office

WIDE = {2: (0.75, 0.25), 3: (0.34, 0.26, 0.4), 6: (0.25, 0.15, 0.15, 0.15, 0.15, 0.15)}
"""Shares of the width, by number of columns."""


def report(office: Office, seat: Seat, found: Figures) -> bytes:
    """The file's content."""
    from reportlab.lib.enums import TA_CENTER
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

    font = documents.font()
    usual = ParagraphStyle("plain", fontName=font, fontSize=9, leading=13, wordWrap="CJK")
    head = ParagraphStyle("head", parent=usual, fontSize=18, leading=28, alignment=TA_CENTER, spaceAfter=8)
    at = found.at.astimezone(office.calendar.zone)
    facts = [
        office.say("console_figures.report.period", period=period(office, found)),
        office.say("console_figures.report.scope", scope=found.community or office.say("console_figures.whole")),
        office.say("console_figures.report.made", at=at, name=seat.name),
        office.say("console_figures.report.about"),
    ]
    called = title(office, found)
    parts: list[Flowable] = [Paragraph(plain(called), head)]
    parts += [Paragraph(plain(fact), usual) for fact in facts]
    parts.append(Spacer(1, 8))
    for section in sections(office, found):
        parts += _section(office, section, usual, A4[0] - 2 * MARGIN)
    content = io.BytesIO()
    document = SimpleDocTemplate(
        content, pagesize=A4, title=called, author=clean_line(seat.name), leftMargin=MARGIN, rightMargin=MARGIN,
        topMargin=MARGIN, bottomMargin=MARGIN, lang="zh-CN",
    )  # fmt: skip

    def number(canvas: Any, _: object) -> None:
        canvas.setFont(font, 8)
        canvas.drawCentredString(
            A4[0] / 2, 28, office.say("console_figures.report.page", number=canvas.getPageNumber())
        )

    document.build(parts, onFirstPage=number, onLaterPages=number)
    return content.getvalue()


def _section(office: Office, section: Section, usual: Any, width: float) -> list[Any]:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import KeepTogether, Paragraph, Spacer

    from bot.services.console.figures import drawing

    font = usual.fontName
    named = ParagraphStyle("named", parent=usual, fontSize=13, leading=20, spaceBefore=10)
    beginning = [Paragraph(plain(section.title), named), Paragraph(plain(section.note), usual), Spacer(1, 4)]
    if not section.rows:
        return [*beginning, Paragraph(plain(office.say("console_figures.empty")), usual)]
    if section.lines is not None:
        beginning += [drawing.lines(section.lines, width, font), Spacer(1, 6)]
    elif any(bar.length for bar in section.bars):
        beginning += [drawing.bars(section.bars, section.top, width, font), Spacer(1, 6)]
    return [KeepTogether(beginning), _table(section, usual, width)]


def _table(section: Section, usual: Any, width: float) -> Any:
    columns = len(section.head)
    widths = [share * width for share in WIDE.get(columns, [1 / columns] * columns)]
    return documents.table(section.head, section.rows, widths, usual)
