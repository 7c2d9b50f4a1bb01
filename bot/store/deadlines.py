"""Ends database calls that hang: a PostgreSQL that is silent must not hold a message longer than the platform's five seconds."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

LOOK_SECONDS = 0.2


class Watch:
    """One thread for each process that shuts the socket of a connection whose time is over; the blocked call then fails."""

    def __init__(self) -> None:
        self._deadlines: dict[object, tuple[float, Any]] = {}
        self._lock = threading.Lock()
        self._pid = 0

    @contextmanager
    def within(self, seconds: float, connection: Any) -> Iterator[None]:
        """Context manager: give what follows on this psycopg connection `seconds`; 0 sets no limit. A call beyond it raises psycopg.Error."""
        if not seconds:
            yield
            return
        self._start()
        mark = object()
        self._deadlines[mark] = (time.monotonic() + seconds, connection)
        try:
            yield
        finally:
            del self._deadlines[mark]

    def _start(self) -> None:
        with self._lock:
            if self._pid != os.getpid():  # a forked process does not have its parent's threads
                self._pid = os.getpid()
                self._deadlines.clear()
                threading.Thread(target=self._look, name="watch", daemon=True).start()

    def _look(self) -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            now = time.monotonic()
            for deadline, connection in list(self._deadlines.values()):
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
