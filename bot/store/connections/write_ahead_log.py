"""SQLite's log of what is committed and not yet in the database's file."""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError


class WriteAheadLog:
    """The log beside an SQLite database whose commits do not sync it (synchronous=NORMAL)."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}-wal")
        self._file: int | None = None

    def sync(self) -> None:
        """Sync the log. What is no longer in it was synced by the checkpoint that took it into the database: SQLite syncs
        the log before a checkpoint and the database before the log begins anew. Raises
        OperationalError where the disk fails."""
        try:
            present = os.stat(self._path)
        except FileNotFoundError:  # the last connection has closed, with a checkpoint of all of it
            return
        try:
            self._sync(present)
        except OSError as error:
            raise OperationalError("COMMIT", None, error) from error

    def _sync(self, present: os.stat_result) -> None:
        if self._file is None or not os.path.samestat(present, os.fstat(self._file)):
            self._open()
        assert self._file is not None
        os.fdatasync(self._file)

    def _open(self) -> None:
        """Anew: SQLite makes another file where the log was gone, and syncs its name no sooner than at a checkpoint."""
        self.close()
        self._file = os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
        folder = os.open(self._path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def close(self) -> None:
        """Closing it frees no lock of SQLite: those are on the database and on the shared memory, never on the log."""
        if self._file is not None:
            with suppress(OSError):
                os.close(self._file)
            self._file = None


def copy(engine: Engine) -> None:
    """What is in the log goes into the database's file, as far as no reader needs it, while others write. Else a writer does
    so whose commit makes the log too long, and all others wait."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").close()


def shorten(engine: Engine) -> None:
    """The log goes into the database's file, as far as no reader needs it, and is emptied."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()
