"""Answers on their way to the event loop: none leaves before what it tells of is on the disk."""

import asyncio
import logging
import threading
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Protocol

from bot.serving.wsgi import Answer, plain

log = logging.getLogger(__name__)

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
        self._held: SimpleQueue[Given] = SimpleQueue()

    def start(self) -> None:
        """Once in a process, before the first answer."""
        if self._durability is not None:
            threading.Thread(target=self._work, args=(self._durability,), name="durable answers", daemon=True).start()

    def give(self, future: Future, answer: Answer) -> None:
        """From any thread."""
        if self._durability is None or self._durability.is_durable:
            _give([(future, answer)])
        else:
            self._held.put((future, answer))

    def _work(self, durability: Durability) -> None:
        while True:
            held = [self._held.get()]
            with suppress(Empty):
                while True:
                    held.append(self._held.get_nowait())
            try:
                durability.make_durable()
            except Exception:
                log.exception("what was committed cannot be put on the disk")
                held = [(future, plain(500)) for future, _ in held]
            _give(held)


def _give(given: Sequence[Given]) -> None:
    """All in one turn of the loop."""
    with suppress(RuntimeError):  # the loop has ended
        given[0][0].get_loop().call_soon_threadsafe(_set, given)


def _set(given: Sequence[Given]) -> None:
    for future, answer in given:
        if not future.done():  # the sender may have hung up
            future.set_result(answer)
