"""A hint to the workers that something is due; it costs little, may be lost, and never disturbs the caller."""

import logging
import threading
import time

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DuplicateJobError

from config.queues import DELIVER_JOB, JOB_OPTIONS, NOTICES, SERIALIZER, SIGN_IN_JOB, SIGN_IN_OPTIONS, SIGN_INS, connect

log = logging.getLogger(__name__)

NUDGED_KEY = "wutong:nudged"
NUDGED_SECONDS = 5
SILENT_SECONDS = 5.0  # after a failure: who serves a resident does not wait for Redis again and again


def ask_for_sign_in(redis_url: str) -> None:
    """A worker is to ask the platform about the sign-ins that wait. Never raises: workers that are busy look for them too."""
    try:
        with connect(redis_url, timeout=0.3) as redis:
            Queue(SIGN_INS, connection=redis, serializer=SERIALIZER).enqueue(SIGN_IN_JOB, **SIGN_IN_OPTIONS)
    except (RedisError, OSError, ValueError, DuplicateJobError) as error:
        log.warning("no worker can be asked about a sign-in: %s", error)


class Nudge:
    """Callable that enqueues one delivery job, at most one until a worker has begun it. Never raises.

    What is urgent is enqueued at once; else the first of `every` seconds, and at their end all that came after it.
    """

    def __init__(self, redis_url: str, every: float = 1.0) -> None:
        self._url, self._every = redis_url, every
        self._redis: Redis | None = None
        self._lock = threading.Lock()
        self._next_at = self._silent_until = 0.0
        self._timer: threading.Timer | None = None
        self._failing = False

    def __call__(self, urgent: bool = False) -> None:
        now = time.monotonic()
        if now < self._silent_until:
            return
        if not urgent and now < self._next_at:
            self._later(self._next_at - now)
            return
        self._next_at = now + self._every
        self._send()

    def _later(self, seconds: float) -> None:
        """One thread waits for all; the process may end before, since the clock finds what is due."""
        with self._lock:
            if self._timer is None or not self._timer.is_alive():
                self._timer = threading.Timer(seconds, self, (True,))
                self._timer.daemon = True
                self._timer.start()

    def _send(self) -> None:
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
