"""The one keeper of the access token: stable_token under a Redis lock."""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from redis import Redis
from redis.exceptions import LockError, RedisError

from bot.errors import Misconfigured, RetryLater
from config.queues import TOKEN_KEY
from workers.wechat.error_codes import NoToken, backoff

LOCK_KEY = "wutong:token:lock"
ASKED_KEY = "wutong:token:asked"
FORCED_KEY = "wutong:token:forced"
RENEW_BELOW = 310.0  # seconds left; the platform itself renews at 300, the old one works on meanwhile
ASK_EVERY = 20  # seconds between questions about one and the same rejected token, by all processes together
FORCE_EVERY = 31  # seconds, doubling; the platform refuses a forced renewal within 30 s of the last
FORCE_A_DAY = 18  # the platform allows 20
PAUSE_SECONDS = 5.0  # after a token that came just now was rejected

Fetch = Callable[[bool], Mapping[str, Any]]  # force_refresh → {"access_token", "expires_in"}


class Tokens:
    """Safe for threads and processes. `fetch` asks the platform; Redis shares the answer and may be lost.

    Both questions raise NoToken or Misconfigured; then nobody in this process asks again for a while.
    """

    def __init__(self, redis: "Redis", app_id: str, fetch: Fetch) -> None:
        self._redis = redis
        self._fetch = fetch
        self._key = f"{TOKEN_KEY}:{app_id}"
        self._lock = threading.Lock()
        self._token, self._ends = "", 0.0  # by the monotonic clock: those of two machines may differ
        self._held: tuple[float, str, bool] = (0.0, "", False)  # until when, why, whether misconfigured
        self._failures = 0

    def current(self) -> str:
        """A token that is good for five minutes or more."""
        if self._good():
            return self._token
        with self._lock:
            if not self._good() and not self._read_shared():
                self._refuse_held()
                with self._alone():
                    if not self._read_shared():
                        self._renew(force=False)
            return self._token

    def after(self, rejected: str) -> str:
        """Another token than the rejected one."""
        with self._lock:
            if self._token != rejected and self._good():
                return self._token
            self._refuse_held()
            with self._alone():
                if self._read_shared() and self._token != rejected:
                    return self._token
                self._may_ask(rejected)
                self._renew(force=False)
                if self._token == rejected:
                    self._may_force()
                    self._renew(force=True)
            return self._token

    def _good(self) -> bool:
        return self._ends - time.monotonic() > RENEW_BELOW

    def _read_shared(self) -> bool:
        """The token that some process left in Redis, where it is good for long enough."""
        try:
            with self._redis.pipeline() as pipe:
                pipe.get(self._key)
                pipe.pttl(self._key)
                token, left = pipe.execute()
        except RedisError:
            return False
        if not token or left / 1000 <= RENEW_BELOW:
            return False
        self._token, self._ends = token.decode(), time.monotonic() + left / 1000
        return True

    def _renew(self, *, force: bool) -> None:
        asked_at = time.monotonic()
        try:
            answer = self._fetch(force)
        except RetryLater as error:
            self._failures += 1
            raise self._hold(error.reason, error.seconds or backoff(self._failures)) from error
        except Misconfigured as error:
            self._held = (time.monotonic() + PAUSE_SECONDS, error.reason, True)
            raise
        self._failures = 0
        # With five minutes or less left the platform keeps answering the old token: ask again a little later.
        life = max(float(answer.get("expires_in") or 7200), RENEW_BELOW + 5)
        self._token, self._ends = str(answer["access_token"]), asked_at + life
        with suppress(RedisError):  # this process keeps it for itself
            self._redis.set(self._key, self._token, px=int(life * 1000))

    def _hold(self, reason: str, seconds: float) -> NoToken:
        """What all who ask are told for a while. Negative seconds: see `answers`."""
        self._held = (time.monotonic() + (seconds if seconds > 0 else backoff(5)), reason, False)
        return NoToken(reason, seconds)

    def _refuse_held(self) -> None:
        until, reason, misconfigured = self._held
        left = until - time.monotonic()
        if left > 0:
            raise Misconfigured(reason) if misconfigured else NoToken(reason, left)

    def _may_ask(self, rejected: str) -> None:
        """The platform is not asked again and again about a token that it rejects though it has no other."""
        key = f"{ASKED_KEY}:{hashlib.sha256(rejected.encode()).hexdigest()[:16]}"
        try:
            first = self._redis.set(key, "1", nx=True, ex=ASK_EVERY)
        except RedisError:
            first = True
        if not first:
            raise self._hold("the platform rejects the token it gives", PAUSE_SECONDS)

    def _may_force(self) -> None:
        """Forcing kills the token for everybody, so it is rare: see FORCE_EVERY and FORCE_A_DAY."""
        day = f"{FORCED_KEY}:{int(time.time() // 86400)}"
        try:
            count = int(self._redis.get(day) or 0)
            if count >= FORCE_A_DAY:
                raise self._hold("the token was renewed by force too often today", 600.0)
            if not self._redis.set(FORCED_KEY, "1", nx=True, ex=min(FORCE_EVERY * 2**count, 3600)):
                raise self._hold("the token was renewed by force a moment ago", PAUSE_SECONDS)
            with self._redis.pipeline() as pipe:
                pipe.incr(day)
                pipe.expire(day, 90000)
                pipe.execute()
        except RedisError as error:
            raise self._hold("no Redis to share a forced token", 10.0) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time asks the platform; without Redis each for itself (stable_token bears that)."""
        lock = self._redis.lock(LOCK_KEY, timeout=20, blocking_timeout=15)
        try:
            held = lock.acquire()
        except RedisError:
            held = False
        try:
            yield
        finally:
            if held:
                with suppress(LockError, RedisError):  # it ran out, or Redis was lost meanwhile
                    lock.release()
