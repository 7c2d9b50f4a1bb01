"""The one keeper of the access token: stable_token under a Redis lock (wechat-platform §3.1)."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from redis import Redis
from redis.exceptions import LockError, RedisError

from bot.errors import RetryLater

TOKEN_KEY = "wutong:token"
LOCK_KEY = "wutong:token:lock"
FORCED_KEY = "wutong:token:forced"
RENEW_BELOW = 310.0  # seconds left; the platform itself renews at 300, the old one works on meanwhile
FORCE_EVERY = 31  # seconds; the platform refuses a forced renewal within 30 s of the last
FORCE_A_DAY = 18  # the platform allows 20

Fetch = Callable[[bool], Mapping[str, Any]]  # force_refresh → {"access_token", "expires_in"}


class Tokens:
    """Safe for threads and processes. `fetch` asks the platform; Redis shares the answer and may be lost."""

    def __init__(self, redis: "Redis", app_id: str, fetch: Fetch) -> None:
        self._redis = redis
        self._fetch = fetch
        self._key = f"{TOKEN_KEY}:{app_id}"
        self._lock = threading.Lock()
        self._token, self._expires_at = "", 0.0

    def current(self) -> str:
        """A token that is good for five minutes or more."""
        if self._expires_at - time.time() > RENEW_BELOW:
            return self._token
        with self._lock:
            if not self._good() and not self._read_shared():
                with self._alone():
                    if not self._read_shared():
                        self._renew(force=False)
            return self._token

    def after(self, rejected: str) -> str:
        """Another token than the rejected one. RetryLater where the platform does not give one yet."""
        with self._lock:
            if self._token != rejected and self._good():
                return self._token
            with self._alone():
                if self._read_shared() and self._token != rejected:
                    return self._token
                self._renew(force=False)
                if self._token == rejected:
                    self._may_force()
                    self._renew(force=True)
            return self._token

    def _good(self) -> bool:
        return self._expires_at - time.time() > RENEW_BELOW

    def _read_shared(self) -> bool:
        try:
            found: Any = self._redis.get(self._key)
        except RedisError:
            return False
        if not found:
            return False
        known = json.loads(found)
        if known["expires_at"] - time.time() <= RENEW_BELOW:
            return False
        self._token, self._expires_at = known["token"], known["expires_at"]
        return True

    def _renew(self, *, force: bool) -> None:
        asked_at = time.time()
        answer = self._fetch(force)
        self._token = str(answer["access_token"])
        # With five minutes or less left the platform keeps answering the old token: ask again a little later.
        self._expires_at = asked_at + max(float(answer.get("expires_in", 7200)), RENEW_BELOW + 5)
        known = {"token": self._token, "expires_at": self._expires_at}
        with suppress(RedisError):  # this process keeps it for itself
            self._redis.set(self._key, json.dumps(known), px=int((self._expires_at - asked_at) * 1000))

    def _may_force(self) -> None:
        """Forcing kills the token for everybody, so it is rare: see FORCE_EVERY and FORCE_A_DAY."""
        day = f"{FORCED_KEY}:{int(time.time() // 86400)}"
        try:
            if not self._redis.set(FORCED_KEY, "1", nx=True, ex=FORCE_EVERY):
                raise RetryLater("the token was renewed by force a moment ago", 5.0)
            with self._redis.pipeline() as pipe:
                pipe.incr(day)
                pipe.expire(day, 90000)
                count, _ = pipe.execute()
        except RedisError as error:
            raise RetryLater("no Redis to share a forced token", 10.0) from error
        if count > FORCE_A_DAY:
            raise RetryLater("the token was renewed by force too often today", 600.0)

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
