"""Writes files of messages, whole or not at all."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import NotFound


@contextmanager
def whole(file: Path) -> Iterator[Path]:
    """Context manager: a path to write to. The file is replaced only when all of it was written. NotFound where it cannot be written."""
    if file.exists() and not file.is_file():  # a pipe or terminal is written directly; opening a folder fails by itself
        with answering("reading.bad.write", file):
            yield file
        return
    target = file.resolve()
    part = target.with_name(f".{os.getpid()}.part")
    try:
        with answering("reading.bad.write", file):
            part.touch()  # missing permission shows before the work, not after
            yield part
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def write_lines(file: Path, rows: Iterable[object]) -> None:
    """Write one JSON value in each line: all of them, or no file."""
    with whole(file) as path, path.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


@contextmanager
def answering(key: str, file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotFound(key, file=file, reason=error.strerror or error) from error
