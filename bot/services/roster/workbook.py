"""Reads an Excel workbook whose size is checked before anything of it is built in memory.

A workbook is a zip of XML: half a megabyte may unfold into a gigabyte, and openpyxl makes an object of every element.
So each part is unpacked once in small pieces, and bytes and markup are counted.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from typing import Any

from bot.errors import NotUnderstood
from bot.services.roster.cells import ERROR, HIDDEN, MOST_CELLS, MOST_ROWS, WRONG, Cells

MOST_PARTS = 1_000
MOST_UNFOLDED = 24 * 1024 * 1024  # bytes of all parts
MOST_MARKUP = 1_300_000  # "<" of all parts; a cell has four to six
MOST_MARKUP_BESIDE = 40_000  # of a part that is no table, such as the styles, of which large objects are made
EXACT = 10**15  # a number from here on has lost its last digits in Excel
MOST_SEEN = 2_500_000  # cells that are walked over, also empty ones between others
NOTHING: list[str] = []  # an empty row, of which there may be many
PIECE = 64 * 1024
TABLE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>)?\s*<(?:\w+:)?(?:worksheet|sst)[\s>]")
ROW, CELL = re.compile(rb"<(?:\w+:)?row[\s/>]"), re.compile(rb"<(?:\w+:)?c[\s/>]")
ROW_TAG = re.compile(rb"<(?:\w+:)?row(?=[\s/>])[^>]*>")
MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["']"""
)
NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")
NOT_SHOWN = re.compile(rb"""\s(?:hidden\s*=\s*["'](?:1|true|on)["']|ht\s*=\s*["']0*(?:\.0*)?["'])""")
DECLARES = (b"<!DOCTYPE", b"<!ENTITY")
BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What openpyxl, zipfile and the XML parser raise on a damaged workbook."""


def tables(
    content: bytes, is_head: Callable[[list[str]], bool], most_rows: int = MOST_ROWS
) -> Iterator[Cells]:  # fmt: skip
    """The visible sheets, the active one first; a sheet without the header is its first row alone. NotUnderstood, also for
    one whose last row is behind `most_rows`, whatever the rows before it hold.
    openpyxl is opened here only: it loads numpy, which no web process needs."""
    try:
        _check(content, most_rows)
        from openpyxl import load_workbook

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True)
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
            shown.sort(key=lambda sheet: sheet is not book.active)
            for sheet in shown:
                yield _sheet(sheet, is_head, most_rows)
    except BROKEN as error:
        raise NotUnderstood("roster.bad.excel") from error


def _check(content: bytes, most_rows: int) -> None:
    """NotUnderstood where it would unfold into too much. zipfile reads no more of a part than the part declares."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNFOLDED:
            raise NotUnderstood("roster.bad.large")
        if sum(_markup(archive, part, most_rows) for part in parts) > MOST_MARKUP:
            raise NotUnderstood("roster.bad.large")


def _markup(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most_rows: int) -> int:
    """How many elements begin or end in a part, about. A document that declares entities is refused."""
    number, most, before = 0, 0, b""
    rows = cells = 0
    with archive.open(part) as opened:
        while piece := opened.read(PIECE):
            most = most or (MOST_MARKUP if TABLE.match(piece) else MOST_MARKUP_BESIDE)
            number += piece.count(b"<")
            rows, cells = rows + len(ROW.findall(piece)), cells + len(CELL.findall(piece))
            if number > most or rows > most_rows or cells > MOST_CELLS:
                raise NotUnderstood("roster.bad.large")
            if any(word in before + piece for word in DECLARES):
                raise NotUnderstood("roster.bad.excel")
            before = piece[-16:]
    return number


def _sheet(sheet: Any, is_head: Callable[[list[str]], bool], most_rows: int) -> Cells:
    """The declared dimension is not trusted: programs write it wrongly. Empty cells behind the last one are left out."""
    sheet.reset_dimensions()
    with sheet._get_source() as source:
        content: bytes = source.read()
    hidden = _hidden(content)
    rows: Cells = []
    kept = seen = 0
    for found in sheet.iter_rows(max_row=most_rows + 1):  # the numbers of rows may jump
        row = [_value(cell) for cell in found]
        while row and not row[-1]:
            row.pop()
        kept, seen = kept + len(row), seen + len(found) + 1
        if kept > MOST_CELLS or seen > MOST_SEEN or len(rows) == most_rows:
            raise NotUnderstood("roster.bad.large")
        if row and len(rows) + 1 in hidden:
            row[0] = f"{HIDDEN}{row[0]}"
        rows.append(row or NOTHING)
        if len(rows) == 1 and not is_head(row):
            return rows
    _fill_merged(rows, content)
    return rows


def _fill_merged(rows: Cells, content: bytes) -> None:
    """A cell that reaches over several rows says the same of each of them; a file holds it in the first one alone. openpyxl
    tells them only of a workbook that it loads whole. Rows that are empty else stay so."""
    filled, width = 0, len(rows[0]) if rows else 0
    for left, top, right, bottom in MERGED.findall(content):
        first, column, last = int(top), _column(left), min(_column(right), width)
        if not 0 < first <= len(rows) or column > len(rows[first - 1]):
            continue
        value = rows[first - 1][column - 1].removeprefix(HIDDEN)
        for number in range(first, min(int(bottom), len(rows)) + 1):
            filled += max(1, last - column + 1)
            if filled > MOST_CELLS:
                raise NotUnderstood("roster.bad.large")
            if any(cell.removeprefix(HIDDEN) for cell in rows[number - 1]):
                _fill(rows[number - 1], column, last, value)


def _fill(row: list[str], column: int, last: int, value: str) -> None:
    """Into what is empty of these columns, the first of which is 1."""
    row.extend([""] * (last - len(row)))
    for at in range(column - 1, last):
        if not row[at].removeprefix(HIDDEN):
            row[at] += value


def _column(letters: bytes) -> int:
    """A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _hidden(content: bytes) -> frozenset[int]:
    """Numbers of the rows that a spreadsheet does not show: openpyxl tells them only of a workbook that it loads whole."""
    found, number = set[int](), 0
    for tag in ROW_TAG.findall(content):
        said = NUMBER.search(tag)
        number = int(said[1]) if said else number + 1
        if NOT_SHOWN.search(tag):
            found.add(number)
    return frozenset(found)


def _value(cell: Any) -> str:
    """Excel keeps telephone numbers as numbers. Of a formula it is the formula: what it once came to proves nothing."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return value if isinstance(value, str) and value.startswith("=") else "="
    if cell.data_type == "e" or isinstance(value, bool | date | time | timedelta) or ERROR.fullmatch(str(value)):
        return f"{WRONG}{value}"
    if isinstance(value, int | float) and abs(value) >= EXACT:
        return f"{WRONG}{value}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)
