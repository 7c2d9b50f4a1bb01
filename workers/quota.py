"""How much of each API all workers together have used this minute and today, and what is paused."""

import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from bot.errors import RetryLater
from workers.answers import UNTIL_MIDNIGHT, UNTIL_MINUTE, UsedUp

EAST = 8 * 3600  # Shanghai is UTC+8 all year; the platform's days are its days
BLOCK = 25  # sends reserved at once, so that Redis is not asked for each
LOOK_SECONDS = 1.0  # between looks at the shared pauses
EVERYTHING = "all"


@dataclass(slots=True)
class _Allowance:
    left: int
    minute: int


class Quota:
    """Safe for threads. Without Redis nothing is limited here; the platform's own 45009 and 45011 remain."""

    def __init__(self, redis: "Redis", limits: Mapping[str, Mapping[str, int]]) -> None:
        self._redis = redis
        self._limits = limits
        self._lock = threading.Lock()
        self._allowances: dict[str, _Allowance] = {}
        self._paused: dict[str, tuple[float, str]] = {}
        self._looked_at = 0.0

    def take(self, api: str, now: float) -> None:
        """Use one send of `api`. Raises RetryLater until the next minute, UsedUp until midnight."""
        with self._lock:
            self._look(now)
            self._refuse_paused(EVERYTHING, now)
            self._refuse_paused(api, now)
            mine = self._allowances.get(api)
            if mine is None or mine.left <= 0 or mine.minute != int(now // 60):
                mine = self._allowances[api] = self._reserve(api, now)
            mine.left -= 1

    def pause(self, api: str, seconds: float, reason: str, now: float) -> float:
        """Stop an API (or EVERYTHING) for all workers; returns the seconds, with the clock's ones worked out."""
        if seconds == UNTIL_MINUTE:
            seconds = 60 - now % 60 + 0.1
        elif seconds == UNTIL_MIDNIGHT:
            seconds = 86400 - (now + EAST) % 86400 + 1
            reason = f"day:{reason}"
        with self._lock:
            self._paused[api] = (now + seconds, reason)
        with suppress(RedisError):  # this process at least keeps to it
            self._redis.set(f"wutong:paused:{api}", f"{now + seconds}|{reason}", px=int(seconds * 1000) + 1)
        return seconds

    def resting(self, now: float) -> float:
        """Seconds for which everything still rests; 0: it does not."""
        with self._lock:
            self._look(now)
            return max(0.0, self._paused.get(EVERYTHING, (0.0, ""))[0] - now)

    def _refuse_paused(self, api: str, now: float) -> None:
        until, reason = self._paused.get(api, (0.0, ""))
        if until > now:
            if reason.startswith("day:"):
                raise UsedUp(reason.removeprefix("day:"), until - now)
            raise RetryLater(reason, until - now, whole_api=True)

    def _look(self, now: float) -> None:
        if time.monotonic() - self._looked_at < LOOK_SECONDS:
            return
        self._looked_at = time.monotonic()
        names = [*self._limits, EVERYTHING]
        try:
            found: Any = self._redis.mget([f"wutong:paused:{name}" for name in names])
        except RedisError:
            return
        for name, value in zip(names, found, strict=True):
            if value is not None:
                until, _, reason = value.decode().partition("|")
                self._paused[name] = (float(until), reason)

    def _reserve(self, api: str, now: float) -> _Allowance:
        minute, day = int(now // 60), int((now + EAST) // 86400)
        limit = self._limits.get(api)
        if limit is None:
            return _Allowance(BLOCK, minute)
        keys = (f"wutong:used:{api}:m{minute}", f"wutong:used:{api}:d{day}")
        try:
            with self._redis.pipeline(transaction=False) as pipe:
                for key, life in zip(keys, (120, 90000), strict=True):
                    pipe.incrby(key, BLOCK)
                    pipe.expire(key, life)
                this_minute, _, today, _ = pipe.execute()
        except RedisError:
            return _Allowance(BLOCK, minute)
        if today - BLOCK >= limit["day"]:
            raise UsedUp(f"the day's {limit['day']} of {api} are used", 86400 - (now + EAST) % 86400 + 1)
        if this_minute - BLOCK >= limit["minute"]:
            raise RetryLater(f"the minute's {limit['minute']} of {api} are used", 60 - now % 60, whole_api=True)
        return _Allowance(min(BLOCK, limit["day"] - today + BLOCK), minute)
