"""Files of messages: reads JSON lines. Errors name the line."""

import json
from pathlib import Path
from typing import Any

from bot.cli.understanding.writing import answering
from bot.errors import NotUnderstood

Row = dict[str, Any]


def read_lines(file: Path) -> list[Row]:
    """One JSON object for each line, each with a text; empty lines at the end are ignored. NotUnderstood names the bad line."""
    lines = read_text(file).split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return [_object(number, line) for number, line in enumerate(lines, 1)]


def words(row: Row, name: str) -> str:
    """A text of the row, empty where it is missing. Single surrogates, which UTF-8 cannot write, become question marks."""
    return written(row.get(name) or "")


def written(text: str) -> str:
    """The text as UTF-8 can write it: single surrogates become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def content(file: Path) -> bytes:
    """The bytes of the file. NotFound where it cannot be read."""
    with answering("reading.bad.read", file):
        return file.read_bytes()


def read_text(file: Path) -> str:
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
