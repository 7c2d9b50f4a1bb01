"""SQLite: writers queue on one file lock, several transactions share a commit, and several commits a sync."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from bot.store.connections import engines, private_files, write_ahead_log
from bot.store.connections.backend import Look
from bot.store.connections.batch import BEGIN, Batch
from bot.store.connections.file_lock import FileLock
from bot.store.connections.group_commit import GroupCommit
from bot.store.connections.statements import channel
from bot.store.connections.write_ahead_log import WriteAheadLog
from bot.store.copies.overwriting import overwriting


class Sqlite:
    """The database in a file. See `Backend`."""

    def __init__(self, url: str) -> None:
        path = Path(make_url(url).database or "")
        private_files.restrict_database(path)
        self.engine = engines.sqlite(url, path)
        self.file_name = path.name
        self.commits = GroupCommit((log := WriteAheadLog(path)).sync)
        self._log = log
        self._lock = FileLock(path.with_suffix(".lock"), engines.BUSY_SECONDS)
        self._batch = Batch(self.engine, self._lock)

    def transaction(
        self, _within: float, look: Look | None, *, thorough: bool, deferred: bool
    ) -> AbstractContextManager[Connection]:
        return self._batch.join(look) if deferred else self._alone(look, thorough=thorough)

    @contextmanager
    def _alone(self, look: Look | None, *, thorough: bool) -> Iterator[Connection]:
        """A transaction with a commit of its own."""
        self.end_gathering()
        with self.engine.connect() as connection:
            if look is not None:
                look(connection)
            to = channel(connection)
            driver: Any = to.driver
            before = driver.total_changes
            with self._lock, overwriting(connection, thorough), connection.begin():
                BEGIN.run(to, {})
                yield connection
            if driver.total_changes != before:
                self.commits.note()

    @property
    def is_gathering(self) -> bool:
        return self._batch.is_open

    def end_gathering(self) -> None:
        if self.is_gathering:
            self._batch.end()
            self.commits.note()  # even without a change: an answer may tell what another process has written

    def commit(self) -> None:
        self.end_gathering()
        self._batch.check()

    def when_committed(self, call: Callable[[], None]) -> None:
        if self.is_gathering:
            self._batch.then(call)
        else:
            call()

    @property
    def is_durable(self) -> bool:
        return self.commits.is_durable

    def make_durable(self) -> None:
        self.commits.wait()

    def tidy(self) -> None:
        with self._lock:
            write_ahead_log.shorten(self.engine)

    def copy_log(self) -> None:
        write_ahead_log.copy(self.engine)

    def close(self) -> None:
        self.engine.dispose()
        self._lock.close()
        self._log.close()
