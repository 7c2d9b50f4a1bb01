"""SQLite's log of what is committed and not yet in the database's file."""

import os
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

_sync = getattr(os, "fdatasync", os.fsync)


def sync(path: Path) -> None:
    """Returns once the log is on the disk. SQLite would wait for the disk while it holds the lock of all writers; here who comes
    next writes meanwhile, and one wait of the disk serves all who wrote before. OperationalError where the disk fails."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return  # whoever closed the database last has put all of it into the file
    try:
        _sync(file)
    except OSError as error:
        raise OperationalError("COMMIT", None, error) from error
    finally:
        os.close(file)


def copy(engine: Engine) -> None:
    """What is in the log goes into the database's file, as far as no reader needs it, while others write. Else a writer does
    so whose commit makes the log too long, and all others wait."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").close()


def shorten(engine: Engine) -> None:
    """The log goes into the database's file, as far as no reader needs it, and is emptied."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()
