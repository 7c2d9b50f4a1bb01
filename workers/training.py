"""Trains in a process of its own, `python -m workers.training NIGHT`, while its worker goes on sending."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from bot.services import learning
from bot.services.office import open_office
from config import logging as logs
from config import settings as environment

log = logging.getLogger(__name__)

PATIENCE = 10  # of `nice`: who serves or sends goes first
PAUSE_SECONDS = 0.5  # between two looks at what is due


def main() -> None:
    """One night's training; what breaks it is logged, and the next night comes."""
    os.nice(PATIENCE)
    known = environment.load()
    logs.configure(known.log_level)
    office = open_office(known, lambda: None)
    try:
        learning.retrain(office, date.fromisoformat(sys.argv[1]), datetime.now(UTC))
    except Exception:
        log.exception("training broke; the model in use stays")
    finally:
        office.db.close()


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


def command(night: str) -> list[str]:
    return [sys.executable, "-m", "workers.training", night]


if __name__ == "__main__":
    main()
