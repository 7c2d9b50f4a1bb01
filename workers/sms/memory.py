"""What all workers remember about short messages for a while, in Redis: sends that were begun. It may be lost: such a send is asked
about only where a worker was killed in its middle.
"""

from contextlib import suppress
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from config.queues import SMS_KEY

BEGUN_SECONDS = 3 * 86400


class Begun:
    """Marks a send before it is made, so that one in whose middle the worker was killed is asked about first."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def mark(self, context: str, lost_before: int) -> None:
        with suppress(RedisError):
            self._redis.set(_begun(context), lost_before, ex=BEGUN_SECONDS)

    def clear(self, context: str) -> None:
        """It certainly was not sent."""
        with suppress(RedisError):
            self._redis.delete(_begun(context))

    def is_open(self, context: str, lost_before: int) -> bool:
        """Whether a send was begun of which no attempt tells. `lost_before`: the lost answers that attempts tell of."""
        with suppress(RedisError):
            found: Any = self._redis.get(_begun(context))
            return found is not None and int(found) >= lost_before
        return False


def _begun(context: str) -> str:
    return f"{SMS_KEY}:begun:{context}"
