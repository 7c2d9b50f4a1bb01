"""Signals that end a program, held back while it starts something that it must be able to end again."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

ENDING = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def held_back() -> Iterator[None]:
    """A signal that comes meanwhile is handled afterwards: never between a process's start and the note that it runs.

    The mask of blocked signals would do the same, but a child inherits it.
    """
    received: list[int] = []
    before = {number: signal.signal(number, lambda got, _: received.append(got)) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if received:
            signal.raise_signal(received[0])
