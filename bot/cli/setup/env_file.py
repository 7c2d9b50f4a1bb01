"""The `.env` file: read, and written whole with mode 0600 so that Flask, honcho and systemd read the same values from it."""

import re
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values

from bot.store.connections import private_files

PLAIN = re.compile(r"[A-Za-z0-9_./:@%+,=\-]*")


class Unwritable(ValueError):
    """A value that no reader of the file would read back: it holds an apostrophe, a backslash or a new line. Names the setting."""


def read(file: Path) -> dict[str, str]:
    """What stands in the file; empty where there is none."""
    return {name: value for name, value in dotenv_values(file, interpolate=False).items() if value is not None}


def write(file: Path, values: Mapping[str, str]) -> None:
    """Replace the file. Only its owner may read it, from its first byte on. Unwritable, OSError."""
    text = "".join(f"{name}={_quoted(name, value)}\n" for name, value in values.items() if value)
    with private_files.whole(file) as out:
        out.write(text.encode())


def _quoted(name: str, value: str) -> str:
    """Between apostrophes all three readers take a value as it stands."""
    if PLAIN.fullmatch(value):
        return value
    if re.search(r"['\\\n\r]", value):
        raise Unwritable(name)
    return f"'{value}'"
