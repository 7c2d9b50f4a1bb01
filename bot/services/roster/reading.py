"""Reads the cells of a roster file: text in any usual encoding and separator, or an Excel workbook."""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from bot.errors import NotUnderstood

Cells = list[list[str]]
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
ENCODINGS = ("utf-8-sig", "gb18030", "utf-16-le", "utf-16-be")
SEPARATORS = (",", ";", "\t")
WRONG = "\ufffd"
"""Stands before the value of a cell that holds a date, an error or a truth value."""
ERROR = re.compile(r"#[A-Z0-9/_]+[!?]?")
BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What openpyxl, zipfile and the XML parser raise on a damaged workbook."""


def read_cells(file: Path, is_head: Callable[[list[str]], bool]) -> Cells:
    """The rows of the file. Of several ways to read it, the first that yields a header row counts.
    NotUnderstood where the file cannot be read."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise NotUnderstood("roster.bad.unreadable") from error
    if content.startswith(OLD_EXCEL):
        raise NotUnderstood("roster.bad.old_excel")
    tables = list(_excel(content) if content.startswith(ZIP) else _texts(content))
    if not tables:
        raise NotUnderstood("roster.bad.encoding")
    return next((table for table in tables if table and is_head(table[0])), tables[0])


def _texts(content: bytes) -> Iterator[Cells]:
    has_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if has_mark else ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        for separator in SEPARATORS:
            try:
                rows = list(csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator))
            except csv.Error:
                continue
            yield [[WRONG + cell if ERROR.fullmatch(cell.strip()) else cell for cell in row] for row in rows]


def _excel(content: bytes) -> list[Cells]:
    """The visible sheets, the active one first. openpyxl is opened here only: it loads numpy, which no web process needs."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
            shown.sort(key=lambda sheet: sheet is not book.active)
            return [_sheet(sheet) for sheet in shown]
    except BROKEN as error:
        raise NotUnderstood("roster.bad.excel") from error


def _sheet(sheet: Any) -> Cells:
    """The declared dimension is not trusted: programs write it wrongly."""
    sheet.reset_dimensions()
    return [[_value(cell) for cell in row] for row in sheet.iter_rows()]


def _value(cell: Any) -> str:
    """Excel keeps telephone numbers as numbers."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e" or isinstance(value, bool | date | time | timedelta) or ERROR.fullmatch(str(value)):
        return f"{WRONG}{value}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)
