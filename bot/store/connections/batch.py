"""Transactions of one thread that SQLite commits together."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from sqlite3 import Error
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.store.connections.file_lock import FileLock
from bot.store.connections.statements import Prepared, channel

log = logging.getLogger(__name__)

BEGIN = Prepared(lambda _: text("BEGIN IMMEDIATE"))
SAVE, UNDO, KEEP = "SAVEPOINT one", "ROLLBACK TO one", "RELEASE one"


class Batch:
    """One transaction of the database that holds several of ours, each behind a savepoint: they share the lock of all writers,
    the commit, and the pages that are written by it. The thread that opened it is the only one that may use it."""

    def __init__(self, engine: Engine, lock: FileLock) -> None:
        self._engine, self._lock = engine, lock
        self._thread = 0
        self._open: ExitStack | None = None
        self._connection: Connection | None = None
        self._inside = False
        self._then: list[Callable[[], None]] = []
        self._lost: BaseException | None = None

    @property
    def is_open(self) -> bool:
        """Whether something of this thread waits for `end`."""
        return self._open is not None and self._thread == threading.get_ident()

    @contextmanager
    def join(self, ahead: Callable[[Connection], None] | None) -> Iterator[Connection]:
        """A transaction of ours. An error undoes it alone. `ahead` is called where the lock is not held yet."""
        connection = self._connection if self.is_open else self._begin(ahead)
        assert connection is not None
        _run(connection, SAVE)
        self._inside = True
        try:
            yield connection
            _run(connection, KEEP)
        except BaseException as error:
            self._undo(connection, error)
            raise
        finally:
            self._inside = False

    def then(self, call: Callable[[], None]) -> None:
        """To be called when what is written now is committed."""
        self._then.append(call)

    def end(self) -> None:
        """Commit, and give the lock back. Where that fails `check` says so. Within one of ours it does nothing."""
        if self._inside or not self.is_open:
            return
        assert self._open is not None
        stack, then = self._open, self._then
        self._open, self._connection, self._then = None, None, []
        try:
            stack.close()
        except (SQLAlchemyError, OSError) as error:
            self._lost = self._lost or error
        if self._lost is None:
            for call in then:
                call()

    def check(self) -> None:
        """Raises OperationalError where anything since the last check is lost: then nothing of it counts."""
        lost, self._lost = self._lost, None
        if lost is not None:
            raise OperationalError("COMMIT", None, lost) from lost

    def _begin(self, ahead: Callable[[Connection], None] | None) -> Connection:
        with ExitStack() as stack:
            connection = stack.enter_context(self._engine.connect())
            if ahead is not None:
                ahead(connection)
            stack.enter_context(self._lock)
            stack.enter_context(connection.begin())
            BEGIN.run(channel(connection), {})
            self._open, self._connection, self._thread = stack.pop_all(), connection, threading.get_ident()
        return connection

    def _undo(self, connection: Connection, error: BaseException) -> None:
        """SQLite itself gives up the whole transaction where the disk is full or fails."""
        try:
            _run(connection, UNDO)
            _run(connection, KEEP)
        except Error:
            log.warning("a commit of several messages is given up: %s", type(error).__name__)
            self._lost, self._inside = error, False
            self.end()


def _run(connection: Connection, statement: str) -> None:
    """By the driver itself, as it is done twice for each message."""
    driver: Any = connection.connection.driver_connection
    driver.execute(statement).close()
