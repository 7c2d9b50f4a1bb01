"""Which APIs rest so long that other channels stand in for them: the workers keep that in Redis."""

import logging
import threading
import time
from collections.abc import Iterable

from redis import Redis
from redis.exceptions import RedisError

from config.queues import OTHERS, PAUSED_KEY, connect

log = logging.getLogger(__name__)

EVERY = 10.0  # seconds
PATIENCE = 0.5


class Resting:
    """What this process knows of it, at most some seconds old where it was asked before. Nobody waits for Redis."""

    def __init__(self, redis_url: str, apis: Iterable[str]) -> None:
        self._url, self._apis = redis_url, tuple(apis)
        self._known: frozenset[str] = frozenset()
        self._asked_at = -EVERY
        self._asking = threading.Lock()

    def now(self) -> frozenset[str]:
        """The APIs, as far as known; a thread asks again where that is old."""
        if time.monotonic() - self._asked_at >= EVERY and self._asking.acquire(blocking=False):
            self._asked_at = time.monotonic()
            threading.Thread(target=self._ask, name="resting", daemon=True).start()
        return self._known

    def _ask(self) -> None:
        try:
            client: Redis = connect(self._url, timeout=PATIENCE)
            with client:
                reasons = client.mget([f"{PAUSED_KEY}:{api}" for api in self._apis])
            self._known = frozenset(
                api
                for api, reason in zip(self._apis, reasons, strict=True)
                if isinstance(reason, bytes) and reason.startswith(OTHERS.encode())
            )
        except (RedisError, OSError) as error:
            log.info("it is not known which channels rest: %s", type(error).__name__)
        finally:
            self._asking.release()
