"""The charts of the report, drawn with ReportLab's own graphics. Loaded by the report alone."""

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from bot.services.console.figures.sections import Bar, Lines

INK, SOFT, MAIN, OTHER = HexColor("#1d2430"), HexColor("#566072"), HexColor("#0b5a8a"), HexColor("#b3541e")
SIZE = 8.0  # points
ROW = 15.0
LABEL, NUMBER = 150.0, 50.0  # of the width
HEIGHT = 130.0
LABELS_SHOWN = 10


def bars(each: Sequence[Bar], top: float, width: float, font: str) -> Drawing:
    """A horizontal bar for each, with its name before it and its number behind it."""
    drawing = Drawing(width, ROW * len(each))
    for place, bar in enumerate(each):
        y = ROW * (len(each) - place - 1)
        long = bar.length / top * (width - LABEL - NUMBER)
        drawing.add(_text(LABEL - 6, y + 4, cut(bar.label, LABEL - 8, font), font, anchor="end"))
        if long:
            drawing.add(Rect(LABEL, y + 2, long, ROW - 5, fillColor=MAIN, strokeColor=None))
        drawing.add(_text(LABEL + long + 4, y + 4, bar.shown, font))
    return drawing


def lines(found: Lines, width: float, font: str) -> Drawing:
    """What was received as columns, what was closed as a line; both named above."""
    drawing = Drawing(width, HEIGHT + 30)
    left, bottom = 30.0, 16.0
    step, unit = (width - left) / len(found.labels), (HEIGHT - bottom) / found.top
    for number in {0, found.top // 2, found.top}:
        y = bottom + number * unit
        drawing.add(Line(left, y, width, y, strokeColor=SOFT, strokeWidth=0.3))
        drawing.add(_text(left - 4, y - 3, str(number), font, anchor="end"))
    every = -(-len(found.labels) // LABELS_SHOWN)
    points: list[float] = []
    for place, label in enumerate(found.labels):
        x = left + place * step
        drawing.add(
            Rect(x + step * 0.15, bottom, step * 0.7, found.received[place] * unit, fillColor=MAIN, strokeColor=None)
        )
        points += [x + step / 2, bottom + found.closed[place] * unit]
        if place % every == 0:
            drawing.add(_text(x, 4, label, font))
    if len(found.labels) > 1:
        drawing.add(PolyLine(points, strokeColor=OTHER, strokeWidth=1.4, strokeDashArray=(4, 2)))
    drawing.add(Rect(left, HEIGHT + 16, 8, 8, fillColor=MAIN, strokeColor=None))
    drawing.add(_text(left + 12, HEIGHT + 17, found.names[0], font))
    drawing.add(
        Line(left + 60, HEIGHT + 20, left + 78, HEIGHT + 20, strokeColor=OTHER, strokeWidth=1.4, strokeDashArray=(4, 2))
    )
    drawing.add(_text(left + 82, HEIGHT + 17, found.names[1], font))
    return drawing


def cut(text: str, width: float, font: str, size: float = SIZE) -> str:
    """The text, shortened where it is wider than so many points."""
    if stringWidth(text, font, size) <= width:
        return text
    while text and stringWidth(f"{text}…", font, size) > width:
        text = text[:-1]
    return f"{text}…"


def _text(x: float, y: float, text: str, font: str, anchor: str = "start") -> String:
    return String(x, y, text, fontName=font, fontSize=SIZE, fillColor=INK, textAnchor=anchor)
