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
from config.queues import EAST, EVERYTHING, OTHERS, PAUSED_KEY, USED_KEY
from workers.wechat.error_codes import UNTIL_MIDNIGHT, UNTIL_MINUTE, UsedUp

BLOCK = 25  # sends reserved at once, so that Redis is not asked for each
FEW = 10  # an API that allows fewer than so many blocks in a minute is asked for each: what is reserved is not given back to the minute
LOOK_SECONDS = 1.0  # between looks at the shared pauses

# Takes up to ARGV[1] sends within ARGV[2] a minute and ARGV[3] a day; negative: gives back what was taken and not used.
# The clock is that of Redis, one for all workers. Answers {granted, seconds to the minute's end, to the day's, over the day}.
TAKE = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local minute, day = math.floor(now / 60), math.floor((now + 28800) / 86400)
local minute_key, day_key = KEYS[1] .. ':m' .. minute, KEYS[1] .. ':d' .. day
local want = tonumber(ARGV[1])
local today = tonumber(redis.call('GET', day_key) or 0)
local granted = want
if want > 0 then
  local this_minute = tonumber(redis.call('GET', minute_key) or 0)
  granted = math.max(0, math.min(want, ARGV[2] - this_minute, ARGV[3] - today))
  if granted > 0 then
    redis.call('INCRBY', minute_key, granted)
    redis.call('EXPIRE', minute_key, 120)
  end
elseif today + want < 0 then
  granted = 0
end
if granted ~= 0 then
  redis.call('INCRBY', day_key, granted)
  redis.call('EXPIRE', day_key, 90000)
end
return {granted, tostring(60 - now % 60), tostring(86400 - (now + 28800) % 86400), today >= tonumber(ARGV[3]) and 1 or 0}
"""


def worked_out(seconds: float) -> float:
    """The seconds of a RetryLater, where they stand for the end of the minute or of the day."""
    now = time.time()
    if seconds == UNTIL_MINUTE:
        return 60 - now % 60 + 0.1
    return 86400 - (now + EAST) % 86400 + 1 if seconds == UNTIL_MIDNIGHT else seconds


@dataclass(slots=True)
class _Allowance:
    left: int
    ends: float  # with its minute, by the monotonic clock


class Quota:
    """Safe for threads. Without Redis nothing is limited here; the platform's own 45009 and 45011 remain."""

    def __init__(self, redis: "Redis", limits: Mapping[str, Mapping[str, int]]) -> None:
        self._redis = redis
        self._take: Any = redis.register_script(TAKE)
        self._limits = limits
        self._lock = threading.Lock()
        self._allowances: dict[str, _Allowance] = {}
        self._paused: dict[str, tuple[float, str]] = {}  # until when, by the monotonic clock, and why
        self._looked_at = 0.0

    def take(self, api: str) -> None:
        """Use one send of `api`. Raises RetryLater until the next minute, UsedUp until midnight."""
        with self._lock:
            self._look()
            self._refuse_paused(EVERYTHING)
            self._refuse_paused(api)
            mine = self._allowances.get(api)
            if mine is None or mine.left <= 0 or mine.ends <= time.monotonic():
                self._give_back(api)
                mine = self._allowances[api] = self._reserve(api)
            mine.left -= 1

    def close(self) -> None:
        """Give back what was reserved and not used, so that the day's count is that of sends."""
        with self._lock:
            for api in list(self._allowances):
                self._give_back(api)

    def pause(self, api: str, seconds: float, reason: str, *, others: bool = False) -> float:
        """Stop an API (or EVERYTHING) for all workers; returns the seconds, with the clock's ones worked out. `others`: it
        lasts so long that what would go by it goes by another channel, as after a day that is used up."""
        if others or seconds == UNTIL_MIDNIGHT:
            reason = f"{OTHERS}{reason}"
        seconds = worked_out(seconds)
        with self._lock:
            self._paused[api] = (time.monotonic() + seconds, reason)
        with suppress(RedisError):  # this process at least keeps to it
            self._redis.set(f"{PAUSED_KEY}:{api}", reason, px=int(seconds * 1000) + 1)
        return seconds

    def resting(self) -> float:
        """Seconds for which everything still rests; 0: it does not."""
        with self._lock:
            self._look()
            return max(0.0, self._paused.get(EVERYTHING, (0.0, ""))[0] - time.monotonic())

    def _refuse_paused(self, api: str) -> None:
        until, reason = self._paused.get(api, (0.0, ""))
        left = until - time.monotonic()
        if left > 0:
            if reason.startswith(OTHERS):
                raise UsedUp(reason.removeprefix(OTHERS), left)
            raise RetryLater(reason, left, whole_api=True)

    def _look(self) -> None:
        now = time.monotonic()
        if now - self._looked_at < LOOK_SECONDS:
            return
        self._looked_at = now
        names = [*self._limits, EVERYTHING]
        try:
            with self._redis.pipeline(transaction=False) as pipe:
                for name in names:
                    pipe.get(f"{PAUSED_KEY}:{name}")
                    pipe.pttl(f"{PAUSED_KEY}:{name}")
                found: list[Any] = pipe.execute()
        except RedisError:
            return
        for name, reason, left in zip(names, found[::2], found[1::2], strict=True):
            if reason is not None and left > 0:
                self._paused[name] = (now + left / 1000, reason.decode())

    def _reserve(self, api: str) -> _Allowance:
        limit = self._limits.get(api)
        if limit is None:
            return _Allowance(BLOCK, time.monotonic() + 60)
        try:
            block = BLOCK if limit["minute"] >= FEW * BLOCK else 1
            granted, minute, day, over = self._take([f"{USED_KEY}:{api}"], [block, limit["minute"], limit["day"]])
        except RedisError:
            return _Allowance(BLOCK, time.monotonic() + 60)
        if granted > 0:
            return _Allowance(granted, time.monotonic() + float(minute))
        if over:
            raise UsedUp(f"the day's {limit['day']} of {api} are used", float(day) + 1)
        raise RetryLater(f"the minute's {limit['minute']} of {api} are used", float(minute) + 0.1, whole_api=True)

    def _give_back(self, api: str) -> None:
        mine, limit = self._allowances.pop(api, None), self._limits.get(api)
        if mine is not None and mine.left > 0 and limit is not None:
            with suppress(RedisError):
                self._take([f"{USED_KEY}:{api}"], [-mine.left, limit["minute"], limit["day"]])
