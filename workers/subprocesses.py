"""Runs a long job in a process of its own, beside a worker or a clock that goes on with what cannot wait."""

import logging
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

log = logging.getLogger(__name__)

ROUND_SECONDS = 600.0  # a round that takes longer hangs
END_SECONDS = 10.0  # for its present step, when the clock is asked to stop
PAUSE_SECONDS = 0.5  # between two looks at what is due


def training(night: str) -> list[str]:
    return [sys.executable, "-m", "workers.training", night]


def beside(command: Sequence[str], send: Callable[[], object], stopped: Callable[[], bool]) -> int | None:
    """Run a process and, as long as it lives, `send` again and again; its exit code, None where it was stopped: with the
    worker, that is. A signal to the worker's group does not reach it."""
    process = subprocess.Popen(command, start_new_session=True)
    try:
        while True:
            try:
                code = process.wait(PAUSE_SECONDS)
                return None if code < 0 and stopped() else code
            except subprocess.TimeoutExpired:
                if stopped():
                    return None
                send()
    finally:
        process.kill()
        process.wait()


class Rounds:
    """The clock's rounds of the whole office, one at a time."""

    def __init__(self, command: Sequence[str] = (sys.executable, "-m", "workers.round")) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0

    def begin(self) -> None:
        """Begin one, unless one is under way; one that hangs is ended for it."""
        if self._process is not None and self._process.poll() is None:
            if time.monotonic() - self._began < ROUND_SECONDS:
                return
            log.error("a round did not end within %s seconds and is ended", ROUND_SECONDS)
            self._kill(self._process)
        elif self._process is not None and self._process.returncode:
            log.error("the last round ended with %s", self._process.returncode)
        self._process, self._began = subprocess.Popen(self._command), time.monotonic()

    def end(self) -> None:
        """Let the one under way end after its present step."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill(self._process)

    def _kill(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
