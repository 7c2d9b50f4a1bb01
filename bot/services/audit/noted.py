"""The newest head of the audit's chain, noted in a file outside the database: rows cut off at the end are missed."""

import os
from pathlib import Path
from typing import Protocol

from bot.store.records.chain import Head
from config.settings import Settings

NAME = "audit.head"


class Keeps(Protocol):
    """What noting needs of the office."""

    @property
    def settings(self) -> Settings: ...


def read(office: Keeps) -> Head | None:
    """The head that was noted last; None where none was."""
    try:
        number, _, digest = _path(office).read_text("ascii").strip().partition(":")
        return Head(int(number), digest)
    except FileNotFoundError:
        return None
    except ValueError:  # whatever stands there was not noted: no chain holds it
        return Head(-1, "")


def write(office: Keeps, head: Head) -> None:
    """Note this head, durably and for nobody else's eyes."""
    path = _path(office)
    fresh = path.with_suffix(f".{os.getpid()}.tmp")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(f"{head}\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _path(office: Keeps) -> Path:
    return office.settings.var_dir / NAME
