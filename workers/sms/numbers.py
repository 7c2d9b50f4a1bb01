"""How often a number was written to, in Redis, for all workers. It may be lost: the provider's own limits remain."""

import hashlib
import hmac
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from bot.errors import ChannelError, Refused
from config.queues import EAST, SMS_KEY
from workers.wechat.error_codes import NumberDead, TooOften
from workers.wechat.quota import worked_out

HOUR, DAY = 3600, 86400
# Counts one send to a number in this hour and this day, unless a limit is reached. ARGV: the limits; the keys' lives.
# Answers the index of the limit that is reached, or 0.
COUNT = """
for i = 1, 2 do
  if tonumber(redis.call('GET', KEYS[i]) or 0) >= tonumber(ARGV[i]) then return i end
end
for i = 1, 2 do
  redis.call('INCR', KEYS[i])
  redis.call('EXPIRE', KEYS[i], ARGV[i + 2])
end
return 0
"""


class Numbers:
    """How often a number may be written to, and which numbers are left alone. Keyed digests, never the numbers."""

    def __init__(self, redis: "Redis", key: bytes, limits: Mapping[str, int]) -> None:
        self._redis, self._key = redis, key
        self._limits = limits
        self._count: Any = redis.register_script(COUNT)

    def take(self, number: str, text: str, context: str, *, urgent: bool, repeats: bool) -> None:
        """Count one message. TooOften where a limit of ours is reached, or the number has had this very text of late with another
        notice than `context` (danger is never held, nor what `repeats` on purpose); Refused for a number that takes none."""
        digest, now = self._digest(number), int(time.time())
        with suppress(RedisError):
            resting: Any = self._redis.get(f"{SMS_KEY}:rests:{digest}")
            if resting is not None:
                left = int(self._redis.ttl(f"{SMS_KEY}:rests:{digest}"))
                raise _why(resting.decode(), float(max(1, left)))
            hour, day = now // HOUR, (now + EAST) // DAY
            self._refuse_again(number, text, context, now, held=not (urgent or repeats))
            keys = [f"{SMS_KEY}:used:{digest}:h{hour}", f"{SMS_KEY}:used:{digest}:d{day}"]
            most = [10**9, 10**9] if urgent else [self._limits["number_hour"], self._limits["number_day"]]
            reached = int(self._count(keys, [*most, 2 * HOUR, 2 * DAY]))
            if reached:
                self.forget(number, text)
            if reached == 1:
                raise TooOften("this number has had its messages of this hour", HOUR - now % HOUR + 1)
            if reached:
                raise TooOften("this number has had its messages of today", DAY - (now + EAST) % DAY + 1)

    def _refuse_again(self, number: str, text: str, context: str, now: int, *, held: bool) -> None:
        key, seconds = self._had(number, text), self._limits["same_seconds"]
        mine = f"{now} {context}"
        if self._redis.set(key, mine, ex=seconds, nx=True):
            return
        had: Any = self._redis.get(key)
        at, _, other = had.decode().partition(" ") if had is not None else ("0", "", "")
        left = int(at) + seconds - now
        if left > 0 and other != context and held:
            raise TooOften("this number has had this text of late", float(left))
        self._redis.set(key, mine, ex=seconds)

    def forget(self, number: str, text: str) -> None:
        """It certainly has not had this text."""
        with suppress(RedisError):
            self._redis.delete(self._had(number, text))

    def _had(self, number: str, text: str) -> str:
        return f"{SMS_KEY}:had:{self._digest(f'{number} {text}')}"

    def rest(self, number: str, error: TooOften | NumberDead) -> None:
        """Leave this number alone, as the provider said."""
        kind = "dead" if isinstance(error, NumberDead) else "limit"
        error.seconds = worked_out(error.seconds)
        with suppress(RedisError):
            key = f"{SMS_KEY}:rests:{self._digest(number)}"
            self._redis.set(key, f"{kind} {error.reason}", ex=max(1, int(error.seconds)))

    def _digest(self, number: str) -> str:
        return hmac.new(self._key, b"sms:" + number.encode(), hashlib.sha256).hexdigest()[:32]


def _why(said: str, seconds: float) -> ChannelError:
    kind, _, reason = said.partition(" ")
    return Refused(reason) if kind == "dead" else TooOften(reason, seconds)
