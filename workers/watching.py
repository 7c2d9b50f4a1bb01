"""What a worker watches while a job runs: that others see it alive, and that the job takes no longer than it may."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Never, Self

from redis.exceptions import RedisError
from rq.timeouts import UnixSignalDeathPenalty

log = logging.getLogger("workers")

BEAT_SECONDS = 30.0
ALIVE_SECONDS = 90  # who gave no sign of life for so long counts as gone
GRACE_SECONDS = 300  # for a job that was asked to end; longer than a delivery waits for the database


class Beats:
    """Signs of life from a thread of its own. They end with the job, or when it hangs beyond all limits."""

    def __init__(self, beat: Callable[[], None], job_seconds: float, every: float = BEAT_SECONDS) -> None:
        self._beat, self._every = beat, every
        self._until = time.monotonic() + job_seconds + GRACE_SECONDS
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="signs of life", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join(1.0)

    def _run(self) -> None:
        while not self._ended.wait(self._every) and time.monotonic() < self._until:
            try:
                self._beat()
            except RedisError as error:
                log.warning("no sign of life could be given: %s", error)


def deadline(overdue: threading.Event) -> type[UnixSignalDeathPenalty]:
    """How RQ limits the time of jobs that run in a process that goes on afterwards.

    RQ raises an exception wherever the process just is, which may leave a lock held for ever, or a notice sent that
    nobody wrote down. Here `overdue` is set: the job ends as when the worker is asked to stop. One that does not is cut
    off with the process.
    """

    class Deadline(UnixSignalDeathPenalty):
        def handle_death_penalty(self, signum: int, frame: FrameType | None) -> None:
            if overdue.is_set():
                log.error("a job does not end: the worker is replaced by a new one")
                begin_anew()
            log.error("a job takes longer than %s s and is asked to end", self._timeout)
            overdue.set()
            signal.alarm(GRACE_SECONDS)

    return Deadline


def begin_anew() -> Never:
    """The same program from its beginning, as the same process: whoever started it notices nothing."""
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
