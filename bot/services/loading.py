"""What a process loads from the database beside what it does meanwhile."""

import threading
from collections.abc import Callable


class Loading:
    """Of one thing: one thread at a time loads it. What cannot be loaded is the affair of the one who loads."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._running = threading.Lock()

    def begin(self, load: Callable[[], None]) -> None:
        """In a thread of its own; nothing where another one is at it."""
        if self._running.acquire(blocking=False):
            threading.Thread(target=self._run, args=(load,), name=self._name, daemon=True).start()

    def finish(self, load: Callable[[], None]) -> None:
        """Before this returns; after another one that is at it."""
        self._running.acquire()
        self._run(load)

    def wait(self, seconds: float) -> bool:
        """Until nothing is being loaded; whether that came about in time."""
        done = self._running.acquire(timeout=seconds)
        if done:
            self._running.release()
        return done

    def _run(self, load: Callable[[], None]) -> None:
        try:
            load()
        finally:
            self._running.release()
