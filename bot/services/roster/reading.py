"""Reads the cells of a roster file: text in any usual encoding and separator, or an Excel workbook."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.errors import NotUnderstood
from bot.services.roster import workbook
from bot.services.roster.cells import ERROR, MOST_BYTES, MOST_CELLS, MOST_ROWS, WRONG, Cells

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
ENCODINGS = ("utf-8-sig", "gb18030", "utf-16-le", "utf-16-be")
SEPARATORS = (",", ";", "\t")

IsHead = Callable[[list[str]], bool]


def read_cells(file: Path, is_head: IsHead) -> Cells:
    """`cells_of` a file. NotUnderstood also where it cannot be opened."""
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotUnderstood("roster.bad.unreadable") from error
    return cells_of(content, is_head)


def cells_of(content: bytes, is_head: IsHead, most_rows: int = MOST_ROWS) -> Cells:
    """The rows of a file. Of several ways to read it, the first that yields a header row counts; where none does, the
    first row of the first. NotUnderstood where it cannot be read or is too large."""
    if len(content) > MOST_BYTES:
        raise NotUnderstood("roster.bad.large")
    if content.startswith(OLD_EXCEL):
        raise NotUnderstood("roster.bad.old_excel")
    tables = (
        workbook.tables(content, is_head, most_rows) if content.startswith(ZIP) else _texts(content, is_head, most_rows)
    )
    other: Cells | None = None
    for table in tables:
        if table and is_head(table[0]):
            return table
        other = table if other is None else other
    if other is None:
        raise NotUnderstood("roster.bad.encoding")
    return other


def _texts(content: bytes, is_head: IsHead, most_rows: int) -> Iterator[Cells]:
    """The file in each encoding and with each separator that fit it; whole only where the first row is the header."""
    has_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if has_mark else ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        for separator in SEPARATORS:
            try:
                yield _rows(
                    csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator), is_head, most_rows
                )
            except csv.Error:
                continue


def _rows(reader: Iterator[list[str]], is_head: IsHead, most_rows: int) -> Cells:
    rows: Cells = []
    number = 0
    for row in reader:
        number += len(row) + 1
        if number > MOST_CELLS or len(rows) == most_rows:
            raise NotUnderstood("roster.bad.large")
        rows.append([WRONG + cell if ERROR.fullmatch(cell.strip()) else cell for cell in row])
        if len(rows) == 1 and not is_head(row):
            break
    return rows
