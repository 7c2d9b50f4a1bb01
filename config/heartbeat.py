"""The sign of life of the clock: a file under VAR_DIR that it touches every round, so that others see whether it runs on this host."""

import os
import time
from pathlib import Path

CLOCK_SECONDS = 60.0
"""Older than this, the clock stands still."""
NAME = "clock.alive"


def beat(var_dir: Path) -> None:
    """Say that the clock runs. OSError where VAR_DIR cannot be written."""
    path = var_dir / NAME
    try:
        os.utime(path)
    except FileNotFoundError:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def age(var_dir: Path) -> float | None:
    """Seconds since the last sign; None where there was none."""
    try:
        return max(0.0, time.time() - (var_dir / NAME).stat().st_mtime)
    except OSError:
        return None
