"""Answers on their way to the event loop: none leaves before what it tells of is on the disk."""

import asyncio
import logging
import threading
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Protocol, TypeVar

from bot.serving.wsgi import Answer, plain

log = logging.getLogger(__name__)

T = TypeVar("T")
Future = asyncio.Future[Answer]
Given = tuple[Future, Answer]
"""What waits for an answer, and the answer."""


class Durability(Protocol):
    """What is used of the database."""

    @property
    def is_gathering(self) -> bool: ...
    @property
    def is_durable(self) -> bool: ...
    def commit(self) -> None: ...
    def make_durable(self) -> None: ...


class Answers:
    """Gives answers to those who wait for them. A thread of its own waits for the disk, once for all answers that came
    meanwhile, so that the thread that computes goes on."""

    def __init__(self, durability: Durability | None) -> None:
        """`durability`: of what the application commits and leaves to us; None where it leaves nothing."""
        self._durability = durability
        self._kept: SimpleQueue[Given] = SimpleQueue()  # until `let_go`
        self._held: SimpleQueue[list[Given]] = SimpleQueue()  # until it is on the disk

    def start(self) -> None:
        """Once in a process, before the first answer."""
        if self._durability is not None:
            threading.Thread(target=self._work, args=(self._durability,), name="durable answers", daemon=True).start()

    def keep(self, future: Future, answer: Answer) -> None:
        """It leaves with those that `let_go` finds. From any thread."""
        self._kept.put((future, answer))

    def let_go(self) -> None:
        """All that are kept may leave: whoever waits for them is woken once. From any thread."""
        kept = _all_of(self._kept)
        if not kept:
            return
        if self._durability is None or self._durability.is_durable:
            _give(kept)
        else:
            self._held.put(kept)

    def _work(self, durability: Durability) -> None:
        while True:
            held = self._held.get()
            for more in _all_of(self._held):
                held += more
            try:
                durability.make_durable()
            except Exception:
                log.exception("what was committed cannot be put on the disk")
                held = [(future, plain(500)) for future, _ in held]
            _give(held)


def _all_of(queue: SimpleQueue[T]) -> list[T]:
    found: list[T] = []
    with suppress(Empty):
        while True:
            found.append(queue.get_nowait())
    return found


def _give(given: Sequence[Given]) -> None:
    """All in one turn of the loop."""
    with suppress(RuntimeError):  # the loop has ended
        given[0][0].get_loop().call_soon_threadsafe(_set, given)


def _set(given: Sequence[Given]) -> None:
    for future, answer in given:
        if not future.done():  # the sender may have hung up
            future.set_result(answer)
