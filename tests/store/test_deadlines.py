"""The watch over hanging calls: it shuts what is late, and its thread ends when it is not needed."""

import socket
import threading
import time
from dataclasses import dataclass

from bot.store.connections import deadlines
from bot.store.connections.deadlines import Watch


@dataclass
class Wire:
    """As much of libpq's connection as the watch looks at."""

    socket: int


@dataclass
class Line:
    """As much of a psycopg connection."""

    pgconn: Wire


def watchers() -> int:
    return sum(thread.name == "watch" for thread in threading.enumerate())


def test_a_call_that_is_late_is_ended_and_one_in_time_is_not() -> None:
    watch = Watch()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        with watch.within(5.0, Line(Wire(ours.fileno()))):
            time.sleep(2 * deadlines.LOOK_SECONDS)
            theirs.send(b"in time")
            assert ours.recv(7) == b"in time"
        with watch.within(0.1, Line(Wire(ours.fileno()))):
            ours.settimeout(5)
            assert ours.recv(1) == b""


def test_the_thread_ends_when_idle_and_comes_back() -> None:
    watch, before = Watch(idle_seconds=0.1), watchers()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for _ in range(2):
            with watch.within(5.0, Line(Wire(ours.fileno()))):
                assert watchers() == before + 1
            until = time.monotonic() + 5
            while watchers() > before and time.monotonic() < until:
                time.sleep(0.05)
            assert watchers() == before
