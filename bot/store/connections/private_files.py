"""Files and folders that nobody but the service's own user may read: 0600 and 0700, whatever the system's default is."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

UNFINISHED = ".tmp"
"""The end of the name of a file that is just being written."""
BESIDE_SQLITE = ("", "-wal", "-shm", "-journal")  # SQLite gives the others the mode of the database


def folder(path: Path) -> Path:
    """The folder, made where it is missing, with those above it."""
    for missing in [each for each in reversed((path, *path.parents)) if not each.exists()]:
        missing.mkdir(mode=0o700, exist_ok=True)
    _chmod(path, 0o700)
    return path


@contextlib.contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """Write a file that is there as a whole or not at all, and is still there after a power cut: on the disk before it has
    its name, and its name on the disk before this returns. The folder must be there."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    above = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(above)
    finally:
        os.close(above)


def database(path: Path) -> None:
    """The files of a SQLite database, made before SQLite makes them readable for all. A folder that is there already may
    be shared with others and stays as it is.

    A file that is there is not opened: closing it would end the locks that SQLite holds on it in this process, and
    another process that ends would take the log away.
    """
    if path.name in ("", ":memory:"):
        return
    with contextlib.suppress(OSError):  # it is there; what cannot be made is told by SQLite
        if not path.parent.exists():
            folder(path.parent)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDONLY, 0o600))
    restrict_database(path)


def restrict_database(path: Path) -> None:
    """Those files of a SQLite database that are there, which an older version may have left readable."""
    if path.name in ("", ":memory:"):
        return
    for each in of_database(path):
        _chmod(each, 0o600)


def of_database(path: Path) -> list[Path]:
    """The files that SQLite may have for this database."""
    return [path.with_name(path.name + ending) for ending in BESIDE_SQLITE]


def _chmod(path: Path, mode: int) -> None:
    """One that is not there, or belongs to another user, stays as it is."""
    with contextlib.suppress(FileNotFoundError, PermissionError):
        if path.stat().st_mode & 0o777 != mode:
            path.chmod(mode)
