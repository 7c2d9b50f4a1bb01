"""What was committed reaches the disk by one sync for all who wait for it (group commit)."""

import threading
from collections.abc import Callable


class GroupCommit:
    """Counts the commits of this process, which the database has not synced, and syncs them together. Safe for threads."""

    def __init__(self, sync: Callable[[], None]) -> None:
        """`sync`: puts everything on the disk that is committed when it is called, or raises."""
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
        """Return when everything that was noted before the call is on the disk. Raises what `sync` raises; the
        next call tries again."""
        upto = self._committed
        with self._syncing:
            if self._durable >= upto:  # another thread's sync began after this one's commit
                return
            upto = self._committed
            self._sync()
            self._durable = upto
