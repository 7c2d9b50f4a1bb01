"""A hint to the workers that something is due; it costs little, may be lost, and never disturbs the caller."""

import logging
import threading
import time

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DuplicateJobError

from config.queues import DELIVER_JOB, JOB_OPTIONS, NOTICES, SERIALIZER, connect

log = logging.getLogger(__name__)

NUDGED_KEY = "wutong:nudged"
NUDGED_SECONDS = 5
SILENT_SECONDS = 5.0  # after a failure: who serves a resident does not wait for Redis again and again


class Nudge:
    """Callable that enqueues one delivery job, at most one until a worker has begun it. Never raises."""

    def __init__(self, redis_url: str) -> None:
        self._url = redis_url
        self._redis: Redis | None = None
        self._lock = threading.Lock()
        self._silent_until = 0.0
        self._failing = False

    def __call__(self) -> None:
        if time.monotonic() < self._silent_until:
            return
        try:
            self._enqueue()
        except (RedisError, OSError, ValueError, DuplicateJobError) as error:
            self._silent_until = time.monotonic() + SILENT_SECONDS
            if not self._failing:
                log.warning("workers cannot be nudged, the clock will wake them: %s", error)
            self._failing = True
        else:
            if self._failing:
                log.info("workers can be nudged again")
            self._failing = False

    def _enqueue(self) -> None:
        with self._lock:
            if self._redis is None:
                self._redis = connect(self._url, timeout=0.3)
        if self._redis.set(NUDGED_KEY, "1", nx=True, ex=NUDGED_SECONDS):
            Queue(NOTICES, connection=self._redis, serializer=SERIALIZER).enqueue(DELIVER_JOB, **JOB_OPTIONS)
