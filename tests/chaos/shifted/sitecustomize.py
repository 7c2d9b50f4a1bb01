"""Loaded by Python itself in every process that has this folder on PYTHONPATH: its clock runs as far ahead of the
machine's as the file CHAOS_CLOCK says, in seconds. Only the time of day is shifted, as by NTP; a span of time is not."""

import os
import threading
import time
from pathlib import Path

import time_machine

LOOK_SECONDS = 0.05
shift = [0.0]
"""Of this process now; a forked one inherits it together with the shifted clock."""


def follow(file: Path) -> None:
    """Read the file again and again; one that is not there yet counts as before."""
    while True:
        try:
            wanted = float(file.read_text("ascii"))
        except (OSError, ValueError):
            wanted = shift[0]
        if wanted != shift[0]:
            time_machine.travel(time.time() - shift[0] + wanted).start()
            shift[0] = wanted
        time.sleep(LOOK_SECONDS)


def begin() -> None:
    """Follow the file in a thread, which a forked process has to start again."""
    threading.Thread(target=follow, args=(Path(os.environ["CHAOS_CLOCK"]),), name="shifted clock", daemon=True).start()


if "CHAOS_CLOCK" in os.environ:
    begin()
    os.register_at_fork(after_in_child=begin)
