"""The figures as a PDF that an office can hand upward: tables and charts, Chinese and digits in an embedded font."""

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from bot.characters import clean_line
from bot.services.console.figures.counted import Figures
from bot.services.console.figures.sections import Cell, Section, period, sections, title
from bot.services.console.seat import Seat
from bot.services.office import Office
from config.settings import CONFIG_DIR

FONT = CONFIG_DIR / "fonts" / "wqy-microhei.ttc"
NAME = "wutong"
NOT_EMBEDDED = "STSong-Light"
"""Where the font's file was taken out of the installation: readers bring it, most of them."""
MARGIN = 50.0  # points
WIDE = {2: (0.75, 0.25), 3: (0.34, 0.26, 0.4), 6: (0.25, 0.15, 0.15, 0.15, 0.15, 0.15)}
"""Shares of the width, by number of columns."""


def report(office: Office, seat: Seat, found: Figures) -> bytes:
    """The file's content. ReportLab is opened here only: no other page needs it. What stands in a table is text, never
    ReportLab's markup, which could name files and addresses."""
    from reportlab.lib.enums import TA_CENTER
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

    font = _font()
    plain = ParagraphStyle("plain", fontName=font, fontSize=9, leading=13, wordWrap="CJK")
    head = ParagraphStyle("head", parent=plain, fontSize=18, leading=28, alignment=TA_CENTER, spaceAfter=8)
    at = found.at.astimezone(office.calendar.zone)
    facts = [
        office.say("console_figures.report.period", period=period(office, found)),
        office.say("console_figures.report.scope", scope=found.community or office.say("console_figures.whole")),
        office.say("console_figures.report.made", at=at, name=seat.name),
        office.say("console_figures.report.about"),
    ]
    called = title(office, found)
    parts: list[Flowable] = [Paragraph(escape(called), head)]
    parts += [Paragraph(_text(fact), plain) for fact in facts]
    parts.append(Spacer(1, 8))
    for section in sections(office, found):
        parts += _section(office, section, plain, A4[0] - 2 * MARGIN)
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


def _section(office: Office, section: Section, plain: Any, width: float) -> list[Any]:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import KeepTogether, Paragraph, Spacer

    from bot.services.console.figures import drawing

    font = plain.fontName
    named = ParagraphStyle("named", parent=plain, fontSize=13, leading=20, spaceBefore=10)
    beginning = [Paragraph(escape(section.title), named), Paragraph(escape(section.note), plain), Spacer(1, 4)]
    if not section.rows:
        return [*beginning, Paragraph(escape(office.say("console_figures.empty")), plain)]
    if section.lines is not None:
        beginning += [drawing.lines(section.lines, width, font), Spacer(1, 6)]
    elif any(bar.length for bar in section.bars):
        beginning += [drawing.bars(section.bars, section.top, width, font), Spacer(1, 6)]
    return [KeepTogether(beginning), _table(section, plain, width)]


def _table(section: Section, plain: Any, width: float) -> Any:
    """Its head comes again on each page."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Paragraph, Table

    def row(cells: Sequence[Cell]) -> list[Paragraph]:
        return [Paragraph(_text(str(cell)), plain) for cell in cells]

    columns = len(section.head)
    widths = [share * width for share in WIDE.get(columns, [1 / columns] * columns)]
    table = Table([row(section.head), *(row(cells) for cells in section.rows)], colWidths=widths, repeatRows=1)
    table.setStyle([
        ("GRID", (0, 0), (-1, -1), 0.4, HexColor("#8a93a3")), ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e9edf2")),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ])  # fmt: skip
    return table


def _text(said: str) -> str:
    return escape(clean_line(said))


def _font() -> str:
    """The name of the font, known to ReportLab from now on: only the characters that are used are embedded."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    if not FONT.exists():
        pdfmetrics.registerFont(UnicodeCIDFont(NOT_EMBEDDED))
        return NOT_EMBEDDED
    if NAME not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(NAME, str(FONT), subfontIndex=0))
    return NAME
