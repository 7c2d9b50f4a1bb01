"""What was committed reaches the disk by one sync for all who wait for it (group commit)."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


class GroupCommit:
    """Counts the commits of this process, which the database has not synced, and syncs them together. Safe for threads."""

    def __init__(self, sync: Callable[[], None]) -> None:
        """`sync`: puts everything on the disk that is committed when it is called. Raises OSError."""
        self._sync = sync
        self._counting, self._syncing = threading.Lock(), threading.Lock()
        self._committed = self._durable = 0

    def note(self) -> None:
        """A transaction has been committed."""
        with self._counting:
            self._committed += 1

    @property
    def is_durable(self) -> bool:
        """Whether nothing waits for a sync."""
        return self._durable >= self._committed

    def wait(self) -> None:
        """Return when everything that was noted before the call is on the disk. Raises OSError where it cannot get there;
        the next call tries again."""
        upto = self._committed
        with self._syncing:
            if self._durable >= upto:  # another thread's sync began after this one's commit
                return
            upto = self._committed
            self._sync()
            self._durable = upto


class WriteAheadLog:
    """The log beside an SQLite database whose commits do not sync it (synchronous=NORMAL)."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}-wal")
        self._file: int | None = None

    def sync(self) -> None:
        """Sync the log. What is no longer in it was synced by the checkpoint that took it into the database: SQLite syncs
        the log before a checkpoint and the database before the log begins anew."""
        try:
            present = os.stat(self._path)
        except FileNotFoundError:  # the last connection has closed, with a checkpoint of all of it
            return
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
