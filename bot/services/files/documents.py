"""PDF documents that the office hands out: Chinese and digits in an embedded font, and each page numbered.

ReportLab is opened inside the functions: a process that makes no document does without it. All text is plain, never
ReportLab's markup, which could name files and addresses.
"""

import io
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from bot.characters import clean_line
from config.settings import CONFIG_DIR

FONT = CONFIG_DIR / "fonts" / "wqy-microhei.ttc"
NAME = "wutong"
NOT_EMBEDDED = "STSong-Light"
"""Where the font's file was taken out of the installation: readers bring it, most of them."""
MARGIN = 50.0  # points
LONG_SIZE, LONG_LEADING, PADDING = 7.5, 10.0, 2.0  # of a long list
BEGINNING = 100.0  # what of a list must fit on the page on which it begins


def plain(said: object) -> str:
    """A text for a paragraph, as it stands."""
    return escape(clean_line(str(said)))


def font() -> str:
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


def table(head: Sequence[object], rows: Iterable[Sequence[object]], widths: Sequence[float], style: Any) -> Any:
    """A table of paragraphs in this style. Its head comes again on each page; a row that is higher than a page goes on on the
    next."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Paragraph, Table

    def row(cells: Sequence[object]) -> list[Paragraph]:
        return [Paragraph(plain(cell), style) for cell in cells]

    made = Table([row(head), *(row(cells) for cells in rows)], colWidths=widths, repeatRows=1, splitInRow=1)
    made.setStyle([
        ("GRID", (0, 0), (-1, -1), 0.4, HexColor("#8a93a3")), ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e9edf2")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ])  # fmt: skip
    return made


@dataclass(slots=True)
class Pages:
    """A document that is written page by page, for lists of any length: nothing of a page that is done is kept but its
    compressed bytes. `numbered`: the words with a page's number."""

    title: str
    author: str
    numbered: Callable[[int], str]
    _content: io.BytesIO = field(default_factory=io.BytesIO, init=False)
    _canvas: Any = field(init=False)
    _font: str = field(init=False)
    _size: tuple[float, float] = field(init=False)
    _top: float = field(init=False)
    """Where the next line begins, in points from the page's foot."""

    def __post_init__(self) -> None:
        from reportlab.lib.pagesizes import A4
        from reportlab.pdfgen.canvas import Canvas

        self._font, self._size, self._top = font(), A4, A4[1] - MARGIN
        self._canvas = Canvas(self._content, pagesize=A4, lang="zh-CN", pageCompression=1)
        self._canvas.setTitle(clean_line(self.title))
        self._canvas.setAuthor(clean_line(self.author))

    @property
    def width(self) -> float:
        """Between the margins, in points."""
        return float(self._size[0] - 2 * MARGIN)

    def flow(self, parts: Sequence[Any]) -> None:
        """Paragraphs, spaces and tables of ReportLab, one below the other. ValueError where one is higher than a page and
        cannot be divided."""
        left = deque(parts)
        while left:
            part, room = left.popleft(), self._top - MARGIN
            _, high = part.wrapOn(self._canvas, self.width, room)
            if high <= room:
                self._top -= high
                part.drawOn(self._canvas, MARGIN, self._top)
            elif pieces := part.splitOn(self._canvas, self.width, room):
                left.extendleft(reversed(pieces))
            elif self._is_fresh:
                raise ValueError("a part of the document is higher than a page")
            else:
                left.appendleft(part)
                self._turn()

    def rows(
        self, head: Sequence[str], shares: Sequence[float], rows: Iterable[Sequence[str]], *, below: Sequence[Any] = ()
    ) -> None:  # fmt: skip
        """A long table, with parts as `flow` takes them before it on its first page. What is wider than its column goes on in
        the next line."""
        columns = [
            (MARGIN + sum(shares[:place]) * self.width, share * self.width) for place, share in enumerate(shares)
        ]
        if self._top < MARGIN + BEGINNING:
            self._turn()
        self.flow(below)
        self._row(self._wrapped(head, columns), columns, is_head=True)
        for cells in rows:
            lines = self._wrapped(cells, columns)
            if self._top - _height(lines) < MARGIN:
                self._turn()
                self._row(self._wrapped(head, columns), columns, is_head=True)
            self._row(lines, columns)

    def finish(self) -> bytes:
        """The file's content."""
        self._number()
        self._canvas.save()
        return self._content.getvalue()

    @property
    def _is_fresh(self) -> bool:
        return bool(self._top == self._size[1] - MARGIN)

    def _turn(self) -> None:
        self._number()
        self._canvas.showPage()
        self._top = self._size[1] - MARGIN

    def _number(self) -> None:
        self._canvas.setFont(self._font, 8)
        self._canvas.drawCentredString(self._size[0] / 2, 28, self.numbered(self._canvas.getPageNumber()))

    def _wrapped(self, cells: Sequence[str], columns: Sequence[tuple[float, float]]) -> list[list[str]]:
        return [
            wrapped(clean_line(cell), width - 2 * PADDING, self._font, LONG_SIZE)
            for cell, (_, width) in zip(cells, columns, strict=True)
        ]

    def _row(self, lines: list[list[str]], columns: Sequence[tuple[float, float]], *, is_head: bool = False) -> None:
        canvas, high = self._canvas, _height(lines)
        canvas.setFont(self._font, LONG_SIZE)
        canvas.setLineWidth(0.3)
        if is_head:
            canvas.setFillGray(0.92)
            canvas.rect(MARGIN, self._top - high, self.width, high, stroke=0, fill=1)
            canvas.setFillGray(0)
        for (x, _), cell in zip(columns, lines, strict=True):
            for number, line in enumerate(cell, 1):
                canvas.drawString(x + PADDING, self._top - number * LONG_LEADING + PADDING / 2, line)
        self._top -= high
        canvas.line(MARGIN, self._top, MARGIN + self.width, self._top)


def wrapped(text: str, width: float, font_name: str, size: float) -> list[str]:
    """The text in lines of at most this width; at least one line, and at least one character in each."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    if stringWidth(text, font_name, size) <= width:
        return [text]
    lines, line, wide = list[str](), "", 0.0
    for character in text:
        more = stringWidth(character, font_name, size)
        if line and wide + more > width:
            lines.append(line)
            line, wide = "", 0.0
        line, wide = line + character, wide + more
    return [*lines, line]


def _height(lines: list[list[str]]) -> float:
    return max(map(len, lines)) * LONG_LEADING + PADDING
