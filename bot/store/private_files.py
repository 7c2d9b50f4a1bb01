"""Files and folders that nobody but the service's own user may read: 0600 and 0700, whatever the system's default is."""

import contextlib
import os
from pathlib import Path

BESIDE_SQLITE = ("", "-wal", "-shm", "-journal")  # SQLite gives the others the mode of the database


def folder(path: Path) -> Path:
    """The folder, made where it is missing, with those above it."""
    for missing in [each for each in reversed((path, *path.parents)) if not each.exists()]:
        missing.mkdir(mode=0o700, exist_ok=True)
    _chmod(path, 0o700)
    return path


def database(path: Path) -> None:
    """The files of a SQLite database, made before SQLite makes them readable for all. A folder that is there already may
    be shared with others and stays as it is."""
    if path.name in ("", ":memory:"):
        return
    with contextlib.suppress(OSError):  # what cannot be made is told by SQLite
        if not path.parent.exists():
            folder(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_RDONLY, 0o600))
    close_database(path)


def close_database(path: Path) -> None:
    """Those files of a SQLite database that are there, which an older version may have left readable."""
    if path.name in ("", ":memory:"):
        return
    for ending in BESIDE_SQLITE:
        _chmod(path.with_name(path.name + ending), 0o600)


def _chmod(path: Path, mode: int) -> None:
    """One that is not there, or belongs to another user, stays as it is."""
    with contextlib.suppress(FileNotFoundError, PermissionError):
        if path.stat().st_mode & 0o777 != mode:
            path.chmod(mode)
