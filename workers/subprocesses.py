"""Runs a long job in a process of its own, beside a worker that goes on with what cannot wait."""

import subprocess
import sys
from collections.abc import Callable, Sequence

PAUSE_SECONDS = 0.5  # between two looks at what is due


def training(night: str) -> list[str]:
    return [sys.executable, "-m", "workers.training", night]


def beside(command: Sequence[str], send: Callable[[], object], stopped: Callable[[], bool]) -> int | None:
    """Run a process and, as long as it lives, `send` again and again; its exit code, None where it was stopped."""
    process = subprocess.Popen(command)
    try:
        while True:
            try:
                return process.wait(PAUSE_SECONDS)
            except subprocess.TimeoutExpired:
                if stopped():
                    return None
                send()
    finally:
        process.kill()
        process.wait()
