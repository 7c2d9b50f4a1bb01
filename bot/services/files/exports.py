"""Workbooks that are handed out: every cell is a text or a number, none is a formula."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.characters import clean

FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST = 32_000  # characters of a cell; Excel's limit is 32,767
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of a workbook. `rows` are written one by one as they come: none is kept. `widths`: of the columns, in characters."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[float] = ()


def workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """An xlsx file with one sheet."""
    return sheets([Sheet(title, head, rows)])


def sheets(each: Sequence[Sheet]) -> bytes:
    """An xlsx file with these sheets. openpyxl is loaded here only: a process that exports nothing does without it."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for one in each:
        sheet = book.create_sheet(one.title[:31])
        sheet.freeze_panes = "A2"
        for place, width in enumerate(one.widths, 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        for row in chain([one.head], one.rows):
            sheet.append([_plain(cell) if isinstance(cell, str) else cell for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _plain(text: str) -> str:
    """A text that no spreadsheet computes, also after it was saved as CSV."""
    kept = clean(text)[:LONGEST]
    return f"'{kept}" if kept.startswith(FORMULA) else kept
