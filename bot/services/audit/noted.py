"""Heads of the audit's chain, noted in files outside the database: the newest, so that rows cut off at the end are missed,
and the one up to which the chain was verified."""

from pathlib import Path
from typing import Protocol

from bot.store.connections import private_files
from bot.store.records.chain import Head
from config.settings import Settings

NEWEST, VERIFIED = "audit.head", "audit.verified"


class Keeps(Protocol):
    """What noting needs of the office."""

    @property
    def settings(self) -> Settings: ...


def read(office: Keeps, name: str = NEWEST) -> Head | None:
    """The head that was noted last; None where none was."""
    try:
        number, _, digest = _path(office, name).read_text("ascii").strip().partition(":")
        return Head(int(number), digest)
    except FileNotFoundError:
        return None
    except ValueError:  # whatever stands there was not noted: no chain holds it
        return Head(-1, "")


def write(office: Keeps, head: Head, name: str = NEWEST) -> None:
    """Note this head, durably and for nobody else's eyes."""
    with private_files.whole(_path(office, name)) as file:
        file.write(f"{head}\n".encode("ascii"))


def _path(office: Keeps, name: str) -> Path:
    return office.settings.var_dir / name
