"""The sandbox's clock: the machine's time plus what a test has skipped."""

import time
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))  # the platform's days and months begin at midnight there


class Clock:
    """Unix time in seconds that can be moved forward."""

    def __init__(self) -> None:
        self._skipped = 0.0

    def now(self) -> float:
        return time.time() + self._skipped

    def advance(self, seconds: float) -> None:
        self._skipped += seconds

    def day(self) -> str:
        return datetime.fromtimestamp(self.now(), BEIJING).strftime("%Y-%m-%d")

    def month(self) -> str:
        return self.day()[:7]
