"""Delivers messages and events to the service within the platform's five seconds, and checks the replies."""

import threading
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode

import urllib3

from tests.sandbox.account.media import MediaStore
from tests.sandbox.clock import Clock
from tests.sandbox.options import Options
from tests.sandbox.pushing import replies
from tests.sandbox.pushing.envelope import seal, unseal
from tests.sandbox.pushing.markup import write
from tests.sandbox.pushing.wire import WireLog

MARKFAIL_SECONDS = 60
REFUSED_PAUSE = 1.0  # between deliveries when nobody listens at all
MOST_BYTES = 1024 * 1024
CONTENT_TYPES = {"xml": {"Content-Type": "text/xml"}, "json": {"Content-Type": "application/json"}}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One POST. `result`: answered, silent (success or empty), illegal, timeout or unreachable."""

    result: str
    status: int
    ms: float
    body: str
    problem: str = ""
    reply: dict[str, Any] | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Pushed:
    """The result of one message. `status`: answered, silent, failed or paused."""

    status: str
    reply: dict[str, Any] | None = None
    raw: str = ""
    deliveries: list[Delivery] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Pusher:
    """Pushes to the service; safe for threads. It pauses for a minute after too many failures in a row, as the platform does."""

    def __init__(self, options: Options, clock: Clock, wire: WireLog, media: MediaStore) -> None:
        self._options, self._clock, self._wire, self._media = options, clock, wire, media
        self._pool = urllib3.PoolManager(maxsize=64, retries=False, timeout=urllib3.Timeout(total=options.deadline))
        self._lock = threading.Lock()
        self._services: dict[str, str] = {}  # webhooks of people who belong to another service
        self._failures = 0
        self._paused_until = 0.0

    def push(self, openid: str, fields: Mapping[str, Any], *, copies: int = 1, deliveries: int | None = None) -> Pushed:
        """Deliver until a legal answer comes, three times at most.

        `deliveries`: exactly so many, as if every answer but the last were lost. `copies`: so many at the same time.
        """
        if self.paused():
            return Pushed("paused")
        if copies > 1:
            with ThreadPoolExecutor(copies) as pool:
                made = list(pool.map(lambda _: self._deliver(openid, fields, "copy"), range(copies)))
        else:
            made = self._repeat(openid, fields, deliveries)
        legal = [delivery for delivery in made if delivery.result in ("answered", "silent")]
        self._count(failed=not legal)
        first = next((delivery for delivery in legal if delivery.reply), legal[0] if legal else None)
        if first is None:
            return Pushed("failed", deliveries=made)
        return Pushed(first.result, first.reply, first.raw, made)

    def lead(self, openids: Iterable[str], service: str) -> None:
        """What these people do goes to another service, at this webhook."""
        self._services.update(dict.fromkeys(openids, service))

    def forget(self, openids: Iterable[str]) -> None:
        """These people belong to the account's own service again."""
        for openid in openids:
            self._services.pop(openid, None)

    def paused(self) -> bool:
        return self._clock.now() < self._paused_until

    def resume(self) -> None:
        self._failures, self._paused_until = 0, 0.0

    def verify(self) -> bool:
        """Check the service's address as the platform's console does: GET must answer the echostr."""
        envelope = seal(self._options, "", {})
        query = {name: envelope.query[name] for name in ("signature", "timestamp", "nonce")} | {
            "echostr": "4375120948345356249"
        }
        try:
            answer = self._pool.request("GET", f"{self._options.service_url}?{urlencode(query)}")
        except urllib3.exceptions.HTTPError:
            return False
        return answer.status == 200 and answer.data == query["echostr"].encode()

    def _repeat(self, openid: str, fields: Mapping[str, Any], exactly: int | None) -> list[Delivery]:
        made: list[Delivery] = []
        for number in range(1, (exactly or self._options.deliveries) + 1):
            made.append(self._deliver(openid, fields, f"delivery {number}" if number > 1 else ""))
            if not exactly and made[-1].result not in ("timeout", "unreachable"):
                break
            if made[-1].result == "unreachable":
                time.sleep(min(REFUSED_PAUSE, self._options.deadline))
        return made

    def _deliver(self, openid: str, fields: Mapping[str, Any], note: str) -> Delivery:
        envelope = seal(self._options, openid, fields)
        url = f"{self._services.get(openid, self._options.service_url)}?{urlencode(envelope.query)}"
        started = time.perf_counter()
        status, content, result, problem = 0, b"", "", ""
        try:
            answer = self._pool.request("POST", url, body=envelope.body, headers=CONTENT_TYPES[self._options.format])
            status, content = answer.status, answer.data[:MOST_BYTES]
        except urllib3.exceptions.NewConnectionError:  # in urllib3 a kind of TimeoutError
            result, problem = "unreachable", "nobody listens"
        except urllib3.exceptions.TimeoutError:
            result, problem = "timeout", f"no answer within {self._options.deadline:g} s"
        except urllib3.exceptions.HTTPError as error:
            result, problem = "unreachable", type(error).__name__
        ms = (time.perf_counter() - started) * 1000
        delivery = self._judged(openid, status, content, ms) if not result else Delivery(result, 0, ms, "", problem)
        said = " · ".join(part for part in (note, delivery.result, delivery.problem) if part)
        plain = write(fields, self._options.format).encode()
        shown = delivery.raw.encode() if delivery.raw else content
        self._wire.add(self._clock.now(), "push", "POST", _path(url), str(status or "-"), plain, shown, ms, said)
        return delivery

    def _judged(self, openid: str, status: int, content: bytes, ms: float) -> Delivery:
        text = content.decode("utf-8", "replace")
        if status != 200:
            return Delivery("illegal", status, ms, text, f"HTTP {status}")
        if content in (b"", b"success"):
            return Delivery("silent", status, ms, text)
        try:
            fields, raw = unseal(self._options, content)
            replies.check(fields, openid, self._options.account_id, self._media)
        except ValueError as error:
            return Delivery("illegal", status, ms, text, str(error))
        return Delivery("answered", status, ms, text, reply=fields, raw=raw)

    def _count(self, *, failed: bool) -> None:
        with self._lock:
            self._failures = self._failures + 1 if failed else 0
            if self._options.markfail_after and self._failures >= self._options.markfail_after:
                self._failures, self._paused_until = 0, self._clock.now() + MARKFAIL_SECONDS


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[-1]
