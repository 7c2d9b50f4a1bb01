"""Whose turn it is to be sent: what goes to one person goes in the order in which it was claimed, one after the other."""

import threading
from collections import deque

from bot.services.notices.outbox import Letter

Line = tuple[int, int]
"""Person and priority: what is more urgent does not wait for what is less so."""


class Turns:
    """The letters in hand that wait for another one to the same person. Used by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[Line, deque[Letter]] = {}

    def enter(self, letter: Letter) -> bool:
        """Whether it may go now; else `leave` gives it to whoever sends the one before it."""
        with self._lock:
            line = self._waiting.get(_line(letter))
            if line is None:
                self._waiting[_line(letter)] = deque()
                return True
            line.append(letter)
            return False

    def leave(self, letter: Letter) -> Letter | None:
        """It is dealt with: the next one to the same person, which is the caller's to send."""
        with self._lock:
            line = self._waiting[_line(letter)]
            if line:
                return line.popleft()
            del self._waiting[_line(letter)]
            return None

    def drop(self) -> None:
        """What waits is not sent any more."""
        with self._lock:
            for line in self._waiting.values():
                line.clear()


def _line(letter: Letter) -> Line:
    return letter.row.person_id, letter.row.priority
