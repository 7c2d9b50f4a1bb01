"""Workbooks that the console hands out: every cell is a text or a number, none is a formula."""

import io
from collections.abc import Iterable, Sequence

from bot.characters import clean

FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST = 32_000  # characters of a cell; Excel's limit is 32,767
Cell = str | int | float | None


def workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """An xlsx file with one sheet. openpyxl is loaded here only: a process that exports nothing does without it."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for row in (head, *rows):
        sheet.append([_plain(cell) if isinstance(cell, str) else cell for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _plain(text: str) -> str:
    """A text that no spreadsheet computes, also after it was saved as CSV."""
    kept = clean(text)[:LONGEST]
    return f"'{kept}" if kept.startswith(FORMULA) else kept
