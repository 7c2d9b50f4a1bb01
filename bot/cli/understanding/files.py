"""Files of messages: reads JSON lines and labelled tables. Errors name the line."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.cli.understanding.writing import answering
from bot.errors import NotUnderstood

CELL = 1 << 20
"""Most characters of a cell."""
NAMED = 10
"""How many bad rows are named one by one."""
COLUMNS = ("text", "label")
Row = dict[str, Any]


def read_lines(file: Path) -> list[Row]:
    """One JSON object for each line, each with a text; empty lines at the end are ignored. NotUnderstood names the bad line."""
    lines = _read(file).split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return [_object(number, line) for number, line in enumerate(lines, 1)]


def words(row: Row, name: str) -> str:
    """A text of the row, empty where it is missing. Single surrogates, which UTF-8 cannot write, become question marks."""
    return written(row.get(name) or "")


def written(text: str) -> str:
    """The text as UTF-8 can write it: single surrogates become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


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


def content(file: Path) -> bytes:
    """The bytes of the file. NotFound where it cannot be read."""
    with answering("reading.bad.read", file):
        return file.read_bytes()


def _read(file: Path) -> str:
    found = content(file)
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotUnderstood("reading.bad.encoding", row=found.count(b"\n", 0, error.start) + 1) from error


def _object(number: int, line: str) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood("reading.bad.json", row=number) from error
    if not isinstance(row, dict):
        raise NotUnderstood("reading.bad.json", row=number)
    if not isinstance(row.get("text"), str):
        raise NotUnderstood("reading.bad.text", row=number)
    if not isinstance(row.get("title") or "", str):
        raise NotUnderstood("reading.bad.title", row=number)
    return row


def _table(file: Path) -> Iterator[list[str]]:
    csv.field_size_limit(CELL)
    reader = csv.reader(io.StringIO(_read(file), newline=""), strict=True)
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
