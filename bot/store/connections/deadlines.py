"""Ends database calls that hang: a PostgreSQL that is silent must not hold a message longer than the platform's five seconds."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

LOOK_SECONDS = 0.2
IDLE_SECONDS = 10.0


class Watch:
    """A thread that shuts the socket of a connection whose time is over; the blocked call then fails. It ends when nothing
    had a deadline for a while."""

    def __init__(self, idle_seconds: float = IDLE_SECONDS) -> None:
        self._idle_seconds = idle_seconds
        self._deadlines: dict[object, tuple[float, Any]] = {}
        self._lock = threading.Lock()
        self._looks_in: int | None = None  # the process in which the thread runs: a fork has none of its parent's

    @contextmanager
    def within(self, seconds: float, connection: Any) -> Iterator[None]:
        """Context manager: give what follows on this psycopg connection `seconds`; 0 sets no limit. A call beyond it raises psycopg.Error."""
        if not seconds:
            yield
            return
        mark = object()
        self._begin(mark, time.monotonic() + seconds, connection)
        try:
            yield
        finally:
            self._deadlines.pop(mark, None)

    def _begin(self, mark: object, deadline: float, connection: Any) -> None:
        with self._lock:
            if self._looks_in not in (None, os.getpid()):
                self._deadlines.clear()
            self._deadlines[mark] = (deadline, connection)
            if self._looks_in != os.getpid():
                self._looks_in = os.getpid()
                threading.Thread(target=self._look, name="watch", daemon=True).start()

    def _look(self) -> None:
        needed = time.monotonic()
        while True:
            time.sleep(LOOK_SECONDS)
            now = time.monotonic()
            with self._lock:
                open_ = list(self._deadlines.values())
                needed = now if open_ else needed
                if now - needed > self._idle_seconds:
                    self._looks_in = None
                    return
            for deadline, connection in open_:
                if deadline < now:
                    _shut(connection)


def _shut(connection: Any) -> None:
    """Shut both directions of the connection's socket; a closed one is left alone."""
    from psycopg import Error  # only here: with SQLite nobody needs it

    try:
        number = os.dup(connection.pgconn.socket)
    except (Error, OSError):
        return
    with socket.socket(fileno=number) as shared:
        try:
            shared.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
