"""Reads labelled tables of messages."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.cli.understanding.files import read_text
from bot.errors import NotUnderstood

CELL = 1 << 20
"""Most characters of a cell."""
NAMED = 10
"""How many bad rows are named one by one."""
COLUMNS = ("text", "label")


def read_labelled(file: Path) -> list[tuple[str, str]]:
    """The rows of a CSV with the columns text and label (others are ignored). NotUnderstood names all bad rows."""
    table = _table(file)
    head = [name.strip() for name in next(table, [])]
    missing = [name for name in COLUMNS if name not in head]
    if missing:
        raise NotUnderstood("reading.bad.columns", names="、".join(missing))
    text, label = (head.index(name) for name in COLUMNS)
    rows, bad = _labelled(table, text, label, len(head))
    if bad:
        more = "" if len(bad) <= NAMED else "…"
        raise NotUnderstood("reading.bad.rows", rows="、".join(map(str, bad[:NAMED])) + more)
    if not rows:
        raise NotUnderstood("reading.bad.empty")
    return rows


def _table(file: Path) -> Iterator[list[str]]:
    csv.field_size_limit(CELL)
    reader = csv.reader(io.StringIO(read_text(file), newline=""), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise NotUnderstood("reading.bad.table", row=reader.line_num) from error


def _labelled(table: Iterable[list[str]], text: int, label: int, width: int) -> tuple[list[tuple[str, str]], list[int]]:
    """The rows, and the numbers of the bad ones: a cell is missing, or an unquoted comma splits the text."""
    rows: list[tuple[str, str]] = []
    bad: list[int] = []
    for number, cells in enumerate(table, 2):
        if not any(cell.strip() for cell in cells):
            continue
        whole_row = max(text, label) < len(cells) and not any(cells[width:])
        if whole_row and cells[text].strip() and cells[label].strip():
            rows.append((cells[text], cells[label].strip()))
        else:
            bad.append(number)
    return rows, bad
