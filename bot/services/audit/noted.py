"""The newest head of the audit's chain, noted in a file outside the database: rows cut off at the end are missed."""

from pathlib import Path
from typing import Protocol

from bot.store import private_files
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
    with private_files.whole(_path(office)) as file:
        file.write(f"{head}\n".encode("ascii"))


def _path(office: Keeps) -> Path:
    return office.settings.var_dir / NAME
